package runner

import (
	"time"

	"notebook"
)

// A tally counts how the cells of a run ended. A cell that runs under several
// engines is one, and failed where one of its runs did.
type tally struct {
	cells  map[string]bool // labels; whether one of its ends was not expected
	broken bool            // the note itself has an error

	claims  notebook.ClaimCounts
	missing int // inline values that should be there
}

// add counts an end of a cell.
func (t *tally) add(label string, expected bool) {
	if t.cells == nil {
		t.cells = map[string]bool{}
	}
	t.cells[label] = t.cells[label] || !expected
}

// failed returns how many cells did not end as expected.
func (t *tally) failed() int {
	n := 0
	for _, failed := range t.cells {
		if failed {
			n++
		}
	}
	return n
}

// end returns the body of the last event.
func (t *tally) end(wall time.Duration) notebook.End {
	e := notebook.End{Outcome: "ok", Cells: len(t.cells), Failed: t.failed(), Wall: wall}
	if e.Failed > 0 || t.broken || t.claims.Failed > 0 || t.missing > 0 {
		e.Outcome = "failed"
	}
	if claims := t.claims; claims.All() > 0 {
		e.Claims = &claims
	}
	return e
}
