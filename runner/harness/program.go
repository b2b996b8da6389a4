package harness

import (
	"context"
	"fmt"
	"time"

	"notebook"
	"notebook/runner/process"
)

// A Program runs a program cell: a process of its own, all of whose output
// belongs to the cell.
type Program struct {
	ctx   context.Context
	setup Setup
	cmd   process.Command
	ran   bool
}

// StartProgram prepares a program cell; Run starts it, so that no time passes
// that is not the cell's. A limit of cmd that is 0 becomes the default. ctx
// bounds the life of the process.
func StartProgram(ctx context.Context, setup Setup, cmd process.Command) (*Program, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("start a program: %w", context.Cause(ctx))
	}
	cmd.Limits = cellLimits(cmd.Limits)
	return &Program{ctx: ctx, setup: setup, cmd: cmd}, nil
}

// Run runs the program to its end and sends its events from Started to
// Finished. A timeout of 0 is none. A second Run returns [ErrNotStarted]. When a
// context is done, the error wraps [ErrProcessEnded] and its cause. An error of
// the sink ends the program and is returned.
func (p *Program) Run(ctx context.Context, cell *notebook.Cell, timeout time.Duration, sink func(notebook.Event) error) error {
	if p.ran {
		return ErrNotStarted
	}
	p.ran = true
	child, err := process.Start(p.ctx, p.cmd)
	if err != nil {
		return fmt.Errorf("cell %s: %w", cell.Label, err)
	}
	n := newNames(p.setup.Names)
	h := &host{
		life: p.ctx, note: p.setup.Note, names: n, limits: p.cmd.Limits, child: child, out: newOutput(n),
		feed: newFeed(child, "", nil), drop: func() {},
	}
	h.out.sink = sink
	r := &run{label: cell.Label, began: child.Started(), limit: outputLimit(p.setup.MaxOutput)}
	h.out.event(r.label, notebook.Started{Line: cell.Line, EndLine: cell.EndLine})
	err = h.follow(ctx, timeout, func(it item) bool {
		data := it.data
		if it.source == sourceStderr {
			data = h.held.add(data)
		}
		h.out.add(origin{run: r, stream: it.source.stream()}, it.at.Sub(r.began), data)
		return false
	})
	if err != nil {
		return err
	}
	h.finishProgram(r, cell, timeout)
	if h.cause == causeInterrupted {
		if p.ctx.Err() != nil {
			ctx = p.ctx
		}
		return ended(ctx, ErrProcessEnded)
	}
	return h.out.err
}

// finishProgram sends the last events of a program.
func (h *host) finishProgram(r *run, cell *notebook.Cell, timeout time.Duration) {
	wall := h.died.Sub(r.began)
	d := h.end(origin{run: r, stream: notebook.Stderr}, wall, timeout)
	f := notebook.Finished{Outcome: notebook.OK}
	if !h.exit.OK() || h.cause != "" {
		var problem notebook.Problem
		f, problem = d.judge()
		h.locate(&problem, cell, d.report)
		h.out.event(r.label, problem)
	}
	h.warnStrays(r.label, cell)
	f.Wall, f.User, f.Sys, f.MaxRSS = wall, h.exit.User, h.exit.Sys, h.exit.MaxRSS
	f.Dropped = int64(r.dropped)
	complete(&f.Measurement)
	h.out.event(r.label, f)
}

// Close does nothing: Run leaves no process.
func (p *Program) Close() error { return nil }
