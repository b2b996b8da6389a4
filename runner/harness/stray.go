package harness

import (
	"fmt"
	"slices"
	"strings"

	"notebook"
)

// strayHint is what to do about processes that go on.
const strayHint = "wait for the processes that a cell starts, or end them"

// warnStrays reports processes that outlived the one of the cells: those that
// were ended, and that there is one that could not be.
func (h *host) warnStrays(label string, cell *notebook.Cell) {
	if names := h.child.Strays(); len(names) > 0 {
		h.warn(label, cell, straysMessage(names))
	}
	if h.leftOpen {
		h.warn(label, cell, "output still open: a process that the cell started goes on")
	}
}

func (h *host) warn(label string, cell *notebook.Cell, message string) {
	problem := notebook.Problem{Severity: notebook.Warning, Message: message, Hint: strayHint}
	h.locate(&problem, cell, nil)
	h.out.event(label, problem)
}

// maxNames is how many names of processes a warning lists.
const maxNames = 5

// straysMessage counts and names processes; names are sorted.
func straysMessage(names []string) string {
	count := "a process was left running, and was ended: "
	if n := len(names); n > 1 {
		count = fmt.Sprintf("%d processes were left running, and were ended: ", n)
	}
	names = slices.Compact(slices.Clone(names))
	if len(names) > maxNames {
		names = append(names[:maxNames], "...")
	}
	return count + strings.Join(names, ", ")
}
