package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"notebook"
	"notebook/cmd/notebook/internal/input"
	"notebook/cmd/notebook/internal/links"
	"notebook/cmd/notebook/internal/output"
	"notebook/renderer"
	"notebook/runner"
)

// A job is one note on its way through a command.
type job struct {
	file        input.File
	note        *notebook.Note
	only        string                // label of the one cell to run; "": all
	page        output.Page           // where its page goes, for render
	assets      renderer.Assets       // what its page needs
	diagnostics []notebook.Diagnostic // what is wrong before it runs
}

// read finds the notes that the arguments name and parses them. Folders are
// not searched for notes below skip. What cannot be read is told; the others
// are returned.
func (a *app) read(args []string, skip string) ([]*job, error) {
	found, err := input.Find(args, skip)
	for _, skipped := range found.Skipped {
		a.warn(notebook.Diagnostic{File: skipped.Name, Message: "skipped: " + skipped.Err.Error(), Hint: skipped.Next})
	}
	for _, unreadable := range found.Unreadable {
		a.fail(unreadable)
	}
	if err != nil {
		return nil, err
	}
	var jobs []*job
	for _, file := range found.Files {
		if j := a.parse(file); j != nil {
			jobs = append(jobs, j)
		}
	}
	return jobs, nil
}

// parse reads a note; nil means that it could not, and that the user knows.
func (a *app) parse(file input.File) *job {
	text, err := file.Read()
	if err != nil {
		a.fail(err)
		return nil
	}
	note, diagnostics := notebook.Parse(file.Name, text)
	return &job{file: file, note: note, diagnostics: diagnostics}
}

// resolve follows the links of the notes. Their pages have to be known.
func resolve(jobs []*job) error {
	sources := make([]links.Source, len(jobs))
	for i, j := range jobs {
		path, err := filepath.Abs(j.page.Path())
		if err != nil {
			return err
		}
		sources[i] = links.Source{File: j.file, Note: j.note, Page: path}
	}
	set := links.NewSet(sources)
	for i, j := range jobs {
		assets, warnings := set.Resolve(i)
		j.assets = assets
		j.diagnostics = append(j.diagnostics, warnings...)
	}
	return nil
}

// diagnose tells what is wrong with a note, in the order of the note, and
// counts it.
func (a *app) diagnose(j *job) {
	slices.SortStableFunc(j.diagnostics, func(x, y notebook.Diagnostic) int {
		if x.Position.Line != y.Position.Line {
			return x.Position.Line - y.Position.Line
		}
		return x.Position.Col - y.Position.Col
	})
	j.assets.Diagnostics = j.diagnostics
	for _, d := range j.diagnostics {
		if d.Severity == notebook.Warning {
			a.warn(d)
			continue
		}
		a.console.Diagnostic(d)
		a.status.raise(statusFailed)
	}
}

func (a *app) warn(d notebook.Diagnostic) {
	d.Severity = notebook.Warning
	a.console.Diagnostic(d)
	if a.strict {
		a.status.raise(statusFailed)
	}
}

// execute runs the cells of a note. What happens goes to a reporter and then to
// the sinks. What is not as expected is told and counted, and is no error.
func (a *app) execute(ctx context.Context, j *job, o *runOptions, sinks ...runner.Sink) error {
	env, err := a.env(j, o)
	if err != nil {
		return err
	}
	if o.traces != "" {
		keep, done, err := keepTraces(j, o.traces)
		if err != nil {
			return err
		}
		defer func() { a.failIf(done()) }()
		env.KeepTrace = keep
	}
	report := newReporter(a, j)
	report.decide, report.silent = o.decide, o.silent
	r := runner.New(a.engines(ctx, j, o.engine, env), runner.Options{
		Version: a.version, Engine: o.engine, FailFast: o.failFast, Quick: o.quick, Race: o.race, Trace: o.trace, Only: j.only, Decide: o.decide,
		Timeout: o.timeout, Memory: o.memory, MaxOutput: o.maxOutput,
	})
	err = r.Run(ctx, j.note, env, func(e notebook.Event) error {
		report.event(e)
		for _, sink := range sinks {
			if err := sink(e); err != nil {
				return err
			}
		}
		return nil
	})
	a.console.Activity("")
	return report.end(ctx, err)
}

// env is what the cells of a note may know of the world.
func (a *app) env(j *job, o *runOptions) (runner.Env, error) {
	w := a.workspace.Load()
	temp, err := w.note()
	if err != nil {
		return runner.Env{}, fmt.Errorf("make a temporary folder: %w", err)
	}
	env := runner.Env{Dir: j.file.Dir(), Cache: w.cache, Temp: temp, Environ: cellEnviron(a.environ, o.env)}
	if !o.silent {
		env.Progress = func(text string) { a.console.Step(j.file.Name + ": " + text) }
	}
	return env, nil
}
