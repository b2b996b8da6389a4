package main

import (
	"context"
	"os"
	"runtime/debug"

	"notebook/cmd/notebook/internal/terminal"
	"notebook/runner/yaegi"
)

func main() {
	if yaegi.IsWorker() {
		yaegi.RunWorker()
	}
	os.Exit(int(run(os.Args[1:])))
}

// run runs the command that the arguments name and returns the exit code.
func run(args []string) status {
	surviveBrokenPipe()
	a := &app{
		console: terminal.New(os.Stdout, os.Stderr, os.Getenv),
		environ: os.Environ(),
		version: buildVersion(debug.ReadBuildInfo),
	}
	ctx, stop := withSignals(context.Background(), a.kill)
	defer stop()
	root := newRoot(a)
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		a.fail(err)
	}
	if ctx.Err() != nil {
		a.status.raise(statusInterrupted)
	}
	return a.status
}
