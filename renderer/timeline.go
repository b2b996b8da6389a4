package renderer

import (
	"strconv"
	"strings"
	"time"

	"notebook"
	"notebook/renderer/chart"
	"notebook/renderer/internal/format"
)

// timeline writes what the goroutines of a run did: one muted line that
// unfolds, or the whole picture where the author asked for it.
func (v cellView) timeline(r *notebook.CellRun) {
	if !showsTimeline(v.cell, r) {
		return
	}
	t := r.Traced.Timeline
	if v.cell.Options.Trace == notebook.SwitchOn || v.cell.Options.FigCap != "" {
		v.open("figure", "class", "trace")
		if caption := v.cell.Options.FigCap; caption != "" {
			v.element("figcaption", caption)
		}
		v.picture(r)
		v.end("figure")
		return
	}
	v.raw("<details class=trace><summary>")
	v.raw(chart.Strip(t))
	v.element("span", strings.TrimSpace(chart.Headline(t)+" "+chart.BusyHeadline(*r.Traced, cpuTime(r))))
	v.raw("<span class=show>show timeline</span></summary>")
	v.picture(r)
	v.end("details")
}

// showsTimeline reports whether the page shows the timeline of a run: one on
// which there is something to see.
func showsTimeline(c *notebook.Cell, r *notebook.CellRun) bool {
	return r.Traced != nil && c.Options.Include && c.Options.Trace != notebook.SwitchOff &&
		chart.Headline(r.Traced.Timeline) != ""
}

// timelineLines returns the lines of a cell's listing that its timelines name.
func timelineLines(c *notebook.Cell, runs []*notebook.CellRun, shown shownLines) []int {
	var lines []int
	for _, r := range runs {
		if !showsTimeline(c, r) {
			continue
		}
		for _, line := range chart.Lines(r.Traced.Timeline) {
			if n := shown.at(line - c.Line + 1); n > 0 {
				lines = append(lines, n)
			}
		}
	}
	return lines
}

// picture writes the timeline with its legend, what it says in words, and the
// same as a table.
func (v cellView) picture(r *notebook.CellRun) {
	t := r.Traced.Timeline
	o := v.chartOptions(r)
	v.legend(t, o)
	v.raw(chart.Timeline(t, o))
	v.open("p")
	v.sentences(r)
	v.end("p")
	v.twin(t, o)
}

// sentences writes what a timeline says in words.
func (v cellView) sentences(r *notebook.CellRun) {
	for i, sentence := range chart.Sentences(*r.Traced, cpuTime(r)) {
		if i > 0 {
			v.raw(" ")
		}
		v.backquoted(sentence)
	}
}

// legend writes what the colors and lines of a timeline mean.
func (v cellView) legend(t notebook.Timeline, o chart.Options, others ...notebook.Timeline) {
	v.raw("<ul class=legend>")
	for _, key := range chart.Legend(t, o, others...) {
		v.raw("<li>" + key.Swatch)
		v.text(key.Words)
		v.raw("</li>")
	}
	v.raw("</ul>")
}

func cpuTime(r *notebook.CellRun) time.Duration {
	if r.Finished == nil {
		return 0
	}
	return r.Finished.CPU
}

func (v cellView) chartOptions(r *notebook.CellRun) chart.Options {
	id, title := v.cell.Label+":time", "Timeline of "+notebook.CellName(v.cell.Label)
	if len(v.runs) > 1 {
		id += "-" + r.Engine
		title += ", " + r.Engine
	}
	return chart.Options{ID: id, Title: title, Place: v.chartPlace}
}

// chartPlace tells where a line of the note stands on the page: in the listing
// of this cell, or in that of another one.
func (v cellView) chartPlace(line int) chart.Place {
	at := v.page.linePlace(line)
	place := chart.Place{Words: at.words(v.cell)}
	switch {
	case at.cell == v.cell:
		place.Line = at.line
	case place.Words == "" && v.page.cellAt(line) != nil:
		place.Words = v.page.file(strconv.Itoa(line))
	}
	return place
}

// twin writes the timeline as tables, for those who do not see it, and for
// paper.
func (v cellView) twin(t notebook.Timeline, o chart.Options) {
	rows, more := chart.Lives(t, o)
	if len(rows) == 0 {
		return
	}
	v.raw("<details class=twin><summary>The same as a table</summary>")
	head := []string{"goroutine", "started at", "running", "ready", "waiting for", "alive at the end"}
	if len(t.Groups) > 0 {
		head = []string{"goroutines", "started at", "running, all together", "ready, all together", "waiting for, all together"}
	}
	v.dataTable(strings.Replace(o.Title, "Timeline", "Goroutines", 1), head, lifeRows(rows))
	if more > 0 {
		v.element("p", "and "+format.Count(more, "other goroutine"))
	}
	if list := chart.Occurrences(t, o); len(list) > 0 {
		var rows [][]string
		for _, happened := range list {
			rows = append(rows, []string{format.Unbroken(format.Duration(happened.At)), happened.Name, happened.What})
		}
		v.dataTable(strings.Replace(o.Title, "Timeline", "Regions and messages", 1), []string{"at", "goroutine", "what"}, rows)
	}
	v.end("details")
}

func lifeRows(lives []chart.Life) [][]string {
	var rows [][]string
	for _, life := range lives {
		var waits []string
		for _, w := range life.Waits {
			waits = append(waits, w.For+" "+format.Unbroken(format.Duration(w.Time)))
		}
		row := []string{
			life.Name, life.Started, format.Unbroken(format.Duration(life.Running)), format.Unbroken(format.Duration(life.Ready)), strings.Join(waits, ", "),
		}
		if life.Alive != "" {
			row = append(row, life.Alive)
		}
		rows = append(rows, row)
	}
	return rows
}

// dataTable writes a table of the page's own.
func (v cellView) dataTable(name string, head []string, rows [][]string) {
	v.open("div", "class", "scroll data", "tabindex", "0", "role", "group", "aria-label", name)
	v.raw("<table><thead><tr>")
	for _, words := range head {
		v.element("th", words, "scope", "col")
	}
	v.raw("</tr></thead><tbody>")
	for _, row := range rows {
		v.raw("<tr>")
		for _, words := range row {
			v.element("td", words)
		}
		v.raw("</tr>")
	}
	v.raw("</tbody></table>")
	v.end("div")
}
