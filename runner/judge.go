package runner

import (
	"fmt"
	"slices"
	"strings"

	"notebook"
)

// A judge passes the events of one run of a cell on and decides at its end
// whether it ended as the author expects.
type judge struct {
	cell     *notebook.Cell
	engine   notebook.EngineName
	stream   *stream
	tally    *tally
	replayed []string
	checks   []notebook.VerdictKind // that are to be found out before the end is judged
	run      int                    // number of the run
	observe  func(notebook.Event)   // sees the events of the run; may be nil

	stdout   strings.Builder // what an output check compares
	messages []string        // of the problems so far
	outcome  notebook.Outcome
	done     bool
	held     *notebook.Finished // the end, while verdicts are found; nil: none is
	verdicts []notebook.Verdict // of the checks
}

func newJudge(c *notebook.Cell, engine notebook.EngineName, s *stream, t *tally) *judge {
	return &judge{cell: c, engine: engine, stream: s, tally: t}
}

// event takes an event of the process that runs the cell.
func (j *judge) event(e notebook.Event) error {
	e.Engine = string(j.engine)
	if e.Cell == "" {
		e.Cell = j.cell.Label
	}
	if e.Cell != j.cell.Label {
		return j.stream.send(e)
	}
	switch body := e.Body.(type) {
	case notebook.Written:
		if j.cell.Check != nil && body.Stream == notebook.Stdout && !body.Late {
			j.stdout.Write(body.Data)
		}
	case notebook.Problem:
		j.messages = append(j.messages, body.Message)
	case notebook.Finished:
		return j.finish(body)
	}
	return j.pass(e)
}

// pass sends an event of the run.
func (j *judge) pass(e notebook.Event) error {
	e.Run = j.run
	if j.observe != nil {
		j.observe(e)
	}
	return j.stream.send(e)
}

// send sends an event of the cell.
func (j *judge) send(body notebook.Body) error {
	if p, ok := body.(notebook.Problem); ok && p.Severity == notebook.Error {
		j.messages = append(j.messages, p.Message)
	}
	return j.pass(notebook.Event{Cell: j.cell.Label, Engine: string(j.engine), Body: body})
}

// finish takes the end of the cell. Where verdicts are to be found before it can
// be judged, settle comes later.
func (j *judge) finish(f notebook.Finished) error {
	j.done, j.outcome = true, f.Outcome
	if len(j.checks) > 0 && f.Outcome != notebook.CompileError && f.Outcome != notebook.Interrupted {
		j.held = &f
		return nil
	}
	return j.settle(f)
}

// settle judges the end of the cell.
func (j *judge) settle(f notebook.Finished) error {
	if f.Outcome == notebook.OK && j.cell.Check != nil {
		if ok, diff := j.cell.Check.Compare(j.stdout.String(), j.cell.Options.Match); !ok {
			f.Outcome = notebook.Mismatch
			if err := j.send(j.problemAt(j.cell.Check.Position, "the output is not what the comment at the end of the cell says", strings.TrimRight(diff, "\n")+"\n")); err != nil {
				return err
			}
		}
	}
	f.Replayed = j.replayed
	f.Expected = j.expected(f)
	if !f.Expected && len(j.cell.Options.Expect) > 0 && f.Outcome != notebook.Mismatch && !j.foundUnexpected() {
		if err := j.send(j.disappointment(f)); err != nil {
			return err
		}
	}
	j.tally.add(j.cell.Label, endingOf(f.Expected))
	return j.send(f)
}

// expected reports whether the cell ended as the author expects, and whether
// what was found out about it is what the author expects too.
func (j *judge) expected(f notebook.Finished) bool {
	return expects(j.cell.Options, f.Outcome, f.ExitCode, strings.Join(j.messages, "\n")) &&
		!j.foundUnexpected() && (j.foundExpected() || j.named(f))
}

// named reports whether the author named the end of the cell.
func (j *judge) named(f notebook.Finished) bool {
	return names(j.cell.Options, f.Outcome, f.ExitCode, strings.Join(j.messages, "\n"))
}

// expects reports whether the author of a cell with these options expects an end.
func expects(opts notebook.Options, outcome notebook.Outcome, code int, message string) bool {
	if opts.Error {
		return true
	}
	// With a verdict goes a good end.
	verdicts := slices.ContainsFunc(opts.Expect, func(e notebook.Expectation) bool { return e.Verdict != "" })
	if outcome == notebook.OK && (verdicts || len(opts.Expect) == 0) {
		return true
	}
	return names(opts, outcome, code, message)
}

// names reports whether the option expect names an end.
func names(opts notebook.Options, outcome notebook.Outcome, code int, message string) bool {
	return slices.ContainsFunc(opts.Expect, func(e notebook.Expectation) bool {
		return e.Matches(outcome, code, message)
	})
}

// disappointment says what was expected and what came.
func (j *judge) disappointment(f notebook.Finished) notebook.Problem {
	var wants []string
	for _, want := range j.cell.Options.Expect {
		wants = append(wants, want.String())
	}
	came, hint := j.missing()
	if came == "" || f.Outcome != notebook.OK {
		came, hint = "the cell ended with "+j.otherwise(f), ""
	}
	p := j.problemAt(j.cell.Fence, fmt.Sprintf("expected %s, but %s", strings.Join(wants, " or "), came), "")
	p.Hint = hint
	return p
}

// otherwise names an end that is not the wanted one.
func (j *judge) otherwise(f notebook.Finished) string {
	same := slices.ContainsFunc(j.cell.Options.Expect, func(e notebook.Expectation) bool { return e.Outcome == f.Outcome })
	switch {
	case f.Outcome == notebook.Exit:
		return fmt.Sprintf("%s %d", f.Outcome, f.ExitCode)
	case same:
		return string(f.Outcome) + " and another text"
	}
	return string(f.Outcome)
}

func (j *judge) problemAt(pos notebook.Position, message, detail string) notebook.Problem {
	return notebook.Problem{
		File: j.stream.note, Line: pos.Line, Col: pos.Col, Severity: notebook.Error, Message: message, Trace: detail,
	}
}

// skip reports that the cell was not run.
func (j *judge) skip(why notebook.NotRun) error {
	ending := notRun
	if why.Fails {
		ending = notAsExpected
	}
	return j.leaveOut(why, ending)
}

// compiledOnly reports that the cell was not to run, only to compile.
func (j *judge) compiledOnly() error {
	return j.leaveOut(notebook.NotRun{Reason: "compiled, not run (no_run)"}, asExpected)
}

func (j *judge) leaveOut(why notebook.NotRun, as ending) error {
	j.done, j.outcome = true, notebook.Skipped
	j.tally.add(j.cell.Label, as)
	return j.send(why)
}

// doesNotCompile reports the compile errors of the cell.
func (j *judge) doesNotCompile(problems []notebook.Problem) error {
	for _, p := range problems {
		if err := j.send(p); err != nil {
			return err
		}
	}
	return j.finish(notebook.Finished{Outcome: notebook.CompileError})
}
