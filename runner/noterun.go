package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"notebook"
	"notebook/runner/lower"
)

// A noteRun is one run of one note.
type noteRun struct {
	opts      Options
	note      *notebook.Note
	env       Env
	session   notebook.EngineName // runs the session cells
	why       string              // that is not the preferred engine; else ""
	goVersion string
	chosen    []*notebook.Cell // what is to run, in the order of the note
	lowered   map[notebook.EngineName]*engineRun

	process *sessionProcess // of the session; nil: none is alive
	ends    map[string]end  // how the session cells ended so far
	reruns  reruns
	tally   tally
	shown   int // inline values so far

	assertions assertions
}

// An engineRun is what one engine does for the run of a note.
type engineRun struct {
	engine      Engine
	unavailable error // why the engine cannot run here; then there is no source
	source      *lower.Source
	opened      Session
	checked     map[notebook.VerdictKind]checkedSession
}

// An end is how a session cell ended.
type end struct {
	outcome notebook.Outcome
	gone    bool // the cell took its process with it
}

// missing reports whether cells that use the cell cannot run.
func (e end) missing() bool {
	return e.gone || e.outcome == notebook.CompileError || e.outcome == notebook.Skipped
}

// enginesOf returns the engines that run a cell.
func (run *noteRun) enginesOf(c *notebook.Cell) []notebook.EngineName {
	if !c.Program || len(c.Options.Engines) == 0 {
		return []notebook.EngineName{run.session}
	}
	var names []notebook.EngineName
	for _, name := range c.Options.Engines {
		if name == notebook.Auto {
			name = run.session
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// cellsOf returns the chosen cells that an engine runs.
func (run *noteRun) cellsOf(engine notebook.EngineName) []*notebook.Cell {
	var cells []*notebook.Cell
	for _, c := range run.chosen {
		if slices.Contains(run.enginesOf(c), engine) {
			cells = append(cells, c)
		}
	}
	return cells
}

// source returns the lowered session.
func (run *noteRun) source() *lower.Source {
	if e := run.lowered[run.session]; e != nil {
		return e.source
	}
	return nil
}

// open builds the cells with every engine that the note needs.
func (run *noteRun) open(ctx context.Context, stream *stream) error {
	if run.note.Broken {
		return nil
	}
	for _, name := range run.engineNames() {
		e := run.lowered[name]
		if e.unavailable != nil {
			continue
		}
		opened, err := e.engine.Open(ctx, e.source, run.env, stream.of(name))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		e.opened = opened
	}
	return nil
}

// engineNames returns the engines in use, the session's first.
func (run *noteRun) engineNames() []notebook.EngineName {
	var names []notebook.EngineName
	for name := range run.lowered {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b notebook.EngineName) int {
		switch {
		case a == run.session:
			return -1
		case b == run.session:
			return 1
		}
		return 0
	})
	return names
}

// close ends what open and the cells started.
func (run *noteRun) close() {
	_ = run.endSession() // the run is over: nobody waits for late output
	for _, e := range run.lowered {
		e.closeChecked()
		if e.opened != nil {
			// What Close could not remove is in Env.Temp, which its owner removes.
			_ = e.opened.Close()
		}
	}
}

// cells runs the chosen cells in the order of the note.
func (run *noteRun) cells(ctx context.Context, stream *stream) error {
	only := run.only()
	for _, c := range run.chosen {
		if only != nil && !only[c.Label] {
			continue
		}
		if err := run.values(ctx, stream, c); err != nil {
			return err
		}
		for _, engine := range run.enginesOf(c) {
			if err := run.cell(ctx, stream, c, engine); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return context.Cause(ctx)
			}
		}
		if err := run.compare(ctx, stream, c); err != nil {
			return err
		}
	}
	if err := run.values(ctx, stream, nil); err != nil {
		return err
	}
	return run.endSession()
}

// only returns the labels of the one cell to run, of those it needs, and of those
// that set the variables in its claims, or nil for all.
func (run *noteRun) only() map[string]bool {
	if run.opts.Only == "" {
		return nil
	}
	labels := map[string]bool{}
	var add func(label string)
	add = func(label string) {
		source := run.source()
		if labels[label] || source == nil {
			return
		}
		labels[label] = true
		for _, l := range slices.Concat(source.Needs(label), source.Replay(label)) {
			add(l)
		}
	}
	add(run.opts.Only)
	for _, label := range run.recorders() {
		add(label)
	}
	labels[run.opts.Only] = true
	return labels
}

// cell runs one cell under one engine.
func (run *noteRun) cell(ctx context.Context, stream *stream, c *notebook.Cell, engine notebook.EngineName) error {
	j := newJudge(c, engine, stream, &run.tally)
	j.checks = run.checks(c)
	if why, ok := run.refusal(c, engine); ok {
		run.ends[c.Label] = end{outcome: notebook.Skipped}
		return j.skip(why)
	}
	problems := run.problems(c, engine)
	if len(problems) > 0 {
		run.ends[c.Label] = end{outcome: notebook.CompileError}
		return j.doesNotCompile(problems)
	}
	if err := run.warn(j); err != nil {
		return err
	}
	if c.Mode == notebook.CompileOnly {
		run.ends[c.Label] = end{outcome: notebook.OK}
		return j.compiledOnly()
	}
	if why, ok := run.notRun(c); ok {
		run.ends[c.Label] = end{outcome: notebook.Skipped}
		return j.skip(why)
	}
	var err error
	first := run.watch(j)
	if c.Program {
		err = run.program(ctx, j)
	} else {
		err = run.sessionCell(ctx, j)
	}
	if err = errors.Join(err, run.conclude(ctx, j)); err != nil {
		return err
	}
	return run.measure(ctx, j, first)
}

// warn passes on what lowering warns of in the cell.
func (run *noteRun) warn(j *judge) error {
	for _, w := range run.lowered[j.engine].source.Warnings {
		if w.Cell != j.cell.Label {
			continue
		}
		if err := j.send(notebook.Problem{
			File: w.File, Line: w.Position.Line, Col: w.Position.Col,
			Severity: w.Severity, Message: w.Message, Hint: w.Hint,
		}); err != nil {
			return err
		}
	}
	return nil
}

// refusal tells why a cell is not even compiled.
func (run *noteRun) refusal(c *notebook.Cell, engine notebook.EngineName) (notebook.NotRun, bool) {
	switch e := run.lowered[engine]; {
	case run.note.Broken:
		return notebook.NotRun{Reason: "the front matter of the note has an error"}, true
	case c.Broken:
		return notebook.NotRun{Reason: "the cell has an error in its options", Fails: true}, true
	case run.opts.FailFast && run.tally.failed() > 0:
		return notebook.NotRun{Reason: "an earlier cell failed (--fail-fast)"}, true
	case e == nil:
		return notebook.NotRun{Reason: fmt.Sprintf("there is no engine %s", engine), Fails: true}, true
	case e.unavailable != nil:
		return notebook.NotRun{Reason: e.unavailable.Error(), Fails: true}, true
	}
	return notebook.NotRun{}, false
}

// problems returns what keeps a cell from compiling.
func (run *noteRun) problems(c *notebook.Cell, engine notebook.EngineName) []notebook.Problem {
	if problems := run.unfit(c); len(problems) > 0 {
		return problems
	}
	if c.Program {
		return run.lowered[engine].source.Program(c.Label).Problems
	}
	if p, ok := run.foreignEngine(c); ok {
		return []notebook.Problem{p}
	}
	return run.source().Cell(c.Label).Problems
}

// foreignEngine reports a session cell that asks for another engine than its session.
func (run *noteRun) foreignEngine(c *notebook.Cell) (notebook.Problem, bool) {
	for _, name := range c.Options.Engines {
		if name != notebook.Auto && name != run.session {
			return notebook.Problem{
				File: run.note.Name, Line: c.Fence.Line, Col: c.Fence.Col, Severity: notebook.Error,
				Message: fmt.Sprintf("this cell shares its session with others, which run under %s, not %s", run.session, name),
				Hint:    fmt.Sprintf("write engine: %s under execute: in the front matter for all cells, or make this one a program with package main", name),
			}, true
		}
	}
	return notebook.Problem{}, false
}

// notRun tells why a cell that compiles does not run.
func (run *noteRun) notRun(c *notebook.Cell) (notebook.NotRun, bool) {
	if c.Program {
		return notebook.NotRun{}, false
	}
	source := run.source()
	missing := slices.Clone(source.Cell(c.Label).Lost)
	for _, label := range source.Needs(c.Label) {
		if e, ok := run.ends[label]; ok && e.missing() && !slices.Contains(missing, label) {
			missing = append(missing, label)
		}
	}
	if len(missing) == 0 {
		return notebook.NotRun{}, false
	}
	return notebook.NotRun{Reason: "needs " + cellList(missing), Needs: missing}, true
}
