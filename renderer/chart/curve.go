package chart

import (
	"fmt"
	"strconv"
)

// A Point is a measured value at a number of processors.
type Point struct {
	X     float64
	Value float64 // how many times as fast
	Low   float64 // bounds of the value; both 0: not known
	High  float64
	Text  string // the value in words, such as "1.97×"
}

// CurveOptions say how a curve is named and what it is compared with.
type CurveOptions struct {
	AxisOptions
	XName string // what grows from left to right: "GOMAXPROCS"
	// Ideal is the number of cores up to which the ideal line rises: twice the
	// cores, twice as fast; 0: no line.
	Ideal float64
}

// Sizes of a curve in pixels, and the margins at its sides as shares.
const (
	curveHeight = 190
	curveTop    = 22
	curveSide   = 0.1
)

// maxPoints is how many points a curve has.
const maxPoints = 40

// Curve draws how a value grows: a point with its interval for each X, from
// left to right, and a dotted line for what would be ideal.
func Curve(points []Point, o CurveOptions) string {
	points = points[:min(len(points), maxPoints)]
	c := newCurve(points, o)
	var w writer
	w.frame("curve", o.ID, o.Title, o.Desc, curveTop+curveHeight+2*axisHeight)
	c.levels(&w)
	w.plot(curveTop + curveHeight)
	if o.Ideal > 0 && len(points) > 0 {
		w.single("path", "class", "ideal", "d", c.ideal(points))
	}
	w.single("path", "class", "line", "d", c.line(points))
	w.end("svg")
	for i, p := range points {
		c.point(&w, p)
		if p.Text != "" {
			c.pointLabel(&w, points, i)
		}
	}
	w.label(o.XName, "note", 0.5, curveTop+curveHeight+axisHeight+14)
	w.end("svg")
	return w.String()
}

// A curve turns values into places of its picture.
type curve struct {
	low, high float64 // X at the left and at the right
	most      float64 // value at the top
	cores     float64
}

func newCurve(points []Point, o CurveOptions) curve {
	c := curve{cores: finite(o.Ideal)}
	for i, p := range points {
		x := finite(p.X)
		if i == 0 {
			c.low, c.high = x, x
		}
		c.low, c.high = min(c.low, x), max(c.high, x)
		c.most = max(c.most, finite(p.Value), finite(p.High))
	}
	if len(points) > 0 && c.cores > 0 {
		c.most = max(c.most, c.idealAt(points[0], c.high))
	}
	if c.most <= 0 {
		c.most = 1
	}
	return c
}

// idealAt returns what would be ideal, from what was measured first.
func (c curve) idealAt(first Point, x float64) float64 {
	from := max(finite(first.X), 1)
	return finite(first.Value) * min(x, max(c.cores, from)) / from
}

func (c curve) x(v float64) float64 {
	if c.high <= c.low {
		return 0.5
	}
	return curveSide + (1-2*curveSide)*min(max((finite(v)-c.low)/(c.high-c.low), 0), 1)
}

func (c curve) y(v float64) float64 {
	return curveTop + curveHeight*(1-min(max(finite(v)/c.most, 0), 1))
}

// levels draws the round values, each named above its line.
func (c curve) levels(w *writer) {
	w.open("g", "class", "axis")
	for _, t := range (axis{c.most, Times}).ticks() {
		y := num(c.y(t.value))
		w.single("line", "x1", "0", "x2", "100%", "y1", y, "y2", y)
		w.label(t.text, "first", 0, c.y(t.value)-3)
	}
	w.end("g")
}

func (c curve) line(points []Point) string {
	var d []byte
	for i, p := range points {
		command := "L"
		if i == 0 {
			command = "M"
		}
		d = fmt.Appendf(d, "%s%s %s", command, num(stretch*c.x(p.X)), num(c.y(p.Value)))
	}
	return string(d)
}

// ideal returns the line that rises with the cores and stays where there are
// no more.
func (c curve) ideal(points []Point) string {
	turn := min(max(c.cores, c.low), c.high)
	corner := func(x float64) string {
		return num(stretch*c.x(x)) + " " + num(c.y(c.idealAt(points[0], x)))
	}
	return "M" + corner(c.low) + "L" + corner(turn) + "L" + corner(c.high)
}

func (c curve) point(w *writer, p Point) {
	x := percent(c.x(p.X))
	if p.Low < p.High {
		w.single("line", "class", "whisker", "x1", x, "x2", x, "y1", num(c.y(p.Low)), "y2", num(c.y(p.High)))
	}
	w.single("circle", "class", "dot", "cx", x, "cy", num(c.y(p.Value)), "r", "4")
	w.label(strconv.FormatFloat(finite(p.X), 'g', 6, 64), "", c.x(p.X), curveTop+curveHeight+16)
}
