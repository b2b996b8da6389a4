package chart

import (
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"notebook/renderer/internal/format"
)

// A Bar is a measured value with its name. The zero value is a bar without
// length.
type Bar struct {
	Label string
	Value float64 // in the unit of the picture
	Low   float64 // bounds of the value; both 0: not known
	High  float64
	Text  string // the value in words, such as "21.2 ms, 1.97×"
	Note  string // what else a reader must know, such as "no difference shown"
	Base  bool   // what the others are compared with
}

// A Unit is what the axis of a picture counts.
type Unit int

// The units.
const (
	Seconds Unit = iota
	Times        // how many times as much: 1.5×
)

// AxisOptions say how a picture with an axis of numbers is named.
type AxisOptions struct {
	ID    string // begins the ids of the picture; must be unique on its page
	Title string
	Desc  string // what the picture shows, for those who cannot see it
	Unit  Unit
}

// Sizes of bars in pixels from top to bottom.
const (
	barPitch   = 42
	barTop     = 18
	barThick   = 13
	noteHeight = 15
)

// maxBars is how many bars a picture has; what is left out belongs into words.
const maxBars = 40

// Bars draws a bar for each value, with a whisker for its interval. The longest
// has the width of the picture.
func Bars(bars []Bar, o AxisOptions) string {
	bars = bars[:min(len(bars), maxBars)]
	height := 0.0
	for _, b := range bars {
		height += b.height()
	}
	var w writer
	w.frame("bars", o.ID, o.Title, o.Desc, height+axisHeight)
	a := newAxis(bars, o.Unit)
	a.grid(&w, height)
	y := 0.0
	for _, b := range bars {
		b.draw(&w, a, y)
		y += b.height()
	}
	w.end("svg")
	return w.String()
}

func (b Bar) height() float64 {
	height := b.top() + barPitch - barTop
	if b.Note != "" {
		height += noteHeight
	}
	return height
}

// top returns where the bar begins below its words: one line where a phone has
// the room for the name and the value, else two.
func (b Bar) top() float64 {
	letters := utf8.RuneCountInString(b.name()) + utf8.RuneCountInString(b.text())
	if float64(letterWidth*letters+labelGap) > labelWidths[0] {
		return barTop + noteHeight
	}
	return barTop
}

func (b Bar) name() string { return format.Shorten(b.Label, maxName) }
func (b Bar) text() string { return format.Shorten(b.Text, maxName) }

func (b Bar) draw(w *writer, a axis, y float64) {
	class := "bar"
	if b.Base {
		class = "bar base"
	}
	top := y + b.top()
	w.label(b.name(), "name", 0, y+barTop-5)
	w.label(b.text(), "value", 1, top-5)
	w.single("rect", "class", class, "x", "0", "y", num(top), "width", percent(a.at(b.Value)), "height", num(barThick), "rx", "2")
	if b.Low < b.High {
		whisker(w, a.at(b.Low), a.at(b.High), top+barThick/2.0)
	}
	if b.Note != "" {
		w.label(format.Shorten(b.Note, 2*maxName), "note", 0, top+barThick+14)
	}
}

// whisker draws an interval.
func whisker(w *writer, low, high, y float64) {
	line := func(x1, x2, y1, y2 float64) {
		w.single("line", "x1", percent(x1), "x2", percent(x2), "y1", num(y1), "y2", num(y2))
	}
	w.open("g", "class", "whisker")
	line(low, high, y, y)
	line(low, low, y-4, y+4)
	line(high, high, y-4, y+4)
	w.end("g")
}

// An axis turns values into places of a picture.
type axis struct {
	most float64
	unit Unit
}

func newAxis(bars []Bar, u Unit) axis {
	most := 0.0
	for _, b := range bars {
		most = max(most, finite(b.Value), finite(b.High))
	}
	if most <= 0 {
		most = 1
	}
	return axis{most, u}
}

// finite returns v, and 0 for what cannot be drawn.
func finite(v float64) float64 {
	if math.IsNaN(v) || math.Abs(v) > 1e15 {
		return 0
	}
	return v
}

func (a axis) at(v float64) float64 { return min(max(finite(v)/a.most, 0), 1) }

// grid draws the round values.
func (a axis) grid(w *writer, height float64) {
	w.open("g", "class", "axis")
	for _, t := range a.ticks() {
		x := a.at(t.value)
		w.single("line", "x1", percent(x), "x2", percent(x), "y1", "0", "y2", num(height))
		w.label(t.text, anchor(x), x, height+16)
	}
	w.end("g")
}

// A value is a round value of an axis.
type value struct {
	value float64
	text  string
}

func (a axis) ticks() []value {
	var list []value
	if a.unit == Seconds && a.most < 1e8 {
		for _, t := range ticks(time.Duration(a.most * float64(time.Second))) {
			list = append(list, value{t.at.Seconds(), t.text})
		}
		return list
	}
	step := roundStep(a.most / maxTicks)
	for i := 0; i <= maxTicks && float64(i)*step <= a.most*(1+1e-9); i++ {
		v := float64(i) * step
		list = append(list, value{v, strconv.FormatFloat(v, 'g', 6, 64) + "×"})
	}
	return list
}
