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

The exit code is 0 where all is as expected, else 1.`

const testExamples = `  notebook test concurrency.md
  notebook test --engines notes            compiled and interpreted
  notebook test --strict notes             warnings count too`

func newTestCommand(a *app) *cobra.Command {
	var o runOptions
	var engines bool
	cmd := &cobra.Command{
		Use:               "test note.md[#label]|folder ...",
		Short:             "Run notes and say whether all is as expected",
		Long:              testHelp,
		Example:           testExamples,
		Args:              notesNeeded,
		ValidArgsFunction: completeNotes,
		RunE: func(cmd *cobra.Command, args []string) error {
			if engines {
				return a.compare(cmd.Context(), args, &o)
			}
			return a.run(cmd.Context(), args, &o, func(*job) runner.Sink {
				return func(notebook.Event) error { return nil }
			})
		},
	}
	o.register(cmd, a)
	cmd.Flags().BoolVar(&engines, "engines", false, "compare the engines: run the cells compiled and interpreted")
	return cmd
}
