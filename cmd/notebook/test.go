package main

import (
	"github.com/spf13/cobra"

	"notebook"
	"notebook/runner"
)

const testHelp = `Test runs notes and says whether all is as they say: every cell ends as its
author expects, and prints what its Output comment says. It writes no page and
shows no output.

With --engines it also runs them with the interpreter, and tells each cell that
does something else there: its outcome, output, values. What the interpreter
warns of or refuses is told and is no failure.

A claim that noise leaves open is decided by running the cells behind it again,
up to five times. With --stress a note runs so many times, and what is printed
is how often each check and each claim came out as the note says.

The exit code is 0 where all is as expected, else 1.`

const testExamples = `  notebook test concurrency.md
  notebook test --engines notes            compiled and interpreted
  notebook test --strict notes             warnings count too
  notebook test --stress 20 concurrency.md how often does it hold?`

func newTestCommand(a *app) *cobra.Command {
	o := runOptions{decide: true}
	var engines bool
	var runs positiveCount
	cmd := &cobra.Command{
		Use:               "test note.md[#label]|folder ...",
		Short:             "Run notes and say whether all is as expected",
		Long:              testHelp,
		Example:           testExamples,
		Args:              notesNeeded,
		ValidArgsFunction: completeNotes,
		RunE: func(cmd *cobra.Command, args []string) error {
			if engines && runs > 0 {
				return &usageError{text: "--engines runs each note once", hint: "leave out --stress"}
			}
			if engines {
				return a.compare(cmd.Context(), args, &o)
			}
			if runs > 0 {
				o.decide, o.silent = false, true
				return a.stress(cmd.Context(), args, &o, int(runs))
			}
			return a.run(cmd.Context(), args, &o, func(*job) runner.Sink {
				return func(notebook.Event) error { return nil }
			})
		},
	}
	o.register(cmd, a)
	cmd.Flags().BoolVar(&engines, "engines", false, "compare the engines: run the cells compiled and interpreted")
	cmd.Flags().Var(&runs, "stress", "run each note this `number` of times and print how often each claim holds")
	return cmd
}
