package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"notebook"
	"notebook/cmd/notebook/internal/input"
	"notebook/cmd/notebook/internal/terminal"
	"notebook/runner"
)

// A reporter follows the events of a note's run and tells the user what is not
// as expected, when it happens, and at the end how it went.
type reporter struct {
	app      *app
	console  *terminal.Console
	job      *job
	cells    int // that are to run
	started  int
	running  string                       // label of the cell that began last
	problems map[runID][]notebook.Problem // of runs that have not ended
	ended    map[runID]bool
	start    notebook.Start
	closing  *notebook.End
	missing  int  // inline values that have none
	decide   bool // claims that noise leaves open are told
	silent   bool // nothing is told
}

// A runID names one run of one cell.
type runID struct {
	cell, engine string
	run          int
}

func newReporter(a *app, j *job) *reporter {
	r := &reporter{app: a, console: a.console, job: j, problems: map[runID][]notebook.Problem{}, ended: map[runID]bool{}}
	for _, c := range j.note.Cells {
		if c.Mode == notebook.Run {
			r.cells++
		}
	}
	return r
}

func (r *reporter) event(e notebook.Event) {
	if r.silent {
		return
	}
	if e.Run > 0 {
		r.again(e)
		return
	}
	id := runID{e.Cell, e.Engine, e.Run}
	switch body := e.Body.(type) {
	case notebook.Start:
		r.start = body
	case notebook.Started:
		r.started, r.running = r.started+1, e.Cell
		r.console.Activity(fmt.Sprintf("%s  %d/%d  %s", r.job.file.Name, r.started, max(r.cells, r.started), notebook.CellName(e.Cell)))
	case notebook.Problem:
		if e.Cell == "" || body.Severity == notebook.Warning || r.ended[id] {
			r.problem(body)
			return
		}
		r.problems[id] = append(r.problems[id], body)
	case notebook.Finished:
		r.console.Activity("")
		r.ended[id] = true
		r.finished(id, body)
	case notebook.NotRun:
		r.notRun(e.Cell, body)
	case notebook.Repeated:
		r.repeated(e.Cell, body)
	case notebook.Claimed:
		r.claimed(body)
	case notebook.Valued:
		r.valued(body)
	case notebook.End:
		r.closing = &body
	}
}

// finished tells why a cell did not end as expected.
func (r *reporter) finished(id runID, f notebook.Finished) {
	problems := r.problems[id]
	delete(r.problems, id)
	if f.Dropped > 0 {
		r.dropped(id.cell, f.Dropped)
	}
	if f.Expected || f.Outcome == notebook.Interrupted {
		return // the closing line tells of an interrupt
	}
	r.app.status.raise(statusFailed)
	for i, p := range problems {
		if i == 0 {
			p.Message = kindOf[f.Outcome] + p.Message
		}
		if c := r.job.note.Cell(id.cell); c != nil && len(c.Options.Engines) > 1 {
			p.Message += " (" + id.engine + ")"
		}
		r.problem(p)
	}
	if len(problems) == 0 {
		r.atCell(id.cell, fmt.Sprintf("the cell ended with %s", f.Outcome))
	}
}

// dropped warns that output of a cell is missing.
func (r *reporter) dropped(label string, n int64) {
	d := notebook.Diagnostic{
		File: r.job.note.Name, Message: fmt.Sprintf("%s of output were left out, above the limit of the run", plural(int(n), "byte")),
		Hint: "let the cell write less, or raise max-output under execute: in the front matter, or --max-output",
	}
	if c := r.job.note.Cell(label); c != nil {
		d.Position = c.Fence
	}
	r.app.warn(d)
}

// kindOf is put before the message of a problem that does not say what it is.
var kindOf = map[notebook.Outcome]string{notebook.Panic: "panic: ", notebook.Fatal: "fatal error: "}

// notRun tells why a cell that should have run did not, where nothing else
// does: what is wrong with its options was told before the run.
func (r *reporter) notRun(label string, n notebook.NotRun) {
	if len(n.Needs) > 0 && !n.Fails {
		r.atCell(label, "not run: "+n.Reason)
	}
	if !n.Fails {
		return
	}
	r.app.status.raise(statusFailed)
	if c := r.job.note.Cell(label); c != nil && !c.Broken {
		r.atCell(label, "not run: "+n.Reason)
	}
}

func (r *reporter) atCell(label, message string) {
	d := notebook.Diagnostic{File: r.job.note.Name, Severity: notebook.Error, Message: message}
	if c := r.job.note.Cell(label); c != nil {
		d.Position = c.Fence
	}
	r.console.Diagnostic(d)
}

func (r *reporter) problem(p notebook.Problem) {
	d := notebook.Diagnostic{
		File: p.File, Position: notebook.Position{Line: p.Line, Col: p.Col}, Severity: p.Severity, Message: p.Message, Hint: p.Hint,
	}
	if d.Severity == notebook.Warning {
		r.app.warn(d)
		return
	}
	r.app.status.raise(statusFailed)
	r.console.Diagnostic(d)
	if p.TraceTellsMore() {
		r.console.Detail(p.Trace)
	}
}

// end writes the closing line of the note. An error of the run is returned
// with the name of the note, unless it comes from an interrupt.
func (r *reporter) end(ctx context.Context, err error) error {
	name := r.job.file.Name
	switch {
	case r.silent && (err == nil || ctx.Err() != nil):
		return nil
	case ctx.Err() != nil && r.running != "":
		r.console.Failure(name + ": interrupted in " + notebook.CellName(r.running))
		return nil
	case ctx.Err() != nil:
		r.console.Failure(name + ": interrupted")
		return nil
	case err != nil:
		r.app.notes.add(false)
		if errors.Is(err, runner.ErrUnavailable) {
			return &input.Error{Name: name, Err: err, Next: "install Go 1.26 or newer, or choose another engine: --engine auto"}
		}
		return fmt.Errorf("%s: %w", name, err)
	case r.closing == nil:
		return fmt.Errorf("%s: %w", name, errNoEnd)
	}
	line, good := summary(r.job, r.closing)
	if r.closing.Cells > 0 {
		line += interpreted(r.start)
	}
	r.app.notes.add(good)
	if good {
		r.close(name + ": " + line)
	} else {
		r.console.Failure(name + ": " + line)
	}
	return nil
}

var errNoEnd = errors.New("the run has no end")

// summary says how the run of a note went, and whether all is good.
func summary(j *job, e *notebook.End) (line string, good bool) {
	errs, _ := count(j.diagnostics)
	switch {
	case j.note.Broken:
		return "not run: " + plural(errs, "error"), false
	case e.Cells == 0 && errs == 0:
		return "no cells to run", true
	case e.Failed+e.NotRun > 0:
		return someAsExpected(e) + claimsText(e.Claims) + " in " + shortTime(e.Wall), e.Outcome == "ok" && errs == 0
	case errs > 0:
		return fmt.Sprintf("%s, though %s as expected%s in %s", plural(errs, "error"), plural(e.Cells, "cell"), claimsText(e.Claims), shortTime(e.Wall)), false
	}
	line = plural(e.Cells, "cell") + " as expected" + claimsText(e.Claims) + " in " + shortTime(e.Wall)
	return line, e.Outcome == "ok"
}

// someAsExpected counts the cells of a run that not all ended as expected.
func someAsExpected(e *notebook.End) string {
	text := fmt.Sprintf("%d of %s as expected", e.Cells-e.Failed-e.NotRun, plural(e.Cells, "cell"))
	if e.NotRun > 0 {
		text += fmt.Sprintf(", %d not run", e.NotRun)
	}
	return text
}

// interpreted says that a session was interpreted, and why; nothing about a
// compiled one.
func interpreted(s notebook.Start) string {
	if s.Engine != string(notebook.Yaegi) {
		return ""
	}
	return ", interpreted: " + strings.ReplaceAll(s.Why, "\n", "; ")
}

// count counts errors and warnings.
func count(ds []notebook.Diagnostic) (errs, warnings int) {
	for _, d := range ds {
		if d.Severity == notebook.Warning {
			warnings++
		} else {
			errs++
		}
	}
	return errs, warnings
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// shortTime rounds to what is worth reading.
func shortTime(d time.Duration) string {
	switch {
	case d >= time.Minute:
		return d.Round(time.Second).String()
	case d >= time.Second:
		return fmt.Sprintf("%.1fs", d.Seconds())
	}
	return d.Round(time.Millisecond).String()
}
