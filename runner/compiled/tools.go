package compiled

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"notebook"
	"notebook/runner/process"
)

// A tool is one call of a program of the Go toolchain.
type tool struct {
	Path string
	Args []string
	Dir  string
	Env  []string
}

// tools is the one way from this package to the programs of a toolchain.
type tools interface {
	// run returns what the tool wrote to its standard output. The error of a
	// tool that failed is a *toolError.
	run(ctx context.Context, t tool) (stdout []byte, err error)
}

// A toolError is the failure of a tool that could be started.
type toolError struct {
	Tool   string // its name
	Stdout []byte
	Stderr []byte
	Err    error
}

// Error returns what the tool says, or how it ended when it says nothing.
func (e *toolError) Error() string {
	if said := e.said(); said != "" {
		return e.Tool + ": " + said
	}
	return e.Tool + ": " + e.Err.Error()
}

// said returns the messages of the tool: the compiler writes them to its
// standard output, the others to standard error.
func (e *toolError) said() string {
	return strings.TrimSpace(string(e.Stdout) + string(e.Stderr))
}

func (e *toolError) Unwrap() error { return e.Err }

// processTools runs tools as child processes.
type processTools struct{}

func (processTools) run(ctx context.Context, t tool) ([]byte, error) {
	stdout, stderr, err := process.Run(ctx, process.Command{
		Path: t.Path, Args: t.Args, Dir: t.Dir, Env: t.Env,
		Limits: process.Limits{Memory: int64(memoryOfTool()), FileSize: int64(toolFile)},
	})
	var exit *process.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case errors.As(err, &exit):
		return nil, &toolError{Tool: filepath.Base(t.Path), Stdout: stdout, Stderr: stderr, Err: err}
	case err != nil:
		return nil, err
	}
	return stdout, nil
}

// The budget of a build: what one call of a tool may take, so that source made
// to exhaust a compiler does not exhaust the machine.
const (
	toolTime   = time.Minute
	toolMemory = 2 * notebook.GiB // or half of the machine's, whichever is less
	toolFile   = notebook.GiB
)

// memoryOfTool returns the memory that a tool may take on this machine. The
// largest link measured, of net/http, takes 130 MB.
func memoryOfTool() notebook.Size {
	if total := process.MachineMemory(); total > 0 {
		return min(toolMemory, notebook.Size(total)/2)
	}
	return toolMemory
}

// starved matches what a tool says that got no memory: its runtime itself may
// fault then.
var starved = regexp.MustCompile(`out of memory|cannot allocate memory|cannot map pages|failed to reserve|SIGSEGV: segmentation violation\nPC=`)

// overBudget says of which part of its budget a tool that failed took too much;
// "" where that is not why it failed.
func overBudget(e *toolError) string {
	switch said := e.said(); {
	case starved.MatchString(said):
		return fmt.Sprintf("%s takes more than %s of memory, the limit of a build", e.Tool, memoryOfTool())
	case strings.Contains(said, "file too large"), strings.Contains(said, "file size limit exceeded"):
		return fmt.Sprintf("%s writes a file of more than %s, the limit of a build", e.Tool, toolFile)
	}
	return ""
}
