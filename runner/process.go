package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"notebook"
	"notebook/runner/harness"
)

// A sessionProcess is a process of the session and which cells ran in it.
type sessionProcess struct {
	Process
	ran    map[string]bool // labels of the cells whose variables it holds
	silent map[string]bool // labels of the cells that only ran again in it
}

// ranAll reports whether the process holds the variables of all these cells.
func (p *sessionProcess) ranAll(labels []string) bool {
	return !slices.ContainsFunc(labels, func(label string) bool { return !p.ran[label] })
}

// sessionCell runs a session cell in the process of the session, or in one of
// its own. Where a goroutine of an earlier cell ends the process before the
// cell begins, a new process takes its place, once.
func (run *noteRun) sessionCell(ctx context.Context, j *judge) error {
	for range 2 {
		begun, err := run.attempt(ctx, j)
		if begun || err != nil {
			return err
		}
		if why, ok := run.notRun(j.cell); ok { // it may need the cell that crashed
			run.ends[j.cell.Label] = end{outcome: notebook.Skipped}
			return j.skip(why)
		}
	}
	run.ends[j.cell.Label] = end{outcome: notebook.Skipped}
	return j.skip(notebook.NotRun{Reason: "a goroutine of an earlier cell ended the process", Fails: true})
}

// attempt runs a session cell and reports whether it began.
func (run *noteRun) attempt(ctx context.Context, j *judge) (begun bool, err error) {
	isolated := j.cell.Options.Isolate
	p := run.process
	if p == nil || isolated {
		if p, err = run.startProcess(ctx, j.cell, isolated); err != nil {
			return false, err
		}
	}
	if !isolated {
		run.process = p
	}
	replayed, err := run.replay(ctx, p, j)
	if err != nil || j.done {
		run.ends[j.cell.Label] = end{outcome: notebook.Skipped}
		return true, errors.Join(err, run.leave(p, isolated))
	}
	j.replayed = replayed
	err = p.Run(ctx, run.decideTrace(j.cell), run.timeout(j.cell), run.sink(p, j))
	gone := errors.Is(err, ErrProcessEnded)
	begun = !errors.Is(err, harness.ErrNotStarted)
	if gone {
		err = nil
	}
	if begun {
		p.ran[j.cell.Label] = true
		run.ends[j.cell.Label] = end{outcome: j.outcome, gone: gone}
	}
	if gone && !isolated {
		run.process = nil
	}
	if gone || isolated {
		err = errors.Join(err, p.Close())
	}
	return begun, err
}

// leave closes a process that is not the session's.
func (run *noteRun) leave(p *sessionProcess, isolated bool) error {
	if isolated || run.process != p {
		return p.Close()
	}
	return nil
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
	var replayed []string
	for _, label := range run.toReplay(j.cell.Label) {
		if p.ran[label] {
			continue
		}
		p.silent[label] = true
		outcome, message, err := run.rerun(ctx, p, label)
		switch {
		case errors.Is(err, ErrProcessEnded), err == nil && outcome != notebook.OK:
			if run.process == p && err != nil {
				run.process = nil
			}
			run.ends[label] = end{outcome: outcome, gone: true} // it is not tried again
			return nil, j.skip(notebook.NotRun{
				Reason: fmt.Sprintf("%s, which it needs, ended with %s when it ran again: %s", notebook.CellName(label), outcome, message),
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

// toReplay returns the labels of the cells that have to run again, in this
// order, before a cell runs in a new process.
func (run *noteRun) toReplay(label string) []string {
	source := run.source()
	return slices.DeleteFunc(source.Replay(label), func(earlier string) bool {
		e, seen := run.ends[earlier]
		return !seen || e.outcome != notebook.OK || source.Cell(earlier).Options.Isolate
	})
}

// rerun runs a cell again and sends no event of it.
func (run *noteRun) rerun(ctx context.Context, p Process, label string) (outcome notebook.Outcome, message string, err error) {
	c := run.source().Cell(label).Cell
	err = p.Run(ctx, untraced(c), run.timeout(c), func(e notebook.Event) error {
		switch body := e.Body.(type) {
		case notebook.Finished:
			outcome = body.Outcome
		case notebook.Problem:
			message = body.Message
		}
		return nil
	})
	return outcome, message, err
}

// sink returns the sink for a cell that runs in p: what cells that only ran
// again write late was shown in their first run, and a variable that the cell
// does not use has its value only where the cells ran that set it.
func (run *noteRun) sink(p *sessionProcess, j *judge) Sink {
	return func(e notebook.Event) error {
		if r, ok := e.Body.(notebook.Recorded); ok && !p.ranAll(run.source().Watched(e.Cell, r.Name)) {
			return nil
		}
		if e.Cell != "" && e.Cell != j.cell.Label {
			if p.silent[e.Cell] {
				return nil
			}
			run.late(e)
		}
		return j.event(e)
	}
}

// late takes an event of a cell that has ended. A crash of one of its
// goroutines is an end that its author did or did not expect.
func (run *noteRun) late(e notebook.Event) {
	p, ok := e.Body.(notebook.Problem)
	c := run.note.Cell(e.Cell)
	if !ok || p.Severity != notebook.Error || c == nil || c.Inline {
		return
	}
	run.ends[e.Cell] = end{outcome: notebook.Panic, gone: true}
	run.tally.add(e.Cell, endingOf(c.Options.Error))
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
	err = p.Run(ctx, run.decideTrace(j.cell), run.timeout(j.cell), j.event)
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
