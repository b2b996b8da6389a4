package yaegi

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"notebook"
	"notebook/runner"
	"notebook/runner/yaegi/internal/interpreter"
)

// A worker is a process that interprets cells. It implements runner.Process.
type worker struct {
	note    *notebook.Note
	job     *job
	dir     string    // its folder
	input   io.Closer // nil: nothing to close
	process runner.Process
	// compiled is where a session worker writes its findings; nil when they
	// have been read.
	compiled *os.File

	sink runner.Sink
	held *notebook.Event // a problem, until it is known how its cell ended
}

// findings waits until the worker has compiled the session and returns what is
// wrong with it. An error means that it broke down; a finding tells over which
// cell.
func (w *worker) findings() ([]finding, error) {
	defer w.closeFindings()
	return readFindings(w.compiled)
}

func (w *worker) closeFindings() {
	if w.compiled != nil {
		_ = w.compiled.Close() // it was only read
		w.compiled = nil
	}
}

// Run implements runner.Process. The problems of panics get the places that the
// interpreter told.
func (w *worker) Run(ctx context.Context, cell *notebook.Cell, timeout time.Duration, sink runner.Sink) error {
	w.sink = sink
	err := w.process.Run(ctx, cell, timeout, w.pass)
	return errors.Join(err, w.release(notebook.Panic))
}

// pass passes an event on. A problem waits for the event that tells its
// outcome.
func (w *worker) pass(e notebook.Event) error {
	switch body := e.Body.(type) {
	case notebook.Problem:
		err := w.release(notebook.Panic)
		w.held = &e
		return err
	case notebook.Finished:
		if err := w.release(body.Outcome); err != nil {
			return err
		}
	}
	return w.sink(e)
}

// release sends the problem that waits, if there is one. One that no Finished
// event followed came from the end of a process between its cells: a panic.
func (w *worker) release(outcome notebook.Outcome) error {
	e := w.held
	if e == nil {
		return nil
	}
	w.held = nil
	if problem := e.Body.(notebook.Problem); outcome == notebook.Panic && problem.Severity == notebook.Error {
		e.Body = w.explain(problem)
	}
	return w.sink(*e)
}

// explain gives the problem of a panic its place, its trace and a message
// without the interpreter's words.
func (w *worker) explain(problem notebook.Problem) notebook.Problem {
	text, err := os.ReadFile(filepath.Join(w.dir, panicFile))
	if err != nil {
		return problem // the trace is missing, no more
	}
	return place(w.note, w.job, interpreter.ParsePanic(string(text)), problem)
}

// Close implements runner.Process.
func (w *worker) Close() error {
	return errors.Join(w.process.Close(), w.release(notebook.Panic), w.remove())
}

// discard ends a worker that has run no cell. A nil worker is none.
func (w *worker) discard() error {
	if w == nil {
		return nil
	}
	w.closeFindings()
	var err error
	if w.process != nil {
		err = w.process.Close()
	}
	return errors.Join(err, w.remove())
}

// remove removes what a worker needed besides its process.
func (w *worker) remove() error {
	err := os.RemoveAll(w.dir)
	if w.input != nil {
		err = errors.Join(err, w.input.Close())
	}
	return err
}
