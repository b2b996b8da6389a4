package runner

import (
	"time"

	"notebook"
)

// An ending is how a cell counts. Of several the last of these wins.
type ending int

const (
	asExpected ending = iota
	notRun            // because of another cell
	notAsExpected
)

// endingOf says how a cell counts that ended.
func endingOf(expected bool) ending {
	if expected {
		return asExpected
	}
	return notAsExpected
}

// A tally counts how the cells of a run ended. A cell that runs under several
// engines is one, and failed where one of its runs did.
type tally struct {
	cells  map[string]ending // by label
	broken bool              // the note itself has an error

	claims  notebook.ClaimCounts
	missing int // inline values that should be there
}

// add counts an end of a cell.
func (t *tally) add(label string, e ending) {
	if t.cells == nil {
		t.cells = map[string]ending{}
	}
	t.cells[label] = max(t.cells[label], e)
}

// count returns how many cells ended that way.
func (t *tally) count(e ending) int {
	n := 0
	for _, ended := range t.cells {
		if ended == e {
			n++
		}
	}
	return n
}

// failed returns how many cells did not end as expected.
func (t *tally) failed() int { return t.count(notAsExpected) }

// end returns the body of the last event.
func (t *tally) end(wall time.Duration) notebook.End {
	e := notebook.End{Outcome: "ok", Cells: len(t.cells), Failed: t.failed(), NotRun: t.count(notRun), Wall: wall}
	if e.Failed > 0 || t.broken || t.claims.Failed > 0 || t.missing > 0 {
		e.Outcome = "failed"
	}
	if claims := t.claims; claims.All() > 0 {
		e.Claims = &claims
	}
	return e
}
