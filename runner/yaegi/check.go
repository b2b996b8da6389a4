package yaegi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"notebook"
	"notebook/runner/process"
)

// checkTime and checkLimits bound the compilation of a note: the interpreter's
// compiler is not made for every input.
const checkTime = 30 * time.Second

var checkLimits = process.Limits{Memory: 1 << 30, FileSize: 1 << 30}

// check translates all cells, lets a worker compile them and breaks those that
// do not compile. A session cell that breaks changes the others, so that these
// are checked again.
func (s *session) check(ctx context.Context) error {
	t := newTranslator()
	for _, p := range s.source.Programs {
		if runnable(p) {
			s.programs[p.Label] = jobCell{Label: p.Label, Source: string(t.program(p).Source)}
		}
	}
	unchecked := slices.Collect(maps.Values(s.programs))
	for broken := true; broken; {
		broken = false
		s.cells = t.sessionCells(s.source)
		findings, err := s.findings(ctx, &job{Kind: checkJob, Cells: s.cells, Programs: unchecked})
		if err != nil {
			return err
		}
		for _, f := range findings {
			broken = s.reject(f) || broken
		}
		unchecked = nil
	}
	return nil
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
		delete(s.programs, f.Label)
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
	if len(j.Cells) == 0 && len(j.Programs) == 0 {
		return nil, nil
	}
	path, err := j.place(s.env.Temp, s.executable, "check")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	ctx, cancel := context.WithTimeoutCause(ctx, checkTime, errors.New("the interpreter takes too long to compile"))
	defer cancel()
	out, said, err := process.Run(ctx, process.Command{
		Path: path, Dir: s.env.Dir, Env: s.env.Environment(nil), Limits: checkLimits,
	})
	if err != nil {
		reason, _, _ := bytes.Cut(said, []byte("\n")) // a stack follows
		return nil, fmt.Errorf("compile the cells: %w: %s", err, reason)
	}
	var findings []finding
	if err := json.Unmarshal(out, &findings); err != nil {
		return nil, fmt.Errorf("compile the cells: %w", err)
	}
	return findings, nil
}
