package harness

import (
	"cmp"
	"slices"

	"notebook"
)

// locate gives a problem its place and its trace: the innermost frame in the
// note, else the fence of the cell, so that no line of code is blamed. Without
// a report there is no frame.
func (h *host) locate(problem *notebook.Problem, cell *notebook.Cell, r *report) {
	p := newPlace(h.note, cell, h.names)
	problem.File, problem.Line, problem.Col = h.note.Name, cell.Fence.Line, cell.Fence.Col
	if r == nil {
		return
	}
	culprit := r.culprit()
	dump := slices.Concat(culprit, p.order(r.goroutines[len(culprit):]))
	problem.Trace = p.trace(dump)
	if line := cmp.Or(p.line(dump), p.emptyLoop(r.goroutines)); line > 0 {
		problem.Line, problem.Col = line, 0
	}
}
