package runner

import (
	"slices"

	"notebook"
	"notebook/runner/lower"
)

// decideTrace returns the cell with its option trace decided: auto means yes
// for a cell that starts goroutines, and for every cell where the user asks.
func (run *noteRun) decideTrace(c *notebook.Cell) *notebook.Cell {
	if c.Options.Trace != notebook.SwitchAuto {
		return c
	}
	if run.opts.Trace || run.source().Cell(c.Label).Concurrent {
		return withTrace(c, notebook.SwitchOn)
	}
	return untraced(c)
}

// recordsAny reports whether a timeline of some cell of the session is to be
// recorded.
func (run *noteRun) recordsAny() bool {
	if run.source() == nil {
		return false
	}
	return slices.ContainsFunc(run.source().Cells, func(c *lower.Cell) bool {
		return c.OK() && run.decideTrace(c.Cell).Options.Trace == notebook.SwitchOn
	})
}

// untraced returns the cell for a run of which nobody wants a timeline.
func untraced(c *notebook.Cell) *notebook.Cell { return withTrace(c, notebook.SwitchOff) }

func withTrace(c *notebook.Cell, trace notebook.Switch) *notebook.Cell {
	decided := *c
	decided.Options.Trace = trace
	return &decided
}
