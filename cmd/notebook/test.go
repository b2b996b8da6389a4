package main

import (
	"github.com/spf13/cobra"

	"notebook"
	"notebook/runner"
)

const testHelp = `Test runs notes and says whether all is as they say: every cell ends as its
author expects, and prints what its Output comment says. It writes no page and
shows no output.

The exit code is 0 where all is as expected, else 1.`

const testExamples = `  notebook test concurrency.md
  notebook test --strict notes             warnings count too`

func newTestCommand(a *app) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:               "test note.md[#label]|folder ...",
		Short:             "Run notes and say whether all is as expected",
		Long:              testHelp,
		Example:           testExamples,
		Args:              notesNeeded,
		ValidArgsFunction: completeNotes,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.run(cmd.Context(), args, &o, func(*job) runner.Sink {
				return func(notebook.Event) error { return nil }
			})
		},
	}
	o.register(cmd, a)
	return cmd
}
