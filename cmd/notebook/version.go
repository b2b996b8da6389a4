package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long:  "Version prints the version of notebook, of the Go that built it, and the system.",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			return a.console.Result(versionLine(a.version))
		},
	}
}

func versionLine(version string) string {
	return fmt.Sprintf("notebook %s %s %s/%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// buildVersion returns the version of the module, with the revision that it
// was built from where the go command recorded one.
func buildVersion(read func() (*debug.BuildInfo, bool)) string {
	info, ok := read()
	if !ok {
		return "(devel)"
	}
	version, revision, modified := info.Main.Version, "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = ", modified"
		}
	}
	if version == "" {
		version = "(devel)"
	}
	if revision == "" {
		return version
	}
	return fmt.Sprintf("%s (%s%s)", version, revision, modified)
}
