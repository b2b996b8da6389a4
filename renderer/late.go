package renderer

import (
	"slices"

	"notebook"
)

// isLate reports whether a problem came after its cell had ended: a goroutine
// that the cell left behind crashed. A cell that ended well has no other
// errors but what is said of its expectation, of its check and of verdicts.
func isLate(c *notebook.Cell, r *notebook.CellRun, p notebook.Problem) bool {
	if r.Finished == nil || p.Severity != notebook.Error || p.Line == c.Fence.Line || saysVerdict(r, p) {
		return false
	}
	switch r.Finished.Outcome {
	case notebook.OK:
		return true
	case notebook.Mismatch:
		return c.Check != nil && p.Line != c.Check.Position.Line
	}
	return false
}

// crashedLater reports whether a goroutine of a cell crashed after its end.
func crashedLater(c *notebook.Cell, r *notebook.CellRun) bool {
	return slices.ContainsFunc(r.Problems, func(p notebook.Problem) bool { return isLate(c, r, p) })
}

// endedSession reports whether a cell took the process of the session with it,
// so that later cells ran in a new one.
func (p *page) endedSession(c *notebook.Cell, r *notebook.CellRun) bool {
	f := r.Finished
	if f == nil || !r.Started || !inSession(c) {
		return false
	}
	if f.ExitCode == 0 && f.Signal == "" && !f.Outcome.EndsProcess() && !crashedLater(c, r) {
		return false
	}
	return slices.ContainsFunc(p.note.Cells[c.Index:], func(later *notebook.Cell) bool {
		started := func(r *notebook.CellRun) bool { return r.Started }
		return inSession(later) && slices.ContainsFunc(p.runs(later), started)
	})
}

// inSession reports whether a cell runs in the process that cells share.
func inSession(c *notebook.Cell) bool {
	return c.Mode == notebook.Run && !c.Program && !c.Options.Isolate
}
