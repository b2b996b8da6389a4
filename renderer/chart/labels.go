package chart

import (
	"unicode/utf8"

	"notebook/renderer/internal/format"
)

// The label of a point stands beside it, at one of four places: clear of the
// lines, and of the intervals of all points, on a phone as on a wide screen.

// Sizes of labels in pixels.
const (
	labelGap    = 9 // between a point and its label
	labelHeight = 13
	letterWidth = 8 // of the widest letters that labels have
)

// labelWidths are those of the pictures in which labels are to be clear.
var labelWidths = [...]float64{300, 700}

// A side is where a label stands: right or left of its point, and below or
// above it.
type side struct{ left, above bool }

var sides = [...]side{{}, {above: true}, {left: true, above: true}, {left: true}}

// A box is a part of a picture in pixels.
type box struct{ left, right, top, bottom float64 }

// pointLabel writes what a point says.
func (c curve) pointLabel(w *writer, points []Point, i int) {
	p := points[i]
	text := format.Shorten(p.Text, maxLabel)
	at := c.labelSide(points, i, float64(letterWidth*utf8.RuneCountInString(text)))
	class, dx := "value first", num(labelGap)
	if at.left {
		class, dx = "value last", num(-labelGap)
	}
	_, bottom := at.height(c.y(p.Value))
	w.element("text", text, "class", class, "x", percent(c.x(p.X)), "dx", dx, "y", num(bottom-2))
}

// labelSide returns the first side that is clear, else one within the picture.
func (c curve) labelSide(points []Point, i int, length float64) side {
	for _, s := range sides {
		if c.isClear(points, i, s, length) {
			return s
		}
	}
	return side{left: c.x(points[i].X) > 0.5, above: true}
}

func (c curve) isClear(points []Point, i int, s side, length float64) bool {
	for _, width := range labelWidths {
		b := s.box(width*c.x(points[i].X), c.y(points[i].Value), length)
		if b.left < 0 || b.right > width || b.top < 0 || b.bottom > curveTop+curveHeight || c.crosses(points, b, width) {
			return false
		}
	}
	return true
}

// height returns where a label begins and ends from top to bottom.
func (s side) height(y float64) (top, bottom float64) {
	if s.above {
		return y - labelHeight - 3, y - 3
	}
	return y + 3, y + 3 + labelHeight
}

func (s side) box(x, y, length float64) box {
	b := box{left: x + labelGap, right: x + labelGap + length}
	if s.left {
		b.left, b.right = x-labelGap-length, x-labelGap
	}
	b.top, b.bottom = s.height(y)
	return b
}

// crosses reports whether anything that is drawn lies in a box.
func (c curve) crosses(points []Point, b box, width float64) bool {
	line := func(x1, v1, x2, v2 float64) bool {
		return b.crosses(width*c.x(x1), c.y(v1), width*c.x(x2), c.y(v2))
	}
	for i, p := range points {
		if line(p.X, p.Low, p.X, p.High) && p.Low < p.High {
			return true
		}
		if i > 0 && line(points[i-1].X, points[i-1].Value, p.X, p.Value) {
			return true
		}
	}
	ideal := func(x float64) float64 { return c.idealAt(points[0], x) }
	turn := min(max(c.cores, c.low), c.high)
	return c.cores > 0 && (line(c.low, ideal(c.low), turn, ideal(turn)) || line(turn, ideal(turn), c.high, ideal(c.high)))
}

// crosses reports whether a line from left to right, or one that stands
// upright, passes through the box.
func (b box) crosses(x1, y1, x2, y2 float64) bool {
	from, to := max(x1, b.left), min(x2, b.right)
	if from > to {
		return false
	}
	y := func(x float64) float64 {
		if x2 <= x1 {
			return y1
		}
		return y1 + (y2-y1)*(x-x1)/(x2-x1)
	}
	low, high := min(y(from), y(to)), max(y(from), y(to))
	if x2 <= x1 {
		low, high = min(y1, y2), max(y1, y2)
	}
	return low < b.bottom && high > b.top
}
