package runner

import "notebook"

// traced returns the labels of the cells of which timelines are recorded.
func (run *noteRun) traced() map[string]bool {
	traced := map[string]bool{}
	for _, c := range run.chosen {
		if run.decideTrace(c).Options.Trace == notebook.SwitchOn {
			traced[c.Label] = true
		}
	}
	return traced
}

// decideTrace returns the cell with its option trace decided: auto means yes
// for a cell that starts goroutines, and for every cell where the user asks.
// It means no where code counts goroutines: a recording has some of its own,
// which in a session later cells see too.
func (run *noteRun) decideTrace(c *notebook.Cell) *notebook.Cell {
	if c.Options.Trace != notebook.SwitchAuto {
		return c
	}
	if run.opts.Trace || run.worthTrace(c) {
		return withTrace(c, notebook.SwitchOn)
	}
	return untraced(c)
}

// worthTrace reports whether a cell starts goroutines and counts none.
func (run *noteRun) worthTrace(c *notebook.Cell) bool {
	for _, e := range run.lowered {
		if e.source == nil {
			continue
		}
		if p := e.source.Program(c.Label); p != nil {
			return p.Concurrent && !p.CountsGoroutines
		}
		if s := e.source.Cell(c.Label); s != nil {
			return s.Concurrent && !e.source.CountsGoroutines
		}
	}
	return false
}

// untraced returns the cell for a run of which nobody wants a timeline.
func untraced(c *notebook.Cell) *notebook.Cell { return withTrace(c, notebook.SwitchOff) }

func withTrace(c *notebook.Cell, trace notebook.Switch) *notebook.Cell {
	decided := *c
	decided.Options.Trace = trace
	return &decided
}
