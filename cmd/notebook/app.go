package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"notebook"
	"notebook/cmd/notebook/internal/output"
	"notebook/cmd/notebook/internal/terminal"
	"notebook/runner"
	"notebook/runner/process"
)

// An app is one call of the program.
type app struct {
	console   *terminal.Console
	environ   []string
	version   string
	allowNet  bool                      // --allow-net: modules may be downloaded
	compiled  runner.Engine             // set by enter
	workspace atomic.Pointer[workspace] // kill reads it from another goroutine
	strict    bool                      // --strict: a warning fails
	notes     total                     // that were run
	status    status
}

// enter prepares for running cells; leave undoes that.
func (a *app) enter(o *runOptions) (leave func(), err error) {
	for _, name := range o.env {
		if err := a.checkVariable(name); err != nil {
			return nil, err
		}
	}
	w := &workspace{}
	a.workspace.Store(w)
	if err := w.open(); err != nil {
		return nil, err
	}
	a.compiled = newCompiled(a, w)
	if w.unkept != nil {
		a.warn(notebook.Diagnostic{File: "notebook", Message: fmt.Sprintf("builds are not kept: %v", w.unkept)})
	}
	stop := a.console.Watch()
	return func() {
		stop()
		a.failIf(w.remove())
	}, nil
}

// checkVariable looks at a value of --env.
func (a *app) checkVariable(name string) error {
	if name == "" || strings.Contains(name, "=") {
		return &usageError{
			text: fmt.Sprintf("--env takes the name of a variable, not %q", name),
			hint: "set the variable in your shell, or write env: {NAME: value} at the top of a cell",
		}
	}
	if !slices.ContainsFunc(a.environ, func(kv string) bool { return strings.HasPrefix(kv, name+"=") }) {
		a.warn(notebook.Diagnostic{File: "notebook", Message: fmt.Sprintf("--env %s: the variable is not set", name)})
	}
	return nil
}

// fail says why the command cannot do what it was asked for. An output that
// nobody reads any more is no failure: "notebook run x.md | head" ends here.
func (a *app) fail(err error) {
	if errors.Is(err, syscall.EPIPE) {
		return
	}
	a.console.Error(err)
	a.status.raise(statusUnusable)
}

func (a *app) failIf(err error) {
	if err != nil {
		a.fail(err)
	}
}

// finishTime is how long a page that is being written may take when the program
// is about to end.
const finishTime = time.Second

// removeTime is how long it may take then to remove the private folder: processes
// that were killed can write to it a moment longer.
const removeTime = 100 * time.Millisecond

// kill ends the program at once, and the processes of cells with it.
func (a *app) kill() {
	process.KillAll()
	output.Finish(finishTime)
	if w := a.workspace.Load(); w != nil {
		for deadline := time.Now().Add(removeTime); w.remove() != nil && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
	}
	os.Exit(int(statusInterrupted))
}
