package main

import (
	"context"
	"os"
	"runtime/debug"

	"notebook/cmd/notebook/internal/terminal"
	"notebook/runner/yaegi"
)

func main() {
	debug.SetGCPercent(gcPercent)
	if yaegi.IsWorker() {
		yaegi.RunWorker()
	}
	os.Exit(int(run(os.Args[1:])))
}

// gcPercent lets the heap grow to some times what is in use before it is
// collected: a command lives shortly and uses little, and collecting cost a
// twentieth of the time of a short note.
const gcPercent = 400

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
