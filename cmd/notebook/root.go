package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const rootHelp = `Notebook runs the Go cells of Markdown notes and renders pages.

A note is a Markdown file. Its fenced blocks of Go are cells: they run in
order, share their variables, functions and types, and what they print and
return stands below them in the page. Running a note runs the code in it.

Without a command, notes are rendered; the flags are those of render.

Exit codes: 0 all as expected; 1 a cell ended otherwise, a check failed or a
note has an error; 2 wrong usage, unreadable input or output not writable;
130 interrupted.`

const rootExamples = `  notebook concurrency.md           render a note: writes concurrency.html
  notebook render notes             render a folder: writes notes/_site/
  notebook run concurrency.md       show the output here
  notebook test notes               run all and say whether all is as expected`

func newRoot(a *app) *cobra.Command {
	var o renderOptions
	root := &cobra.Command{
		Use:           "notebook note.md|folder ...",
		Short:         "Run the Go cells of Markdown notes and render pages",
		Long:          rootHelp,
		Example:       rootExamples,
		Version:       a.version,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			if err := misspelled(cmd, args[0]); err != nil {
				return err
			}
			return a.render(cmd.Context(), args, &o)
		},
	}
	root.SuggestionsMinimumDistance = 2
	root.SetVersionTemplate(versionLine(a.version) + "\n")
	root.SetFlagErrorFunc(flagError)
	o.register(root, a)
	root.Flags().VisitAll(func(f *pflag.Flag) { f.Hidden = true }) // help of render lists them
	root.AddCommand(newRenderCommand(a), newRunCommand(a), newTestCommand(a), newCheckCommand(a), newCleanCommand(a), newVersionCommand(a))
	root.InitDefaultHelpCmd()
	if help, _, err := root.Find([]string{"help"}); err == nil {
		help.Args = knownCommand
	}
	return root
}
