package harness

import "notebook"

// locate gives a problem its place and its trace: the innermost frame in the
// note, else the beginning of the cell. Without a report there is no frame.
func (h *host) locate(problem *notebook.Problem, cell *notebook.Cell, r *report) {
	p := place{note: h.note, cell: cell}
	problem.File, problem.Line = h.note.Name, cell.Line
	if r == nil {
		return
	}
	problem.Trace = p.trace(r.goroutines)
	for _, dump := range [][]goroutine{r.culprit(), r.goroutines} {
		if line := p.line(dump); line > 0 {
			problem.Line = line
			return
		}
	}
}

// warnOpen reports a process that a cell left behind and that could not be
// ended.
func (h *host) warnOpen(label string, cell *notebook.Cell) {
	if !h.leftOpen {
		return
	}
	problem := notebook.Problem{
		Severity: notebook.Warning,
		Message:  "output still open: a process that the cell started goes on",
		Hint:     "wait for the processes that a cell starts, or end them",
	}
	h.locate(&problem, cell, nil)
	h.out.event(label, problem)
}
