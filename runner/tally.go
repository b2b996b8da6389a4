package runner

import (
	"time"

	"notebook"
)

// A tally counts how the cells of a run ended.
type tally struct {
	cells  int // runs of cells that were to happen
	failed int // ends that nobody expected
	broken bool
}

func (t *tally) add(expected bool) {
	t.cells++
	if !expected {
		t.failed++
	}
}

func (t *tally) skip(fails bool) {
	t.cells++
	if fails {
		t.failed++
	}
}

// end returns the body of the last event.
func (t *tally) end(wall time.Duration) notebook.End {
	e := notebook.End{Outcome: "ok", Cells: t.cells, Failed: t.failed, Wall: wall}
	if t.failed > 0 || t.broken {
		e.Outcome = "failed"
	}
	return e
}
