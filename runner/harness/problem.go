package harness

import (
	"notebook"
)

// dump returns the goroutines of the report.
func (d death) dump() []goroutine {
	if d.report == nil {
		return nil
	}
	return d.report.goroutines
}

// locate gives a problem its place and its trace: the innermost frame in the
// note, else the beginning of the cell.
func (h *host) locate(problem *notebook.Problem, cell *notebook.Cell, dump []goroutine) {
	p := place{note: h.note, cell: cell}
	problem.File, problem.Line = h.note.Name, p.line(dump)
	if problem.Line == 0 {
		problem.Line = cell.Line
	}
	problem.Trace = p.trace(dump)
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
