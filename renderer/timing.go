package renderer

import (
	"fmt"
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

// worthTiming is the wall time from which a cell's timing is shown when its
// author did not say: below it, starting a goroutine or printing a line is
// most of what was measured.
const worthTiming = time.Millisecond

// What is said of the time of a run that an interpreter did the work of: it
// takes up to some hundred times as long as compiled code. One that waited for
// most of its time is not much slower.
const notComparable = "interpreted: not comparable with compiled Go"

// isCPUBound reports whether a run was long enough to be looked at, and worked
// for more than half of its time, or waited for a core to do so.
func isCPUBound(m notebook.Measurement) bool {
	return m.Wall >= worthTiming && m.CPU+m.RunDelay > m.Wall/2
}

// foot writes the one muted line below a run: the check, the times, and what
// else a reader should know; what is left of the measurement unfolds.
func (v cellView) foot(r *notebook.CellRun) {
	f := r.Finished
	if f == nil {
		return
	}
	timed, listed := showTiming(v.cell, r), v.listsLines(r)
	notes := v.footNotes(r)
	checked := v.cell.Check != nil && f.Outcome == notebook.OK
	if !timed && !listed && !checked && len(notes) == 0 {
		return
	}
	if timed || listed {
		v.raw("<details class=foot><summary>")
	} else {
		v.raw("<p class=foot>")
	}
	if checked {
		v.raw("<span class=ok>")
		v.icon("ok")
		v.raw("output as stated</span>")
	}
	if timed {
		v.timeWords(r, v.isSummedUp(r))
	}
	for _, note := range notes {
		v.element("span", note)
	}
	if !timed && !listed {
		v.end("p")
		return
	}
	if !timed {
		v.element("span", whenWritten)
	}
	v.end("summary")
	if timed {
		if v.isSummedUp(r) {
			v.raw("<p>The first run: ")
			v.text(times(r.Finished.Measurement) + ".")
			v.end("p")
		}
		v.measurement(r)
	}
	if listed {
		v.writtenLines(r, timed)
	}
	v.end("details")
}

// isSummedUp reports whether the times of all runs of the cell stand above the
// foot of its first one.
func (v cellView) isSummedUp(r *notebook.CellRun) bool {
	return r.Compared != nil && r.Compared.Group == "" || len(r.Repeated) > 0 && !v.isCompared()
}

// timeWords writes how long a run took, or what to unfold for it: there is one
// line of times.
func (v cellView) timeWords(r *notebook.CellRun, folded bool) {
	if folded {
		v.element("span", "measurements of the first run")
	} else {
		v.element("span", times(r.Finished.Measurement))
	}
	if r.Engine == string(notebook.Yaegi) && isCPUBound(r.Finished.Measurement) {
		v.element("span", notComparable)
	}
}

// showTiming follows the option timing.
func showTiming(c *notebook.Cell, r *notebook.CellRun) bool {
	f := r.Finished
	switch {
	case c.Options.Timing == notebook.SwitchOff || !r.Started:
		return false
	case c.Options.Timing == notebook.SwitchOn:
		return true
	}
	ended := f.Outcome == notebook.OK || f.Outcome == notebook.Mismatch
	return ended && f.Wall >= worthTiming
}

// times returns wall time, CPU time and, if it says something, their ratio.
func times(m notebook.Measurement) string {
	s := fmt.Sprintf("%s wall, %s CPU", format.Duration(m.Wall), format.Duration(m.CPU))
	if m.HasRatio() {
		s += ": " + busy(m.Parallelism)
	}
	if m.Shared != "" {
		s += fmt.Sprintf(" (with goroutines of %s)", notebook.CellName(m.Shared))
	}
	return s
}

// footNotes returns what a reader must know to read the output right.
func (v cellView) footNotes(r *notebook.CellRun) []string {
	var notes []string
	f := r.Finished
	if f.Text != "" {
		notes = append(notes, f.Text)
	}
	if v.page.endedSession(v.cell, r) {
		notes = append(notes, "ended the process of the session: the cells below run in a new one")
	}
	if f.Goroutines > 0 {
		notes = append(notes, format.Count(f.Goroutines, "goroutine")+" still there at its end")
	}
	return notes
}
