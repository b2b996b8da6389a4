package runner

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"notebook"
)

// A sessionProcess is a process of the session and which cells ran in it.
type sessionProcess struct {
	Process
	ran    map[string]bool // labels of the cells whose variables it holds
	silent map[string]bool // labels of the cells that only ran again in it
}

// sessionCell runs a session cell in the process of the session, or in one of
// its own.
func (run *noteRun) sessionCell(ctx context.Context, j *judge) error {
	isolated := isolated(j.cell)
	p := run.process
	if p == nil || isolated {
		var err error
		if p, err = run.startProcess(ctx, j.cell, isolated); err != nil {
			return err
		}
	}
	if !isolated {
		run.process = p
	}
	replayed, err := run.replay(ctx, p, j)
	if err != nil || j.done {
		run.ends[j.cell.Label] = end{outcome: notebook.Skipped}
		return errors.Join(err, run.leave(p, isolated))
	}
	j.replayed = replayed
	err = p.Run(ctx, j.cell, run.timeout(j.cell), p.sink(j))
	gone := errors.Is(err, ErrProcessEnded)
	if gone {
		err = nil
	}
	p.ran[j.cell.Label] = true
	run.ends[j.cell.Label] = end{outcome: j.outcome, gone: gone}
	if gone && !isolated {
		run.process = nil
	}
	if gone || isolated {
		return errors.Join(err, p.Close())
	}
	return err
}

// leave closes a process that is not the session's.
func (run *noteRun) leave(p *sessionProcess, isolated bool) error {
	if isolated || run.process != p {
		return p.Close()
	}
	return nil
}

// isolated reports whether a cell runs in a process of its own.
func isolated(c *notebook.Cell) bool {
	return c.Options.OwnProcess()
}

func (run *noteRun) startProcess(ctx context.Context, c *notebook.Cell, isolated bool) (*sessionProcess, error) {
	if !isolated {
		c = nil
	}
	p, err := run.lowered[run.session].opened.Start(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("start a process for the session: %w", err)
	}
	return &sessionProcess{Process: p, ran: map[string]bool{}, silent: map[string]bool{}}, nil
}

// replay runs the cells again that the next cell of p needs and that did not
// run in it. Where one of them does not end well this time, the cell is skipped.
func (run *noteRun) replay(ctx context.Context, p *sessionProcess, j *judge) ([]string, error) {
	source := run.source()
	var replayed []string
	for _, label := range source.Replay(j.cell.Label) {
		e, seen := run.ends[label]
		if p.ran[label] || !seen || e.outcome != notebook.OK || isolated(source.Cell(label).Cell) {
			continue
		}
		p.silent[label] = true
		var outcome notebook.Outcome
		err := p.Run(ctx, source.Cell(label).Cell, run.timeout(source.Cell(label).Cell), func(ev notebook.Event) error {
			if f, ok := ev.Body.(notebook.Finished); ok && ev.Cell == label {
				outcome = f.Outcome
			}
			return nil
		})
		switch {
		case errors.Is(err, ErrProcessEnded), err == nil && outcome != notebook.OK:
			if run.process == p && err != nil {
				run.process = nil
			}
			return nil, j.skip(notebook.NotRun{
				Reason: fmt.Sprintf("%s, which it needs, ended with %s when it ran again", notebook.CellName(label), outcome),
				Needs:  []string{label}, Fails: true,
			})
		case err != nil:
			return nil, err
		}
		p.ran[label] = true
		replayed = append(replayed, label)
	}
	return replayed, nil
}

// sink returns the sink for a cell that runs in p: what cells that only ran
// again write late was shown in their first run.
func (p *sessionProcess) sink(j *judge) Sink {
	return func(e notebook.Event) error {
		if e.Cell != j.cell.Label && p.silent[e.Cell] {
			return nil
		}
		return j.event(e)
	}
}

// endSession ends the process of the session.
func (run *noteRun) endSession() error {
	p := run.process
	run.process = nil
	if p == nil {
		return nil
	}
	return p.Close()
}

// program runs a program cell.
func (run *noteRun) program(ctx context.Context, j *judge) error {
	p, err := run.lowered[j.engine].opened.Start(ctx, j.cell)
	if err != nil {
		return fmt.Errorf("start %s: %w", notebook.CellName(j.cell.Label), err)
	}
	err = p.Run(ctx, j.cell, run.timeout(j.cell), j.event)
	if errors.Is(err, ErrProcessEnded) {
		err = nil
	}
	return errors.Join(err, p.Close())
}

// cellList writes "cell a", "cells a and b", "cells a, b and c".
func cellList(labels []string) string {
	names := make([]string, len(labels))
	for i, label := range labels {
		names[i] = strings.TrimPrefix(notebook.CellName(label), "cell ")
	}
	last := len(names) - 1
	if last == 0 {
		return "cell " + names[0]
	}
	return "cells " + strings.Join(names[:last], ", ") + " and " + names[last]
}
