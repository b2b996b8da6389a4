package runner

import (
	"time"

	"notebook"
)

// DefaultTimeout is the wall clock limit of a cell where none is written.
const DefaultTimeout = 30 * time.Second

// timeout returns the wall clock limit of a cell.
func (run *noteRun) timeout(c *notebook.Cell) time.Duration {
	limit := strictest(c.Options.Timeout, run.note.Meta.Execute.Timeout, run.opts.Timeout)
	if limit == 0 {
		return DefaultTimeout
	}
	return limit
}

// strictest returns the smallest of the limits that are written: those above 0.
// It returns 0 where none is.
func strictest[T ~int64](limits ...T) T {
	strict := T(0)
	for _, limit := range limits {
		if limit > 0 && (strict == 0 || limit < strict) {
			strict = limit
		}
	}
	return strict
}
