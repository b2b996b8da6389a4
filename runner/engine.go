package runner

import (
	"context"
	"errors"
	"time"

	"notebook"
	"notebook/runner/harness"
	"notebook/runner/lower"
)

// A Sink takes the events of a run, in order. An error from it ends the run.
type Sink = func(notebook.Event) error

// An Engine builds and runs the cells of a note.
type Engine interface {
	// ID names the engine: the Engine of its events.
	ID() notebook.EngineName
	// Go returns the version of Go that the cells get, such as "go1.26.8". The
	// error says why the engine cannot run here.
	Go(ctx context.Context, env Env) (string, error)
	// Lower lowers and type-checks the cells. What is wrong with a cell is no
	// error: the Source tells.
	Lower(ctx context.Context, note *notebook.Note, cells []*notebook.Cell, env Env) (*lower.Source, error)
	// Open builds what Lower returned. It sends Built events, and breaks the
	// cells of the source that do not build.
	Open(ctx context.Context, source *lower.Source, env Env, sink Sink) (Session, error)
}

// A Session is the cells of a note, built by one engine.
type Session interface {
	// Start starts a process that can run the session's cells. A cell that
	// needs a process of its own, with its own environment, is named: a
	// program cell or an isolated one; nil means the process of the session.
	Start(ctx context.Context, cell *notebook.Cell) (Process, error)
	// Close removes what the session keeps outside the cache.
	Close() error
}

// A Process runs cells of a session, one after the other.
type Process interface {
	// Run runs a cell and sends its events from Started to Finished. It
	// returns ErrProcessEnded when the cell took the process with it.
	Run(ctx context.Context, cell *notebook.Cell, timeout time.Duration, sink Sink) error
	// Close ends the process and every process it left. Output that came late
	// goes to the sink of the last Run.
	Close() error
}

// ErrProcessEnded is returned by Process.Run when a cell took its process with it.
var ErrProcessEnded = harness.ErrProcessEnded

// ErrUnavailable is wrapped by the errors of Engine.Go.
var ErrUnavailable = errors.New("engine not available")

// Env is what a run may know of the world outside the note.
type Env struct {
	Dir     string   // the note's folder, where its cells run; absolute
	Cache   string   // folder for kept builds; shared by all runs
	Temp    string   // private folder for this run: TMPDIR of the cells
	Environ []string // environment of the cells, before a cell's own env

	// KeepTrace takes the raw execution trace of each cell of which one was
	// recorded; may be nil. An error from it ends the run.
	KeepTrace func(cell string, trace []byte) error
	// Traced holds the labels of the cells of which timelines are recorded.
	Traced map[string]bool

	// Limits that are not the time; 0: the default.
	Memory    notebook.Size // of a process of cells
	MaxOutput notebook.Size // of a cell, to be kept

	// Progress tells the user of long work besides the first runs of cells; may
	// be nil.
	Progress func(text string)
}
