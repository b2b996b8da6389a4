package renderer

import (
	"cmp"
	"fmt"
	"slices"

	"notebook"
	"notebook/renderer/chart"
	"notebook/renderer/internal/format"
)

// paired writes the timelines of a cell with several values of GOMAXPROCS on
// one scale, below each other: what concurrency is, and what parallelism adds.
func (v cellView) paired(first *notebook.CellRun) {
	runs := v.recordedRuns(first)
	if len(runs) < 2 {
		return
	}
	var procs []string
	for _, r := range runs {
		procs = append(procs, format.Number(r.Traced.Timeline.Procs))
	}
	title := "Timelines with GOMAXPROCS " + format.List(procs) + " on one scale"
	if v.cell.Options.Trace == notebook.SwitchOn || v.cell.Options.FigCap != "" {
		v.raw("<figure class=trace>")
		v.element("figcaption", title)
		v.pairedPictures(runs)
		v.end("figure")
		return
	}
	v.raw("<details class=trace>")
	v.element("summary", title)
	v.pairedPictures(runs)
	v.end("details")
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
	for _, r := range runs {
		o.Span = max(o.Span, r.Traced.Timeline.Wall)
	}
	v.legend(runs[len(runs)-1].Traced.Timeline, o)
	id := o.ID
	for _, r := range runs {
		procs := r.Traced.Timeline.Procs
		o.ID = fmt.Sprintf("%s-procs%d", id, procs)
		o.Title = fmt.Sprintf("Timeline of %s with GOMAXPROCS %d", notebook.CellName(v.cell.Label), procs)
		v.raw("<p>")
		v.element("b", procsName(procs, v.page.result.Start.Cores)+".")
		v.text(" " + chart.Headline(r.Traced.Timeline))
		v.end("p")
		v.raw(chart.Timeline(r.Traced.Timeline, o))
	}
}
