package main

import (
	"context"
	"fmt"
	"strings"

	"notebook"
	"notebook/runner"
	"notebook/runner/yaegi"
)

// compare runs notes under both engines, one after the other, and tells where
// their cells differ.
func (a *app) compare(ctx context.Context, args []string, o *runOptions) error {
	if o.engine != "" {
		return &usageError{text: "--engines takes both engines", hint: "leave out --engine"}
	}
	jobs, err := a.readTargets(args)
	if err != nil || len(jobs) == 0 {
		return err
	}
	leave, err := a.enter(o)
	if err != nil {
		return err
	}
	defer leave()
	o.quick = true // further runs tell nothing about engines
	var all total
	for _, j := range jobs {
		same, err := a.compareNote(ctx, j, *o)
		a.failIf(err)
		if ctx.Err() != nil {
			return nil
		}
		all.add(same)
	}
	a.tellTotal(all, "the same under both engines")
	return nil
}

// compareNote compares the engines on one note. Where they differ, the note is
// compiled and run once more: what then differs too says nothing about engines.
func (a *app) compareNote(ctx context.Context, j *job, o runOptions) (same bool, err error) {
	a.diagnose(j)
	both := *j
	both.note = runner.ForAnyEngine(j.note)
	env, err := a.env(&both, &o)
	if err != nil {
		return false, err
	}
	if _, err := a.compiled.Go(ctx, env); err != nil {
		return false, &usageError{
			text: fmt.Sprintf("%s: there is nothing to compare the interpreter with: %v", j.file.Name, err),
			hint: "--engines compares with the Go toolchain: install Go 1.26 or newer",
		}
	}
	o.engine = notebook.Compiled
	compiled, err := a.fold(&both, func(sink runner.Sink) error { return a.execute(ctx, &both, &o, sink) })
	if err != nil || ctx.Err() != nil {
		return false, err
	}
	interpreted, err := a.silently(ctx, &both, &o, notebook.Yaegi)
	if err != nil || ctx.Err() != nil {
		return false, err
	}
	c := runner.Compare(both.note, compiled, interpreted)
	var unsteady []*notebook.Cell
	if len(c.Differences) > 0 {
		again, err := a.silently(ctx, &both, &o, notebook.Compiled)
		if err != nil || ctx.Err() != nil {
			return false, err
		}
		c, unsteady = c.Without(runner.Compare(both.note, compiled, again))
	}
	a.tellComparison(j, c, unsteady)
	return len(c.Differences) == 0, nil
}

// fold runs a note and returns the result.
func (a *app) fold(j *job, run func(runner.Sink) error) (result *notebook.Result, err error) {
	result = notebook.Fold(j.note, func(yield func(notebook.Event) bool) {
		err = run(func(e notebook.Event) error {
			yield(e)
			return nil
		})
	})
	return result, err
}

// silently runs a note and tells nobody how its cells end.
func (a *app) silently(ctx context.Context, j *job, o *runOptions, engine notebook.EngineName) (*notebook.Result, error) {
	env, err := a.env(j, o)
	if err != nil {
		return nil, err
	}
	r := runner.New([]runner.Engine{a.compiled, yaegi.New(yaegi.Config{})}, runner.Options{
		Version: a.version, Engine: engine, Quick: o.quick, Only: j.only,
		Timeout: o.timeout, Memory: o.memory, MaxOutput: o.maxOutput,
	})
	a.console.Activity(fmt.Sprintf("%s: %s", j.file.Name, engine))
	defer a.console.Activity("")
	result, err := a.fold(j, func(sink runner.Sink) error { return r.Run(ctx, j.note, env, sink) })
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("%s: %w", j.file.Name, err)
	}
	return result, nil
}

// tellComparison tells what a comparison found.
func (a *app) tellComparison(j *job, c runner.Comparison, unsteady []*notebook.Cell) {
	for _, r := range c.Refused {
		a.console.Message(fmt.Sprintf("%s:%s: not interpreted: %s", j.file.Name, notebook.Position{Line: r.Problem.Line, Col: r.Problem.Col}, r.Problem.Message))
	}
	for _, cell := range unsteady {
		a.console.Message(fmt.Sprintf("%s:%s: not compared: it is different in every run, compiled too", j.file.Name, cell.Fence))
	}
	differ := map[*notebook.Cell]bool{}
	for _, d := range c.Differences {
		a.tellDifference(j, d)
		differ[d.Cell] = true
	}
	line := fmt.Sprintf("%s: %d of %s the same under both engines", j.file.Name, c.Cells-len(differ)-len(c.Refused)-len(unsteady), plural(c.Cells, "cell"))
	for _, part := range []struct {
		n    int
		what string
	}{{len(differ), "different"}, {len(c.Refused), "not interpreted"}, {len(unsteady), "not compared"}} {
		if part.n > 0 {
			line += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	if len(differ) > 0 {
		a.console.Failure(line)
	} else {
		a.console.Success(line)
	}
}

// tellDifference tells of one difference. One that the interpreter warned of is
// a warning.
func (a *app) tellDifference(j *job, d runner.Difference) {
	diagnostic := notebook.Diagnostic{
		File: j.file.Name, Position: d.Cell.Fence, Severity: notebook.Error,
		Message: "compiled (-) and interpreted (+) differ in " + d.Part,
	}
	if d.Warning != "" {
		diagnostic.Message += ", as the interpreter warned: " + d.Warning
		a.warn(diagnostic)
	} else {
		diagnostic.Hint = "where it is different in every run, state what matters of it with // Unordered output: or match: regexp"
		a.console.Diagnostic(diagnostic)
		a.status.raise(statusFailed)
	}
	a.console.Detail(excerpt(d.Diff))
}

// nearby is how many equal lines are shown around a difference.
const nearby = 2

// excerpt returns a difference without the lines that are far from any sign.
func excerpt(diff string) string {
	lines := strings.SplitAfter(strings.TrimSuffix(diff, "\n"), "\n")
	near := make([]bool, len(lines))
	for i, line := range lines {
		if strings.HasPrefix(line, "-") || strings.HasPrefix(line, "+") {
			for k := max(0, i-nearby); k < min(len(lines), i+nearby+1); k++ {
				near[k] = true
			}
		}
	}
	var b strings.Builder
	for i, line := range lines {
		switch {
		case near[i]:
			b.WriteString(line)
		case i == 0 || near[i-1]:
			b.WriteString(" …\n")
		}
	}
	return b.String()
}
