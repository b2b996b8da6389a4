package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"notebook"
	"notebook/runner"
)

const checkHelp = `Check parses notes, type-checks their cells and follows their links. It runs
nothing and writes nothing.`

const checkExamples = `  notebook check concurrency.md
  notebook check --strict notes            warnings count too`

func newCheckCommand(a *app) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:               "check note.md|folder ...",
		Short:             "Check notes without running them",
		Long:              checkHelp,
		Example:           checkExamples,
		Args:              notesNeeded,
		ValidArgsFunction: completeNotes,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.check(cmd.Context(), args, &o) },
	}
	registerEngine(cmd, &o.engine)
	registerStrict(cmd, a)
	registerAllowNet(cmd, a)
	return cmd
}

func (a *app) check(ctx context.Context, args []string, o *runOptions) error {
	jobs, err := a.readForPages(args, "")
	if err != nil || len(jobs) == 0 {
		return err
	}
	leave, err := a.enter(o)
	if err != nil {
		return err
	}
	defer leave()
	for _, j := range jobs {
		a.failIf(a.checkNote(ctx, j, o))
		if ctx.Err() != nil {
			return nil
		}
	}
	return nil
}

func (a *app) checkNote(ctx context.Context, j *job, o *runOptions) error {
	env, err := a.env(j, o)
	if err != nil {
		return err
	}
	a.console.Activity(j.file.Name)
	found, err := runner.New(a.engines(ctx, j, o.engine, env), runner.Options{Version: a.version, Engine: o.engine}).Check(ctx, j.note, env)
	a.console.Activity("")
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", j.file.Name, err)
	}
	j.diagnostics = append(j.diagnostics, found...)
	a.diagnose(j)
	for _, c := range j.note.Cells {
		if c.Mode == notebook.Sketch {
			a.console.Message(fmt.Sprintf("%s:%s: a sketch: shown, not run", j.file.Name, c.Fence))
		}
	}
	errs, warnings := count(j.diagnostics)
	line := j.file.Name + ": " + problems(errs, warnings)
	if err := a.unasked(ctx, j, o.engine, env); err != nil {
		line += ", checked for the interpreter: " + err.Error()
	}
	if errs > 0 {
		a.console.Failure(line)
	} else {
		a.console.Success(line)
	}
	return nil
}

// problems says how many there are.
func problems(errs, warnings int) string {
	switch {
	case errs > 0 && warnings > 0:
		return plural(errs, "error") + ", " + plural(warnings, "warning")
	case errs > 0:
		return plural(errs, "error")
	case warnings > 0:
		return plural(warnings, "warning")
	}
	return "no problems"
}
