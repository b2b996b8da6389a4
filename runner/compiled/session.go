package compiled

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"notebook"
	"notebook/runner"
	"notebook/runner/harness"
	"notebook/runner/process"
)

// A session is the executables that the cells of a note became.
type session struct {
	env      runner.Env
	note     *notebook.Note
	builder  *builder
	programs map[string]string // executables by program cell; "" is the session's
}

// Start implements runner.Session.
func (s *session) Start(ctx context.Context, cell *notebook.Cell) (runner.Process, error) {
	cmd := process.Command{Path: s.programs[""], Dir: s.env.Dir, Env: s.environ(cell)}
	if cell != nil && cell.Options.Dir != "" {
		cmd.Dir = s.path(cell.Options.Dir)
	}
	if cell != nil && cell.Program {
		return s.startProgram(ctx, cell, cmd)
	}
	p, err := harness.Start(ctx, s.note, cmd)
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (s *session) startProgram(ctx context.Context, cell *notebook.Cell, cmd process.Command) (runner.Process, error) {
	cmd.Path, cmd.Args = s.programs[cell.Label], cell.Options.Args
	input, err := s.input(cell.Options.Stdin)
	if err != nil {
		return nil, fmt.Errorf("input of cell %s: %w", cell.Label, err)
	}
	if input != nil {
		cmd.Stdin = input
	}
	p, err := harness.StartProgram(ctx, s.note, cmd)
	if err != nil {
		return nil, errors.Join(err, closeInput(input))
	}
	return &programProcess{Process: p, input: input}, nil
}

// A programProcess is a program and the input that it reads.
type programProcess struct {
	runner.Process
	input io.Reader // nil: none
}

// Close implements runner.Process.
func (p *programProcess) Close() error { return errors.Join(p.Process.Close(), closeInput(p.input)) }

// closeInput closes an input that is a file.
func closeInput(input io.Reader) error {
	if c, ok := input.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// Close implements runner.Session.
func (s *session) Close() error { return s.builder.close() }

// environ returns the environment of a process: that of all cells, a private
// TMPDIR, and what the cell itself asks for.
func (s *session) environ(cell *notebook.Cell) []string {
	environ := setEnv(slices.Clone(s.env.Environ), "TMPDIR", s.env.Temp)
	if cell == nil {
		return environ
	}
	for _, name := range slices.Sorted(maps.Keys(cell.Options.Env)) {
		environ = setEnv(environ, name, cell.Options.Env[name])
	}
	return environ
}

// input returns the input of a program: the file of that name in the note's
// folder where there is one, else the text itself.
func (s *session) input(text string) (io.Reader, error) {
	if text == "" {
		return nil, nil
	}
	if !strings.Contains(text, "\n") && filepath.IsLocal(text) {
		path := s.path(text)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return os.Open(path)
		}
	}
	return strings.NewReader(text), nil
}

// path returns a path that an option names, seen from the note's folder.
func (s *session) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.env.Dir, name)
}
