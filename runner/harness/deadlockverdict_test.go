package harness

import (
	"testing"

	"notebook"
)

// A deadlock without a report is one all the same.
func TestDeadlockWithoutReport(t *testing.T) {
	v := reportHost().deadlock(nil, nil)
	if !v.Found || !v.Proved || v.Text == "" || len(v.Positions) > 0 {
		t.Errorf("%+v", v)
	}
}

// Each archive in testdata/deadlocks holds the report of a deadlock in the
// second of two cells, and the verdict.
func TestDeadlocks(t *testing.T) {
	checkVerdicts(t, "deadlocks", func(_ Setup, text []byte) notebook.Verdict {
		_, r := parseReport(text)
		h := reportHost()
		return h.deadlock(r, h.note.Cell("here"))
	})
}
