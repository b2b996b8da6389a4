package runner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"notebook"
	"notebook/runner/lower"
)

const (
	// expectedRuns is how often a cell runs at most until what its author
	// expects has been found.
	expectedRuns = 10
	// slowdown is how much longer than usual a cell may run while it is checked.
	slowdown = 4
)

// A checkedSession is the cells of an engine, built to find verdicts of one
// kind, or why that cannot be done.
type checkedSession struct {
	Session
	err error
}

// checks returns what is to be found out about a cell.
func (run *noteRun) checks(c *notebook.Cell) []notebook.VerdictKind {
	var kinds []notebook.VerdictKind
	race := c.Options.Race
	if race == notebook.SwitchOn || race == notebook.SwitchAuto && (run.opts.Race || run.note.Meta.Execute.Race) {
		kinds = append(kinds, notebook.RaceVerdict)
	}
	if c.Options.Leaks == notebook.LeaksForbid || c.Options.Expects(notebook.LeakVerdict) {
		kinds = append(kinds, notebook.LeakVerdict)
	}
	return kinds
}

// conclude finds the verdicts about a cell that has run, and then judges its
// end.
func (run *noteRun) conclude(ctx context.Context, j *judge) error {
	if j.held == nil {
		return nil
	}
	var err error
	for _, kind := range j.checks {
		var v notebook.Verdict
		if v, err = run.verdict(ctx, j, kind); err == nil && run.worthTelling(j, v) {
			err = j.verdict(v)
		}
		if err != nil {
			break
		}
	}
	return errors.Join(err, j.settle(*j.held))
}

// worthTelling reports whether a verdict says more than that a cell without
// goroutines, which did not ask itself, has no race.
func (run *noteRun) worthTelling(j *judge, v notebook.Verdict) bool {
	asked := v.Kind != notebook.RaceVerdict || j.cell.Options.Race == notebook.SwitchOn
	return asked || v.Found || v.Unchecked || concurrent(run.lowered[j.engine].source, j.cell)
}

// concurrent reports whether the statements of a cell start goroutines.
func concurrent(source *lower.Source, c *notebook.Cell) bool {
	if c.Program {
		return source.Program(c.Label).Concurrent
	}
	return source.Cell(c.Label).Concurrent
}

// verdict runs a cell again, checked, until what its author expects has been
// found: once where nothing is expected. What goes wrong meanwhile costs only
// the verdict, unless the run itself is at its end.
func (run *noteRun) verdict(ctx context.Context, j *judge, kind notebook.VerdictKind) (notebook.Verdict, error) {
	runs := 1
	if j.cell.Options.Expects(kind) && !j.named(*j.held) {
		runs = expectedRuns
	}
	ended, seen := "", ""
	for i := range runs {
		c := check{kind: kind, label: j.cell.Label, run: i + 1, of: runs}
		err := run.check(ctx, j, &c)
		switch {
		case err != nil && (ctx.Err() != nil || j.stream.err != nil):
			return notebook.Verdict{}, err
		case err != nil:
			return notebook.Verdict{Kind: kind, Unchecked: true, Text: uncheckedText(kind, err)}, nil
		case c.verdict.Found:
			return c.verdict, nil
		case c.verdict.Text != "":
			seen = ", " + c.verdict.Text
		case c.outcome != j.held.Outcome:
			ended = string(c.outcome)
		}
	}
	return notebook.Verdict{Kind: kind, Text: nothingFound(kind, runs, ended) + seen}, nil
}

// uncheckedText says why a verdict could not be looked for, in one line.
func uncheckedText(kind notebook.VerdictKind, err error) string {
	if !errors.Is(err, ErrNotChecked) {
		err = fmt.Errorf("%w: %w", ErrNotChecked, err)
	}
	return fmt.Sprintf("%s %s", kind, strings.Join(strings.Fields(err.Error()), " "))
}

// nothingFound says that a verdict was looked for in vain; ended is how the last
// run ended, where that is worth saying.
func nothingFound(kind notebook.VerdictKind, runs int, ended string) string {
	found := map[notebook.VerdictKind]string{notebook.RaceVerdict: "race observed", notebook.LeakVerdict: "leak proved"}[kind]
	switch {
	case runs == 1 && ended == "":
		return fmt.Sprintf("no %s in this run", found)
	case runs == 1:
		return fmt.Sprintf("no %s in this run: checked, the cell ended with %s", found, ended)
	case ended == "":
		return fmt.Sprintf("no %s in %d runs", found, runs)
	}
	return fmt.Sprintf("no %s in %d runs, the last of which ended with %s", found, runs, ended)
}

// A check is one run of a cell to find a verdict.
type check struct {
	kind    notebook.VerdictKind
	label   string
	run, of int // the number of the run, from 1, and of how many at most
	outcome notebook.Outcome
	verdict notebook.Verdict // its kind is empty until it came
}

// event takes an event of the run. Nobody else sees it.
func (c *check) event(e notebook.Event) error {
	switch body := e.Body.(type) {
	case notebook.Verdict:
		if body.Kind == c.kind {
			c.verdict = body
		}
	case notebook.Finished:
		if e.Cell == c.label {
			c.outcome = body.Outcome
		}
	}
	return nil
}

// String says what is going on, with the number of the run where there may be
// several.
func (c *check) String() string {
	text := fmt.Sprintf("looking for a %s in %s", c.kind, notebook.CellName(c.label))
	if c.of > 1 {
		text += fmt.Sprintf(": run %d of %d", c.run, c.of)
	}
	return text
}

// looking tells the user which run is prepared or begins.
func (run *noteRun) looking(c *check) {
	if run.env.Progress != nil {
		run.env.Progress(c.String())
	}
}

// check runs a cell once, with those that it needs, in a process of its own.
func (run *noteRun) check(ctx context.Context, j *judge, c *check) (err error) {
	run.looking(c)
	session, err := run.checked(ctx, j, c.kind)
	if err != nil {
		return err
	}
	owner := j.cell
	if !owner.Program && !owner.Options.Isolate {
		owner = nil
	}
	p, err := session.Start(ctx, owner)
	if err != nil {
		return err
	}
	run.looking(c) // the build may have told of itself
	defer func() {
		err = errors.Join(err, p.Close())
		if err == nil && c.verdict.Kind == "" {
			err = fmt.Errorf("%w: the cell ended with %s", ErrNotChecked, cmp.Or(c.outcome, notebook.Killed))
		}
	}()
	if !j.cell.Program {
		if err := run.prepareCheck(ctx, p, c.label); err != nil {
			return err
		}
	}
	err = p.Run(ctx, untraced(j.cell), run.checkTime(j), c.event)
	if ctx.Err() == nil && errors.Is(err, ErrProcessEnded) {
		return nil
	}
	return err
}

// prepareCheck runs the cells again that a cell needs.
func (run *noteRun) prepareCheck(ctx context.Context, p Process, label string) error {
	for _, earlier := range run.toReplay(label) {
		outcome, message, err := run.rerun(ctx, p, earlier)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil && !errors.Is(err, ErrProcessEnded) {
			return err
		}
		if outcome != notebook.OK {
			return fmt.Errorf("%w: %s, which it needs, ended with %s when it ran again: %s", ErrNotChecked, notebook.CellName(earlier), outcome, message)
		}
	}
	return nil
}

// checkTime returns how long a cell may run while it is checked. One that did
// not come to an end by itself gets no more than it had.
func (run *noteRun) checkTime(j *judge) time.Duration {
	switch j.held.Outcome {
	case notebook.Timeout, notebook.Stuck:
		return run.timeout(j.cell)
	}
	return slowdown * run.timeout(j.cell)
}

// checked returns the cells of an engine, built to find verdicts.
func (run *noteRun) checked(ctx context.Context, j *judge, kind notebook.VerdictKind) (Session, error) {
	e := run.lowered[j.engine]
	if c, ok := e.checked[kind]; ok {
		return c.Session, c.err
	}
	var c checkedSession
	if checker, ok := e.opened.(Checker); ok {
		c.Session, c.err = checker.Check(ctx, kind, j.stream.of(j.engine))
	} else {
		c.err = fmt.Errorf("%w: interpreted", ErrNotChecked)
	}
	if e.checked == nil {
		e.checked = map[notebook.VerdictKind]checkedSession{}
	}
	e.checked[kind] = c
	return c.Session, c.err
}

// closeChecked removes what the checked sessions keep.
func (e *engineRun) closeChecked() {
	for _, c := range e.checked {
		if c.Session != nil {
			_ = c.Close() // as in noteRun.close
		}
	}
}
