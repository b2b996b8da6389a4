package runner

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"notebook"
)

// withValues returns the cells that an engine runs; those of the session with
// the code of the inline values between them.
func (run *noteRun) withValues(engine notebook.EngineName) []*notebook.Cell {
	cells := run.cellsOf(engine)
	if engine != run.session || run.opts.Only != "" {
		return cells
	}
	for i := range run.note.Values {
		if c := run.note.Values[i].Code; c != nil && c.Mode == notebook.Run {
			cells = append(cells, c)
		}
	}
	slices.SortStableFunc(cells, func(a, b *notebook.Cell) int {
		return cmp.Or(cmp.Compare(a.Fence.Line, b.Fence.Line), cmp.Compare(a.Fence.Col, b.Fence.Col))
	})
	return cells
}

// values shows the inline values before a cell that were not shown yet; nil
// stands for the end of the note.
func (run *noteRun) values(ctx context.Context, stream *stream, next *notebook.Cell) error {
	for ; run.shown < len(run.note.Values); run.shown++ {
		v := run.note.Values[run.shown]
		if next != nil && v.Position.Line >= next.Fence.Line {
			return nil
		}
		if v.Code == nil || v.Code.Mode != notebook.Run || run.note.Broken || run.opts.Only != "" {
			continue
		}
		if err := run.value(ctx, stream, run.shown+1, v); err != nil {
			return err
		}
	}
	return nil
}

// value runs the code of an inline value and sends what it shows.
func (run *noteRun) value(ctx context.Context, stream *stream, number int, v *notebook.InlineValue) error {
	s := &shower{run: run, stream: stream, body: notebook.Valued{
		Expression: v.Text, Line: v.Position.Line, Col: v.Position.Col, Number: number,
	}}
	j := newJudge(v.Code, run.session, newStream(run.note.Name, s.event), &tally{})
	if err := run.showValue(ctx, j); err != nil {
		return err
	}
	body := s.body
	switch {
	case s.skipped:
		body.Failed = false // what it needs has failed, and was told
	case body.Reason != "":
		body.Failed = true
	case body.Text == "":
		body.Failed, body.Reason = true, "it has no value to show"
	}
	if body.Failed {
		run.tally.missing++
	}
	return stream.send(notebook.Event{Body: body})
}

// showValue runs the code where that can be done.
func (run *noteRun) showValue(ctx context.Context, j *judge) error {
	if why, ok := run.refusal(j.cell, j.engine); ok {
		return j.skip(why)
	}
	if problems := run.source().Cell(j.cell.Label).Problems; len(problems) > 0 {
		return j.doesNotCompile(problems)
	}
	if why, ok := run.notRun(j.cell); ok {
		return j.skip(why)
	}
	return run.sessionCell(ctx, j)
}

// A shower takes the events of the code of an inline value. What other cells
// write meanwhile goes on, and so does what the code itself writes: as output
// of the cell above.
type shower struct {
	run     *noteRun
	stream  *stream
	body    notebook.Valued
	skipped bool
}

func (s *shower) event(e notebook.Event) error {
	if own := s.run.note.Values[s.body.Number-1].Code.Label; e.Cell != own {
		return s.stream.send(e)
	}
	switch body := e.Body.(type) {
	case notebook.Displayed:
		if body.MIME == "text/plain" {
			s.body.Text = strings.TrimSuffix(string(body.Data), "\n")
			if text, err := strconv.Unquote(s.body.Text); err == nil { // a text of the prose
				s.body.Text = text
			}
		}
	case notebook.Problem:
		if body.Severity == notebook.Error && s.body.Reason == "" {
			s.body.Reason, s.body.Hint = body.Message, body.Hint
			if body.Col > 0 && body.Line == s.body.Line {
				s.body.Col = body.Col
			}
		}
	case notebook.NotRun:
		s.body.Reason, s.skipped = body.Reason, !body.Fails
	case notebook.Written:
		if above := s.run.note.Values[s.body.Number-1].Nearest; above != "" {
			body.Late = true
			return s.stream.send(notebook.Event{Cell: above, Engine: e.Engine, Body: body})
		}
	}
	return nil
}

// valueDiagnostics returns what keeps the code of inline values from compiling.
func (run *noteRun) valueDiagnostics() []notebook.Diagnostic {
	source := run.source()
	if source == nil || run.note.Broken {
		return nil
	}
	var all []notebook.Diagnostic
	for _, v := range run.note.Values {
		if v.Code == nil {
			continue
		}
		if c := source.Cell(v.Code.Label); c != nil {
			for _, d := range unexpected(c.Cell, c.Problems) {
				d.Cell = "" // the page shows it where the value stands
				all = append(all, d)
			}
		}
	}
	return all
}
