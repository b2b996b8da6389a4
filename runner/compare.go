package runner

import (
	"fmt"
	"slices"
	"strings"

	"notebook"
)

// A Comparison is what two runs of a note under different engines have in
// common. The zero value is that of a note without cells.
type Comparison struct {
	Cells       int // that ran under the first engine
	Differences []Difference
	Refused     []Refusal
}

// A Difference is a part of what a cell did that was not the same.
type Difference struct {
	Cell *notebook.Cell
	Part string // "outcome", "stdout", "stderr", "value" or "recorded values"
	// Diff holds both texts: "-" before lines of the first engine only, "+"
	// before lines of the second only.
	Diff string
	// Warning is what the second engine warned of when it ran the cell; "":
	// nothing.
	Warning string
}

// A Refusal is a cell that the first engine ran and the second one did not.
type Refusal struct {
	Cell    *notebook.Cell
	Problem notebook.Problem // why
}

// ForAnyEngine returns a copy of a note whose cells name no engine, so that
// Options.Engine runs all of them. A program whose author wants compiled code
// alone does not run.
func ForAnyEngine(note *notebook.Note) *notebook.Note {
	n := *note
	n.Cells = nil
	for _, c := range note.Cells {
		free := *c
		if c.Program && slices.Equal(c.Options.Engines, []notebook.EngineName{notebook.Compiled}) {
			free.Mode = notebook.Show
		}
		free.Options.Engines = nil
		n.Cells = append(n.Cells, &free)
	}
	return &n
}

// Compare compares the first runs of all cells and inline values of a note. The output of a cell
// that passed its output check in both is what its author wants, and not
// compared. Times are not compared.
func Compare(note *notebook.Note, first, second *notebook.Result) Comparison {
	var c Comparison
	refused := map[string]bool{}
	for cell := range note.Code() {
		a, b := firstRun(first, cell), firstRun(second, cell)
		if a == nil || b == nil {
			continue
		}
		c.Cells++
		if problem, ok := refusal(cell, a, b, refused); ok {
			refused[cell.Label] = true
			problem.File = note.Name
			c.Refused = append(c.Refused, Refusal{cell, problem})
			continue
		}
		c.Differences = append(c.Differences, compareCell(cell, a, b)...)
	}
	return c
}

// Without returns the comparison without the differences in those parts of
// cells in which other, a comparison of two runs under one engine, has one too.
// It returns these cells, which do something else in every run.
func (c Comparison) Without(other Comparison) (_ Comparison, unsteady []*notebook.Cell) {
	var kept []Difference
	for _, d := range c.Differences {
		if !slices.ContainsFunc(other.Differences, func(o Difference) bool { return o.Cell.Label == d.Cell.Label && o.Part == d.Part }) {
			kept = append(kept, d)
		} else if !slices.Contains(unsteady, d.Cell) {
			unsteady = append(unsteady, d.Cell)
		}
	}
	c.Differences = kept
	return c, unsteady
}

// firstRun returns the first run of a cell, or nil.
func firstRun(r *notebook.Result, cell *notebook.Cell) *notebook.CellRun {
	if r == nil || len(r.Cells[cell.Label]) == 0 {
		return nil
	}
	return r.Cells[cell.Label][0]
}

// refusal reports whether the second engine did not run what the first one
// ran: it cannot compile the cell, or one that it needs.
func refusal(cell *notebook.Cell, a, b *notebook.CellRun, refused map[string]bool) (notebook.Problem, bool) {
	if a.Outcome() == b.Outcome() {
		return notebook.Problem{}, false
	}
	if b.Outcome() == notebook.CompileError && len(b.Problems) > 0 {
		return b.Problems[0], true
	}
	if b.NotRun == nil || !slices.ContainsFunc(b.NotRun.Needs, func(label string) bool { return refused[label] }) {
		return notebook.Problem{}, false
	}
	return notebook.Problem{Line: cell.Fence.Line, Col: cell.Fence.Col, Message: b.NotRun.Reason}, true
}

func compareCell(cell *notebook.Cell, a, b *notebook.CellRun) []Difference {
	checked := cell.Check != nil && a.Outcome() == notebook.OK && b.Outcome() == notebook.OK
	warning := ""
	if i := slices.IndexFunc(b.Problems, func(p notebook.Problem) bool { return p.Severity == notebook.Warning }); i >= 0 {
		warning = b.Problems[i].Message
	}
	var differences []Difference
	for _, part := range parts {
		x, y := part.text(a), part.text(b)
		if x == y || checked && part.name == string(notebook.Stdout) {
			continue
		}
		differences = append(differences, Difference{
			Cell: cell, Part: part.name, Diff: notebook.Diff(strings.TrimSuffix(x, "\n"), strings.TrimSuffix(y, "\n")),
			Warning: warning,
		})
	}
	return differences
}

// parts are what is compared of a run, as text.
var parts = []struct {
	name string
	text func(*notebook.CellRun) string
}{
	{"outcome", outcomeText},
	{string(notebook.Stdout), func(r *notebook.CellRun) string { return written(r, notebook.Stdout) }},
	{string(notebook.Stderr), func(r *notebook.CellRun) string { return written(r, notebook.Stderr) }},
	{"value", displayed},
	{"recorded values", recorded},
}

// outcomeText tells how a run ended, and of a cell that does not compile why.
func outcomeText(r *notebook.CellRun) string {
	text := string(r.Outcome())
	switch f := r.Finished; {
	case f == nil:
	case f.Outcome == notebook.Exit:
		text += fmt.Sprintf(" %d", f.ExitCode)
	case f.Outcome == notebook.Killed:
		text += " " + f.Signal
	case f.Outcome == notebook.CompileError:
		for _, p := range r.Problems {
			text += fmt.Sprintf("\n%d:%d: %s", p.Line, p.Col, p.Message)
		}
	}
	return text
}

func written(r *notebook.CellRun, stream notebook.Stream) string {
	var b strings.Builder
	for _, w := range r.Outputs {
		if w.Stream == stream {
			b.Write(w.Data)
		}
	}
	return b.String()
}

func displayed(r *notebook.CellRun) string {
	var b strings.Builder
	for _, d := range r.Displays {
		fmt.Fprintf(&b, "%s\n", d.Data)
	}
	return b.String()
}

func recorded(r *notebook.CellRun) string {
	var b strings.Builder
	for _, v := range r.Recorded {
		fmt.Fprintf(&b, "%s = %s\n", v.Name, v.Value)
	}
	return b.String()
}
