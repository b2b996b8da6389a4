package main

import (
	"fmt"
	"strings"
	"time"

	"notebook"
)

// again follows a run of a cell after its first one. What went wrong in it is
// told once for all runs of the cell, by repeated.
func (r *reporter) again(e notebook.Event) {
	switch body := e.Body.(type) {
	case notebook.Started:
		r.running = e.Cell
	case notebook.Finished:
		if !body.Expected && body.Outcome != notebook.Interrupted {
			r.app.status.raise(statusFailed)
		}
	case notebook.NotRun:
		if body.Fails {
			r.app.status.raise(statusFailed)
		}
	}
}

// repeated tells how many runs of a cell did not end as expected. The end of a
// single first run has been told.
func (r *reporter) repeated(label string, body notebook.Repeated) {
	r.console.Activity("")
	for _, end := range body.Ends {
		if end.Expected || end.Runs == 1 && end.First == 0 {
			continue
		}
		how := fmt.Sprintf("ended with %s: ", end.Outcome)
		if end.Outcome == notebook.Skipped {
			how = "could not begin: "
		}
		r.atCell(label, fmt.Sprintf("%d of %s %s", end.Runs, plural(body.Runs, "run"), how+end.Message))
	}
}

// sumUp tells a person who watches what the runs of a cell, or of a group, gave.
// What the runs of one of several gave stands in their comparison, which leaves
// out some of them.
func (a *app) sumUp(c *notebook.Cell, body notebook.Body) {
	switch body := body.(type) {
	case notebook.Repeated:
		if c == nil || c.Options.Compare != "" || len(c.Options.Procs) > 1 {
			return
		}
		line := fmt.Sprintf("%s, %s: %s", notebook.CellName(c.Label), plural(body.Runs, "run"), spread(body.Wall))
		if body.Distinct > 1 {
			line += fmt.Sprintf(", %d distinct outputs", body.Distinct)
		}
		a.remark(line)
	case notebook.Compared:
		for i, m := range body.Models {
			a.remark(compared(m, i == body.Winner))
		}
		if len(body.Noise) > 0 {
			a.remark("the machine was busy: these times are not to be trusted")
		}
	}
}

func compared(m notebook.ComparedModel, winner bool) string {
	var words []string
	if m.Model != "" {
		words = append(words, m.Model)
	}
	if m.Procs > 0 {
		words = append(words, fmt.Sprintf("GOMAXPROCS %d", m.Procs))
	}
	name := strings.Join(words, ", ")
	if m.Runs == 0 {
		return name + ": no run ended as expected"
	}
	line := fmt.Sprintf("%s: %s", name, spread(m.Wall))
	if m.Relation != notebook.RelationBase && m.Speedup.Value > 0 {
		line += fmt.Sprintf(", %.2f times as fast as the first", m.Speedup.Value)
	}
	if winner {
		line += ", the fastest"
	}
	return line
}

// spread writes a median and its interval.
func spread(s notebook.Spread) string {
	if !s.Bounded() {
		return threeDigits(s.Median)
	}
	return fmt.Sprintf("%s (%s to %s)", threeDigits(s.Median), threeDigits(s.Low), threeDigits(s.High))
}

// threeDigits rounds a time to three digits.
func threeDigits(d time.Duration) string {
	unit := time.Nanosecond
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit).String()
}
