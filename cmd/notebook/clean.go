package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"notebook/runner/compiled"
)

const cleanHelp = `Clean removes what notebook keeps of its builds. Nothing else is lost: the
next run of a note builds it again.`

func newCleanCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "clean",
		Short: "Remove the kept builds",
		Long:  cleanHelp,
		Args:  noArguments,
		RunE:  func(*cobra.Command, []string) error { return a.clean() },
	}
}

func (a *app) clean() error {
	cache, ok := keptBuilds()
	if !ok {
		return a.console.Result("nothing is kept: there is no home folder")
	}
	size, err := compiled.Clean(cache)
	if err != nil {
		return fmt.Errorf("clean %s: %w", cache, err)
	}
	return a.console.Result(fmt.Sprintf("removed %.1f MB of builds", float64(size)/1e6))
}
