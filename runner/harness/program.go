package harness

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"notebook"
	"notebook/runner/harness/inside"
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
	h, err := p.start(canRecord && cell.Options.Trace == notebook.SwitchOn)
	if err != nil {
		return fmt.Errorf("cell %s: %w", cell.Label, err)
	}
	h.out.sink = sink
	r := &run{label: cell.Label, began: h.child.Started(), limit: outputLimit(p.setup.MaxOutput)}
	h.out.event(r.label, notebook.Started{Line: cell.Line, EndLine: cell.EndLine})
	var trace []byte
	err = h.follow(ctx, timeout, func(it item) bool {
		if it.source == sourceFrames {
			if it.message.kind == inside.KindTrace {
				m := payload{rest: it.message.payload}
				m.number() // of the run: there is one
				trace = m.rest
				h.recorded()
			}
			return false
		}
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
	h.finishProgram(r, cell, timeout, trace)
	if h.cause == causeInterrupted {
		if p.ctx.Err() != nil {
			ctx = p.ctx
		}
		return ended(ctx, ErrProcessEnded)
	}
	return h.out.err
}

// start starts the program, with a channel for its trace where it is to record.
func (p *Program) start(recording bool) (*host, error) {
	n := newNames(p.setup.Names)
	h := &host{
		life: p.ctx, note: p.setup.Note, names: n, limits: p.cmd.Limits, out: newOutput(n), drop: func() {}, recording: recording, keepTrace: p.setup.KeepTrace,
	}
	var err error
	if !recording {
		if h.child, err = process.Start(p.ctx, p.cmd); err != nil {
			return nil, err
		}
		h.feed = newFeed(h.child, "", nil)
		return h, nil
	}
	frames, framesEnd, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd := p.cmd
	cmd.ExtraFiles = append([]*os.File{framesEnd}, cmd.ExtraFiles...)
	cmd.Env = append(slices.Clone(cmd.Env), inside.TraceVariable+"=1")
	h.child, err = process.Start(p.ctx, cmd)
	closeAll(framesEnd)
	if err != nil {
		closeAll(frames)
		return nil, err
	}
	h.feed, h.drop = newFeed(h.child, "", frames), func() { closeAll(frames) }
	return h, nil
}

// finishProgram sends the last events of a program.
func (h *host) finishProgram(r *run, cell *notebook.Cell, timeout time.Duration, trace []byte) {
	wall := h.died.Sub(r.began)
	d := h.end(origin{run: r, stream: notebook.Stderr}, wall, timeout)
	f := notebook.Finished{Outcome: notebook.OK}
	if !h.exit.OK() || h.cause != "" {
		var problem notebook.Problem
		f, problem = d.judge()
		h.locate(&problem, cell, d.report)
		problem.Hint = endHint(f.Outcome, problem.Message, cell.Options)
		h.out.event(r.label, problem)
	}
	if f.Outcome == notebook.Deadlock {
		h.out.event(r.label, h.deadlock(d.report, cell))
	}
	h.warnStrays(r.label, cell)
	f.Wall, f.User, f.Sys, f.MaxRSS = wall, h.exit.User, h.exit.Sys, h.exit.MaxRSS
	f.Dropped = int64(r.dropped)
	complete(&f.Measurement)
	h.sendTimeline(r.label, trace, f.Measurement)
	h.out.event(r.label, f)
}

// Close does nothing: Run leaves no process.
func (p *Program) Close() error { return nil }
