package renderer

import (
	"bytes"
	"strconv"

	"notebook"
	"notebook/renderer/chart"
	"notebook/renderer/internal/format"
)

const whenWritten = "when each line was written"

// maxWritten is how much is shown of a line beside its time, in characters.
const maxWritten = 70

// listsLines reports whether it is worth telling when each line of a run was
// written: several goroutines wrote, or it took some time, or some came late.
func (v cellView) listsLines(r *notebook.CellRun) bool {
	o := v.cell.Options
	if len(r.Lines) == 0 || !o.Include || o.Output != notebook.OutputTrue || o.Timing == notebook.SwitchOff {
		return false
	}
	first := r.Lines[0]
	for _, l := range r.Lines {
		switch {
		case l.Goroutine != first.Goroutine || r.Outputs[l.Output].Late:
			return true
		case l.At-first.At >= worthTiming && showTiming(v.cell, r):
			return true
		}
	}
	return false
}

// writtenLines writes when each line was written and by which goroutine; under
// a heading of its own where it is not alone in its fold.
func (v cellView) writtenLines(r *notebook.CellRun, folded bool) {
	if folded {
		v.raw("<details class=twin><summary>When each line was written</summary>")
		defer v.end("details")
	}
	head := []string{"at", "goroutine", "line"}
	names := v.goroutineNames(r)
	if names == nil {
		head = []string{"at", "line"}
	}
	var rows [][]string
	for _, l := range r.Lines {
		row := []string{writtenAt(r, l)}
		if names != nil {
			row = append(row, names[l.Goroutine])
		}
		rows = append(rows, append(row, writtenText(r, l)))
	}
	v.raw("<div class=written>")
	v.dataTable("Lines of "+notebook.CellName(v.cell.Label)+" with their times", head, rows)
	v.end("div")
	if all := allLines(r); all > len(rows) {
		v.element("p", "These are the first "+format.Number(len(rows))+" of "+format.Count(all, "line")+".")
	}
}

func writtenAt(r *notebook.CellRun, l notebook.OutputLine) string {
	at := format.Duration(l.At)
	if r.Outputs[l.Output].Late {
		at += ", late"
	}
	return at
}

// writtenText returns the beginning of a line as a terminal shows it.
func writtenText(r *notebook.CellRun, l notebook.OutputLine) string {
	data, _, _ := bytes.Cut(r.Outputs[l.Output].Data[l.Offset:], []byte("\n"))
	lines := terminalLines(data[:min(len(data), 4*maxWritten)])
	if len(lines) == 0 {
		return ""
	}
	return format.Shorten(lineText(lines[0]), maxWritten)
}

// goroutineNames names the goroutines that wrote, as the timeline does; nil
// where none is known.
func (v cellView) goroutineNames(r *notebook.CellRun) map[int64]string {
	drawn := map[int64]string{}
	if r.Traced != nil {
		drawn = chart.Names(r.Traced.Timeline, v.chartOptions(r))
	}
	var names map[int64]string
	for _, l := range r.Lines {
		if l.Goroutine == 0 {
			continue
		}
		if names == nil {
			names = map[int64]string{}
		}
		names[l.Goroutine] = "goroutine " + strconv.FormatInt(l.Goroutine, 10)
		if name := drawn[l.Goroutine]; name != "" {
			names[l.Goroutine] = name
		}
	}
	return names
}

// allLines counts the lines of an output, with those that are left out.
func allLines(r *notebook.CellRun) int {
	n := r.LeftOut.Lines
	for _, w := range r.Outputs {
		n += bytes.Count(w.Data, []byte("\n"))
		if !bytes.HasSuffix(w.Data, []byte("\n")) {
			n++
		}
	}
	return n
}
