package chart

import (
	"fmt"
	"strconv"

	"notebook"
)

// strip draws how many goroutines ran at once; y is its top.
func (p *timeline) strip(y float64) {
	n := p.atOnce()
	for i := range min(n, 8) + 1 {
		line := y + stripHeight*(1-float64(i)/float64(min(n, 8)))
		p.single("path", "class", "level", "d", fmt.Sprintf("M0 %sH%d", num(line), stretch))
	}
	steps := p.steps(p.t)
	d := p.stepArea(steps, float64(n), y, stripHeight)
	if p.columns > 0 || len(d) > 8_000 {
		columns := p.clock.average(steps, stripColumns(p.columns))
		raise(columns, float64(n)/stripHeight)
		d = columnArea(columns, float64(n), stretch, y, stripHeight)
	}
	if len(d) > 0 {
		p.open("path", "class", "atonce", "d", string(d))
		p.element("title", "how many goroutines ran at once, of at most "+strconv.Itoa(procs(p.t)))
		p.end("path")
	}
}

// atOnce returns how many goroutines the strip has the height for.
func (p *timeline) atOnce() int { return max(procs(p.t), min(p.o.AtOnce, 1<<20)) }

func stripColumns(columns int) int {
	if columns == 0 {
		return 400
	}
	return min(columns, 400)
}

// stripLabels writes the scale of the strip at its right end.
func (p *timeline) stripLabels(y float64) {
	p.open("text", "class", "scale", "x", "100%", "dx", "6", "y", num(y+5))
	p.WriteString(strconv.Itoa(p.atOnce()))
	p.end("text")
	p.open("text", "class", "scale", "x", "100%", "dx", "6", "y", num(y+stripHeight+3))
	p.WriteString("0")
	p.end("text")
}

// stepArea returns the area below steps, where most is the full height.
func (c clock) stepArea(steps []notebook.Step, most, y, height float64) []byte {
	if len(steps) == 0 {
		return nil
	}
	bottom := y + height
	d := fmt.Appendf(nil, "M%s %s", num(c.x(steps[0].At)), num(bottom))
	for i, s := range steps {
		to := c.until
		if i+1 < len(steps) {
			to = steps[i+1].At
		}
		d = fmt.Appendf(d, "V%sH%s", num(bottom-height*float64(s.Count)/most), num(c.x(to)))
	}
	return fmt.Appendf(d, "V%sz", num(bottom))
}

// columnArea returns the area below columns that share a width.
func columnArea(columns []float64, most, width, y, height float64) []byte {
	bottom := y + height
	d := fmt.Appendf(nil, "M0 %s", num(bottom))
	last := ""
	for i, v := range columns {
		level := num(bottom - height*min(max(v/most, 0), 1))
		if level != last {
			if i > 0 {
				d = fmt.Appendf(d, "H%s", num(float64(i)*width/float64(len(columns))))
			}
			d = fmt.Appendf(d, "V%s", level)
		}
		last = level
	}
	return fmt.Appendf(d, "H%sV%sz", num(width), num(bottom))
}

const (
	stripPoints = 60  // of a small strip
	leastRun    = 0.3 // of its height, where anything ran: a turn of a microsecond is to be seen
)

// Strip draws how many goroutines ran at once as a small picture for a line of
// text, which says the same.
func Strip(t notebook.Timeline) string {
	c := newClock(&t, Options{})
	columns, most := c.average(c.steps(&t), stripPoints), float64(procs(&t))
	raise(columns, leastRun*most)
	var w writer
	w.open("svg", "class", "chart strip", "aria-hidden", "true", "viewBox", "0 0 1000 10", "preserveAspectRatio", "none")
	w.single("path", "class", "level", "d", "M0 0h1000v10h-1000z")
	w.single("path", "class", "atonce", "d", string(columnArea(columns, most, stretch, 0, 10)))
	w.end("svg")
	return w.String()
}
