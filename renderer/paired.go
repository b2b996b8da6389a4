package renderer

import (
	"cmp"
	"fmt"
	"slices"

	"notebook"
	"notebook/renderer/chart"
	"notebook/renderer/internal/format"
)

// maxAtOnce is up to which GOMAXPROCS timelines count on one scale what ran at
// once: one goroutine of more would be too low to be seen.
const maxAtOnce = 8

// paired writes the timelines of a cell with several values of GOMAXPROCS on
// one scale, below each other: what concurrency is, and what parallelism adds.
func (v cellView) paired(first *notebook.CellRun) {
	if !v.isPaired(first) {
		return
	}
	runs := v.recordedRuns(first)
	var procs []string
	for _, r := range runs {
		procs = append(procs, format.Number(r.Traced.Timeline.Procs))
	}
	title := "Timelines with GOMAXPROCS " + format.List(procs) + " on one scale"
	if v.cell.Options.Trace == notebook.SwitchOn || v.cell.Options.FigCap != "" {
		v.raw("<figure class=trace>")
		v.element("figcaption", cmp.Or(v.cell.Options.FigCap, title))
		v.pairedPictures(runs)
		v.end("figure")
		return
	}
	v.raw("<details class=trace>")
	v.element("summary", title)
	v.pairedPictures(runs)
	v.end("details")
}

// isPaired reports whether the timeline of a run stands beside others.
func (v cellView) isPaired(first *notebook.CellRun) bool {
	return first.Compared != nil && first.Compared.Group == "" && len(v.recordedRuns(first)) > 1
}

// recordedRuns returns the runs of the cell with a timeline, under the engine
// of the first one, the fewest processors first and one for each number.
func (v cellView) recordedRuns(first *notebook.CellRun) []*notebook.CellRun {
	var runs []*notebook.CellRun
	for _, r := range v.page.result.Cells[v.cell.Label] {
		if r.Engine == first.Engine && showsTimeline(v.cell, r) {
			runs = append(runs, r)
		}
	}
	procs := func(r *notebook.CellRun) int { return r.Traced.Timeline.Procs }
	slices.SortStableFunc(runs, func(a, b *notebook.CellRun) int { return cmp.Compare(procs(a), procs(b)) })
	return slices.CompactFunc(runs, func(a, b *notebook.CellRun) bool { return procs(a) == procs(b) })
}

func (v cellView) pairedPictures(runs []*notebook.CellRun) {
	o := v.chartOptions(runs[0])
	last := runs[len(runs)-1].Traced.Timeline
	var others []notebook.Timeline
	for _, r := range runs {
		o.Span = max(o.Span, r.Traced.Timeline.Wall)
		others = append(others, r.Traced.Timeline)
	}
	if last.Procs <= maxAtOnce {
		o.AtOnce = last.Procs
	}
	id := func(procs int) string { return fmt.Sprintf("%s:time-procs%d", v.cell.Label, procs) }
	o.ID = id(last.Procs) // whose parts the legend uses
	v.legend(last, o, others[:len(others)-1]...)
	for _, r := range runs {
		procs := r.Traced.Timeline.Procs
		o.ID = id(procs)
		o.Title = fmt.Sprintf("Timeline of %s with GOMAXPROCS %d", notebook.CellName(v.cell.Label), procs)
		v.raw("<p>")
		v.element("b", procsName(procs, v.page.result.Start.Cores)+".")
		v.raw(" ")
		v.sentences(r)
		v.end("p")
		v.raw(chart.Timeline(r.Traced.Timeline, o))
		v.twin(r.Traced.Timeline, o)
	}
}
