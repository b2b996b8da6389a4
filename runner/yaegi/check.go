package yaegi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"notebook"
	"notebook/runner/process"
)

// compileTime and compileLimits bound the compilation of a note: the
// interpreter's compiler is not made for every input.
const compileTime = 30 * time.Second

var compileLimits = process.Limits{Memory: 1 << 30, FileSize: 1 << 30}

// compile translates all cells, lets workers compile them and breaks those that
// do not compile. The worker that has compiled the session is kept: it is the
// first process of the session. A session cell that breaks changes the others,
// so that these are compiled again.
func (s *session) compile(ctx context.Context) error {
	t := newTranslator()
	for _, p := range s.source.Programs {
		if runnable(p) {
			s.programs[p.Label] = jobCell{Label: p.Label, Source: string(t.program(p).Source)}
		}
	}
	programsChecked := false
	for {
		s.cells = t.sessionCells(s.source)
		w, err := s.startSession(ctx, nil) // it compiles meanwhile
		if err == nil && !programsChecked {
			programsChecked = true
			err = s.checkPrograms(ctx)
		}
		if w == nil || err != nil {
			return errors.Join(err, w.discard())
		}
		wrong, err := w.findings()
		if len(wrong) == 0 {
			s.ready = w
			return err
		}
		if err := w.discard(); err != nil {
			return err
		}
		for _, f := range wrong {
			s.reject(f)
		}
	}
}

// reject breaks the cell of a finding.
func (s *session) reject(f finding) {
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
	} else if c := s.source.Cell(f.Label); c != nil {
		s.source.Break(c.Label, problem(c.Cell))
	}
}

// checkPrograms lets a worker compile the programs. Where it breaks down over
// one, another worker goes on behind that.
func (s *session) checkPrograms(ctx context.Context) error {
	var unchecked []jobCell
	for _, p := range s.source.Programs {
		if c, ok := s.programs[p.Label]; ok {
			unchecked = append(unchecked, c)
		}
	}
	for len(unchecked) > 0 {
		wrong, err := s.check(ctx, &job{Kind: checkJob, Programs: unchecked})
		if len(wrong) == 0 {
			return err
		}
		for _, f := range wrong {
			s.reject(f)
		}
		if err == nil {
			return nil
		}
		last := wrong[len(wrong)-1].Label
		unchecked = unchecked[slices.IndexFunc(unchecked, func(c jobCell) bool { return c.Label == last })+1:]
	}
	return nil
}

// check runs a worker that checks.
func (s *session) check(ctx context.Context, j *job) (wrong []finding, err error) {
	path, err := j.place(s.env.Temp, s.executable, "check")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	limited, cancel := context.WithTimeoutCause(ctx, compileTime, os.ErrDeadlineExceeded)
	defer cancel()
	out, _, err := process.Run(limited, process.Command{
		Path: path, Dir: s.env.Dir, Env: s.env.Environment(nil), Limits: compileLimits,
	})
	if ctx.Err() != nil {
		return nil, fmt.Errorf("compile the programs: %w", err)
	}
	return readFindings(bytes.NewReader(out))
}
