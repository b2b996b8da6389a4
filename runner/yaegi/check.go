package yaegi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"notebook"
	"notebook/runner/process"
)

// checkTime bounds the compilation of a note: the interpreter's compiler is not
// made for every input.
const checkTime = 30 * time.Second

// check lets a worker compile all cells and breaks those that do not compile.
// A cell that breaks changes the others, so that the rest is checked again.
func (s *session) check(ctx context.Context) error {
	programs := s.programs()
	for {
		cells := sessionCells(s.source)
		if len(cells) == 0 && len(programs) == 0 {
			return nil
		}
		findings, err := s.findings(ctx, &job{Kind: checkJob, Cells: cells, Programs: programs})
		if err != nil {
			return err
		}
		programs = nil
		again := false
		for _, f := range findings {
			again = s.reject(f) || again
		}
		if !again {
			return nil
		}
	}
}

func (s *session) programs() []jobCell {
	var programs []jobCell
	for _, p := range s.source.Programs {
		if runnable(p) {
			programs = append(programs, programCell(p))
		}
	}
	return programs
}

// reject breaks the cell of a finding. It reports whether that is a cell of the
// session.
func (s *session) reject(f finding) bool {
	message, hint := "the interpreter cannot compile this: "+f.Message, install()+", which may"
	problem := func(cell *notebook.Cell) notebook.Problem {
		if f.Line == 0 {
			return newProblem(s.source.Note, cell, cell.Line, 1, message, hint)
		}
		return newProblem(s.source.Note, cell, f.Line, f.Col, message, hint)
	}
	if p := s.source.Program(f.Label); p != nil {
		p.Problems = append(p.Problems, problem(p.Cell))
		return false
	}
	c := s.source.Cell(f.Label)
	if c == nil {
		return false
	}
	s.source.Break(c.Label, problem(c.Cell))
	return true
}

// findings runs a worker that checks.
func (s *session) findings(ctx context.Context, j *job) (_ []finding, err error) {
	path, err := j.place(s.env.Temp, s.executable, "check")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	ctx, cancel := context.WithTimeoutCause(ctx, checkTime, errors.New("the interpreter takes too long to compile"))
	defer cancel()
	out, said, err := process.Run(ctx, process.Command{Path: path, Dir: s.env.Dir, Env: environ(s.env, nil)})
	if err != nil {
		return nil, fmt.Errorf("compile the cells: %w: %s", err, said)
	}
	var findings []finding
	if err := json.Unmarshal(out, &findings); err != nil {
		return nil, fmt.Errorf("compile the cells: %w", err)
	}
	return findings, nil
}
