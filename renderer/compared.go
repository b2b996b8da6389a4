package renderer

import (
	"fmt"
	"strconv"
	"strings"

	"notebook"
	"notebook/renderer/chart"
	"notebook/renderer/internal/format"
)

// group writes what the cells of a group show together, below the last of
// them.
func (p *page) group(m markup, c *notebook.Cell) {
	for _, r := range p.runs(c) {
		if r.Compared != nil && r.Compared.Group != "" {
			m.open("figure", "class", "compared", "id", c.Label+":compared")
			cellView{markup: m, page: p, cell: c}.comparison(r)
			m.end("figure")
		}
	}
}

// sweep writes how the cell scales with GOMAXPROCS.
func (v cellView) sweep(r *notebook.CellRun) {
	if r.Compared == nil || r.Compared.Group != "" {
		return
	}
	v.raw("<figure class=\"trace sweep\">")
	v.comparison(r)
	v.end("figure")
	v.paired(r)
}

// comparison writes a comparison: its result in words, the picture, how it was
// measured, and all numbers as a table.
func (v cellView) comparison(r *notebook.CellRun) {
	c := *r.Compared
	title := "Comparison: " + c.Group
	if c.Group == "" {
		title = "Speed-up with " + modelNames(c)
	}
	v.element("figcaption", title)
	for _, sentence := range comparedSentences(c, v.page.result.Start.Quick) {
		v.element("p", sentence)
	}
	if left := v.leftAlive(); len(c.Noise) > 0 && len(left) > 0 {
		v.element("p", fmt.Sprintf("Goroutines of %s were alive meanwhile.", cellNames(left)))
	}
	if len(c.Models) == 0 {
		return
	}
	v.raw(v.comparedPicture(c, title))
	v.element("p", measuredWords(c, r.Engine), "class", "how")
	v.raw("<details class=twin><summary>The same as a table</summary>")
	v.dataTable(title, []string{"model", "speed-up", "against the first", "wall", "CPU", "runs"}, comparedRows(c))
	v.end("details")
}

// leftAlive names the earlier cells of the session that left goroutines, which
// may have taken time from what was compared.
func (v cellView) leftAlive() []string {
	var labels []string
	for _, c := range v.page.note.Cells {
		if c == v.cell {
			break
		}
		runs := v.page.runs(c)
		if !c.Program && !c.Options.Isolate && len(runs) > 0 && runs[0].Finished != nil && runs[0].Finished.Goroutines > 0 {
			labels = append(labels, c.Label)
		}
	}
	return labels
}

// comparedPicture draws bars, or for one cell with several values of GOMAXPROCS
// a curve; "" where there is nothing to draw.
func (v cellView) comparedPicture(c notebook.Compared, title string) string {
	o := chart.AxisOptions{ID: v.cell.Label + ":chart", Title: title, Desc: strings.Join(comparedSentences(c, v.page.result.Start.Quick), " ")}
	if c.Group == "" {
		return speedupCurve(c, o)
	}
	var bars []chart.Bar
	for i, m := range c.Models {
		bar := chart.Bar{
			Label: modelName(c, i), Value: m.Wall.Median.Seconds(), Low: m.Wall.Low.Seconds(), High: m.Wall.High.Seconds(),
			Text: format.Duration(m.Wall.Median), Note: barNote(m), Base: i == 0,
		}
		switch {
		case m.Runs == 0:
			bar.Text = "no time"
		case i > 0 && m.Speedup.Value > 0 && len(c.Noise) == 0:
			bar.Text += ", " + times2(m.Speedup.Value)
		}
		bars = append(bars, bar)
	}
	return chart.Bars(bars, o)
}

// speedupCurve draws the speed-ups that are known; "" where none is.
func speedupCurve(c notebook.Compared, o chart.AxisOptions) string {
	o.Unit = chart.Times
	var points []chart.Point
	for i, m := range c.Models {
		if m.Runs == 0 || m.Speedup.Value <= 0 {
			continue
		}
		p := chart.Point{X: float64(m.Procs), Value: m.Speedup.Value, Low: m.Speedup.Low, High: m.Speedup.High}
		if i > 0 && len(c.Noise) == 0 { // the first is 1 by definition
			p.Text = times2(m.Speedup.Value)
		}
		points = append(points, p)
	}
	if len(points) < 2 {
		return ""
	}
	return chart.Curve(points, chart.CurveOptions{AxisOptions: o, XName: "GOMAXPROCS" + idealName(c), Ideal: float64(c.Cores)})
}

// idealName says what the line beside the curve is.
func idealName(c notebook.Compared) string {
	if c.Cores == 0 {
		return ""
	}
	return " (dashed: ideal on " + format.Count(c.Cores, "core") + ")"
}

// barNote returns what a reader of a bar must know besides.
func barNote(m notebook.ComparedModel) string {
	var notes []string
	if m.Relation == notebook.RelationNone {
		notes = append(notes, "no difference from the first shown")
	}
	if m.Unexpected > 0 {
		notes = append(notes, format.Count(m.Unexpected, "run")+" not as expected")
	}
	return strings.Join(notes, ", ")
}

// times2 returns a quotient as "1.97×".
func times2(q float64) string { return format.Digits(min(q, 999)) + "×" }

// comparedRows returns all numbers of a comparison. Those that are not known
// are left out.
func comparedRows(c notebook.Compared) [][]string {
	var rows [][]string
	for i, m := range c.Models {
		speedup, shown := "", string(m.Relation)
		if m.Speedup.Value > 0 {
			speedup = times2(m.Speedup.Value)
		}
		if m.Speedup.Bounded() {
			speedup += fmt.Sprintf(" (%s to %s)", times2(m.Speedup.Low), times2(m.Speedup.High))
		}
		switch m.Relation {
		case notebook.RelationBase:
			speedup, shown = "1×", ""
		case notebook.RelationUnknown:
			shown = "not shown"
		}
		if m.Runs == 0 {
			speedup = ""
		}
		rows = append(rows, []string{modelName(c, i), speedup, shown, spreadWords(m.Wall), spreadWords(m.CPU), format.Number(m.Runs)})
	}
	return rows
}

// modelNames names the values of GOMAXPROCS of one cell.
func modelNames(c notebook.Compared) string {
	var procs []string
	for _, m := range c.Models {
		procs = append(procs, strconv.Itoa(m.Procs))
	}
	return "GOMAXPROCS " + format.List(procs)
}

// modelName names a model and its GOMAXPROCS.
func modelName(c notebook.Compared, i int) string {
	m := c.Models[i]
	if m.Procs == 0 {
		return m.Model
	}
	procs := procsName(m.Procs, c.Cores)
	if m.Model == "" {
		return procs
	}
	return m.Model + " with " + procs
}

// procsName names a GOMAXPROCS. More than there are cores are no more cores.
func procsName(procs, cores int) string {
	name := fmt.Sprintf("GOMAXPROCS %d", procs)
	if procs > cores && cores > 0 {
		name += " on " + format.Count(cores, "core")
	}
	return name
}
