package yaegi

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

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
}

// Start implements runner.Session.
func (s *session) Start(ctx context.Context, cell *notebook.Cell) (runner.Process, error) {
	j, name := &job{Kind: sessionJob, Cells: s.cells}, "session"
	if cell != nil && cell.Program {
		program, ok := s.programs[cell.Label]
		if !ok {
			return nil, fmt.Errorf("yaegi: cell %s is no program that can run", cell.Label)
		}
		j, name = &job{Kind: programJob, Programs: []jobCell{program}}, "program"
	}
	path, err := j.place(s.env.Temp, s.executable, name)
	if err != nil {
		return nil, fmt.Errorf("yaegi: %w", err)
	}
	p := &worker{note: s.source.Note, job: j, dir: filepath.Dir(path)}
	if err := s.start(ctx, p, cell, path); err != nil {
		return nil, errors.Join(fmt.Errorf("yaegi: %w", err), os.RemoveAll(p.dir))
	}
	return p, nil
}

func (s *session) setup() harness.Setup {
	return harness.Setup{Note: s.source.Note, Names: s.source.Renamed(), MaxOutput: s.env.MaxOutput}
}

// start starts the process of a worker.
func (s *session) start(ctx context.Context, w *worker, cell *notebook.Cell, path string) (err error) {
	cmd := process.Command{
		Path: path, Dir: s.env.Folder(cell), Env: s.env.Environment(cell),
		Limits: process.Limits{Memory: int64(s.env.Memory)},
	}
	if w.job.Kind == sessionJob {
		w.process, err = harness.Start(ctx, s.setup(), cmd)
		return err
	}
	cmd.Args = cell.Options.Args
	input, err := s.env.Input(cell)
	if err != nil {
		return err
	}
	if input != nil {
		cmd.Stdin, w.input = input, input
	}
	w.process, err = harness.StartProgram(ctx, s.setup(), cmd)
	return err
}

// Close implements runner.Session.
func (s *session) Close() error { return nil }
