package compiled

import (
	"context"
	"errors"
	"io"

	"notebook"
	"notebook/runner"
	"notebook/runner/harness"
	"notebook/runner/lower"
	"notebook/runner/process"
)

// A session is the executables that the cells of a note became.
type session struct {
	env      runner.Env
	source   *lower.Source
	builder  *builder
	programs map[string]string // executables by program cell; "" is the session's
}

// Start implements runner.Session.
func (s *session) Start(ctx context.Context, cell *notebook.Cell) (runner.Process, error) {
	return s.start(ctx, cell, s.command(cell))
}

// command returns how the process of a cell, or of the session, is started.
func (s *session) command(cell *notebook.Cell) process.Command {
	return process.Command{
		Path: s.programs[programOf(cell)], Dir: s.env.Folder(cell), Env: s.env.Environment(cell),
		Limits: process.Limits{Memory: int64(s.env.Memory)},
	}
}

// programOf returns the key of the executable that runs a cell.
func programOf(cell *notebook.Cell) string {
	if cell != nil && cell.Program {
		return cell.Label
	}
	return ""
}

func (s *session) start(ctx context.Context, cell *notebook.Cell, cmd process.Command) (runner.Process, error) {
	if programOf(cell) != "" {
		return s.startProgram(ctx, cell, cmd)
	}
	p, err := harness.Start(ctx, s.setup(), cmd)
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (s *session) setup() harness.Setup {
	return harness.Setup{Note: s.source.Note, Names: s.source.Renamed(), MaxOutput: s.env.MaxOutput, KeepTrace: s.env.KeepTrace}
}

func (s *session) startProgram(ctx context.Context, cell *notebook.Cell, cmd process.Command) (runner.Process, error) {
	cmd.Args = cell.Options.Args
	input, err := s.env.Input(cell)
	if err != nil {
		return nil, err
	}
	if input != nil {
		cmd.Stdin = input
	}
	p, err := harness.StartProgram(ctx, s.setup(), cmd)
	if err != nil {
		return nil, errors.Join(err, closeInput(input))
	}
	return &programProcess{Process: p, input: input}, nil
}

// A programProcess is a program and the input that it reads.
type programProcess struct {
	runner.Process
	input io.ReadCloser // nil: none
}

// Close implements runner.Process.
func (p *programProcess) Close() error { return errors.Join(p.Process.Close(), closeInput(p.input)) }

func closeInput(input io.ReadCloser) error {
	if input == nil {
		return nil
	}
	return input.Close()
}

// Close implements runner.Session.
func (s *session) Close() error { return s.builder.close() }
