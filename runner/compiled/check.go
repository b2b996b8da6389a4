package compiled

import (
	"context"
	"errors"
	"fmt"

	"notebook"
	"notebook/runner"
)

// A checkSession is the cells of a note, built so that their runs find
// verdicts. What nobody starts is not built.
type checkSession struct {
	session
	kind  notebook.VerdictKind
	found *packages
	sink  runner.Sink
}

var _ runner.Checker = (*session)(nil)

// Check implements runner.Checker. The first time that a toolchain is used this
// builds the standard library once more.
func (s *session) Check(ctx context.Context, kind notebook.VerdictKind, sink runner.Sink) (runner.Session, error) {
	toolchain, err := variant(kind).in(s.builder.toolchain)
	if err != nil {
		return nil, err
	}
	c := &checkSession{
		session: session{env: s.env, source: s.source, builder: s.builder.of(toolchain), programs: map[string]string{}},
		kind:    kind, sink: sink,
	}
	c.found, err = c.builder.load(ctx, cellsOf(s.source))
	if err == nil {
		err = c.builder.addHarness(c.found)
	}
	if err != nil {
		return nil, errors.Join(notChecked(err), c.Close())
	}
	return c, nil
}

// Start implements runner.Session: it builds the program of the cell, unless
// that was done before.
func (c *checkSession) Start(ctx context.Context, cell *notebook.Cell) (runner.Process, error) {
	if err := c.buildFor(ctx, cell); err != nil {
		return nil, notChecked(err)
	}
	if c.kind == notebook.LeakVerdict {
		return c.startLeak(ctx, cell)
	}
	return c.startRace(ctx, cell)
}

// buildFor builds the program that runs a cell.
func (c *checkSession) buildFor(ctx context.Context, cell *notebook.Cell) error {
	label := programOf(cell)
	if c.programs[label] != "" {
		return nil
	}
	p, _ := sessionProgram(c.source, len(c.source.Cells))
	if label != "" {
		p = cellProgram(c.source.Program(label))
	}
	path, built, err := c.builder.build(ctx, c.builder.toolchain.variant.program(p), c.found)
	if err != nil {
		return fmt.Errorf("build %s to look for a %s: %w", p.name(), c.kind, err)
	}
	c.programs[label] = path
	built.Check = c.kind
	return c.sink(notebook.Event{Cell: label, Engine: string(notebook.Compiled), Body: built})
}
