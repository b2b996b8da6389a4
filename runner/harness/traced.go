package harness

import (
	"bytes"
	"path"
	"strings"

	"notebook"
	"notebook/runner/harness/inside"
	"notebook/runner/xray"
)

// sendTimeline sends the timeline of a run, where its trace has come and can be
// read: a process that was killed may leave half a one.
func (h *host) sendTimeline(label string, trace []byte, m notebook.Measurement) {
	if trace == nil {
		return
	}
	if h.keepTrace != nil && h.out.err == nil {
		h.out.err = h.keepTrace(label, trace)
	}
	options := xray.Options{Region: inside.TraceRegion, Note: path.Base(h.note.Name), Code: h.codeLine}
	if h.cause != "" || len(trace) > inside.MaxTrace { // the recording stopped before the cell did
		options.Wall = m.Wall
	}
	timeline, err := xray.Reduce(bytes.NewReader(trace), options)
	if err != nil {
		return
	}
	if h.cause != "" && timeline.Cut == 0 { // our clock may have begun later than the cell did
		timeline.Cut = timeline.Wall
	}
	running := timeline.Totals[notebook.Running]
	h.out.event(label, notebook.Traced{
		Timeline: *timeline, Cost: xray.Cost(timeline.Events, xray.EventCost(), m.Wall),
		Honesty: xray.Honesty(m.CPU, m.RunDelay, running), Busy: xray.Busy(m.CPU, running),
	})
}

// codeLine returns a line of the note that holds code of a cell; others are
// empty.
func (h *host) codeLine(line int) string {
	for _, c := range h.note.Cells {
		if c.Line <= line && line <= c.EndLine {
			lines := strings.Split(c.Code, "\n")
			return lines[min(line-c.Line, len(lines)-1)]
		}
	}
	return ""
}
