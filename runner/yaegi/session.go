package yaegi

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"notebook"
	"notebook/runner"
	"notebook/runner/harness"
	"notebook/runner/lower"
	"notebook/runner/process"
)

// A session is the cells of a note, ready for workers.
type session struct {
	env        runner.Env
	source     *lower.Source
	executable string // this program
	cells      []jobCell
	programs   map[string]jobCell // by label, those that can run
	ready      *worker            // has compiled the session and runs no cell yet; may be nil
}

// Start implements runner.Session.
func (s *session) Start(ctx context.Context, cell *notebook.Cell) (runner.Process, error) {
	w, err := s.startWorker(ctx, cell)
	if err != nil {
		return nil, fmt.Errorf("yaegi: %w", err)
	}
	return w, nil
}

func (s *session) startWorker(ctx context.Context, cell *notebook.Cell) (*worker, error) {
	if cell != nil && cell.Program {
		return s.startProgram(ctx, cell)
	}
	if w := s.ready; w != nil && cell == nil {
		s.ready = nil
		return w, nil
	}
	w, err := s.startSession(ctx, cell)
	if err != nil {
		return nil, err
	}
	if wrong, err := w.findings(); err != nil || len(wrong) > 0 {
		return nil, errors.Join(errBrokenOff, w.discard())
	}
	return w, nil
}

// startSession starts a worker for the session, which begins to compile: its
// findings have to be read before it runs a cell. Without cells there is none.
func (s *session) startSession(ctx context.Context, cell *notebook.Cell) (*worker, error) {
	if len(s.cells) == 0 {
		return nil, nil
	}
	w, cmd, err := s.newWorker(&job{Kind: sessionJob, Cells: s.cells}, "session", cell)
	if err != nil {
		return nil, err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, w.discard())
	}
	w.compiled = read
	cmd.ExtraFiles = []*os.File{write}
	p, err := harness.Start(ctx, s.setup(), cmd)
	_ = write.Close() // it is the worker's now, or nobody's
	if err != nil {
		return nil, errors.Join(err, w.discard())
	}
	w.process = p
	return w, read.SetReadDeadline(time.Now().Add(compileTime))
}

func (s *session) startProgram(ctx context.Context, cell *notebook.Cell) (*worker, error) {
	program, ok := s.programs[cell.Label]
	if !ok {
		return nil, fmt.Errorf("cell %s is no program that can run", cell.Label)
	}
	w, cmd, err := s.newWorker(&job{Kind: programJob, Programs: []jobCell{program}}, "program", cell)
	if err != nil {
		return nil, err
	}
	cmd.Args = cell.Options.Args
	input, err := s.env.Input(cell)
	if err != nil {
		return nil, errors.Join(err, w.discard())
	}
	if input != nil {
		cmd.Stdin, w.input = input, input
	}
	p, err := harness.StartProgram(ctx, s.setup(), cmd)
	if err != nil {
		return nil, errors.Join(err, w.discard())
	}
	w.process = p
	return w, nil
}

// newWorker makes a worker and returns what starts its process.
func (s *session) newWorker(j *job, name string, cell *notebook.Cell) (*worker, process.Command, error) {
	path, err := j.place(s.env.Temp, s.executable, name)
	if err != nil {
		return nil, process.Command{}, err
	}
	dir := filepath.Dir(path)
	return &worker{note: s.source.Note, job: j, dir: dir}, process.Command{
		Path: path, Dir: s.env.Folder(cell), Env: append(s.env.Environment(cell), raceVariables(dir)...),
		Limits: process.Limits{Memory: int64(s.env.Memory)},
	}, nil
}

func (s *session) setup() harness.Setup {
	return harness.Setup{Note: s.source.Note, Names: s.source.Renamed(), MaxOutput: s.env.MaxOutput, KeepTrace: s.env.KeepTrace}
}

// Close implements runner.Session.
func (s *session) Close() error {
	w := s.ready
	s.ready = nil
	return w.discard()
}
