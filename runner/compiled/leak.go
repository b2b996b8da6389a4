package compiled

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"notebook"
	"notebook/runner"
	"notebook/runner/harness"
	"notebook/runner/harness/inside"
)

// maxLeakReport is how much of the stacks of a program is read.
const maxLeakReport = 16 << 20

// A leakProcess runs cells in a program that writes, when a cell has ended,
// which goroutines are blocked for ever.
type leakProcess struct {
	runner.Process
	setup harness.Setup
	file  string // that it writes

	cell *notebook.Cell // the last that ran
	sink runner.Sink
}

// startLeak starts a process that tells of leaked goroutines.
func (c *checkSession) startLeak(ctx context.Context, cell *notebook.Cell) (runner.Process, error) {
	parent, err := c.builder.folder("leaks")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(parent, "")
	if err != nil {
		return nil, fmt.Errorf("look for leaks: %w", err)
	}
	file := filepath.Join(dir, "stacks")
	cmd := c.command(cell)
	cmd.Env = setEnv(cmd.Env, inside.LeaksVariable, file)
	p, err := c.start(ctx, cell, cmd)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &leakProcess{Process: p, setup: c.setup(), file: file}, nil
}

// Run implements runner.Process.
func (p *leakProcess) Run(ctx context.Context, cell *notebook.Cell, timeout time.Duration, sink runner.Sink) error {
	p.cell, p.sink = cell, sink
	if err := os.Remove(p.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look for leaks: %w", err)
	}
	return p.Process.Run(ctx, cell, timeout, sink)
}

// Close implements runner.Process. It sends the verdict about the last cell that
// ran, unless that took its process with it before it could tell.
func (p *leakProcess) Close() error {
	err := p.Process.Close()
	if stacks, readErr := p.stacks(); p.sink != nil && readErr == nil {
		err = errors.Join(err, p.sink(notebook.Event{Cell: p.cell.Label, Body: p.setup.Leaks(p.cell, stacks)}))
	}
	return errors.Join(err, os.RemoveAll(filepath.Dir(p.file)))
}

func (p *leakProcess) stacks() ([]byte, error) {
	file, err := os.Open(p.file)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxLeakReport))
}
