package chart

import (
	"math"
	"strconv"
	"time"
)

// axis draws the grid and names its points of time; y is where they stand.
func (p *timeline) axis(y float64) {
	p.open("g", "class", "axis")
	for _, tick := range ticks(p.span) {
		x := float64(tick.at) / float64(p.span)
		p.single("line", "x1", percent(x), "x2", percent(x), "y1", "0", "y2", num(y))
		p.label(tick.text, tickAnchor(x), x, y+16)
	}
	p.end("g")
}

// tickAnchor keeps the first point of time inside of a timeline. The last one
// has room in the padding at the right; moved to the left it would run into the
// one before it on a phone.
func tickAnchor(x float64) string {
	if x == 0 {
		return "first"
	}
	return ""
}

// anchor keeps text at the ends of a picture inside of it.
func anchor(x float64) string {
	switch {
	case x < 0.02:
		return "first"
	case x > 0.96:
		return "last"
	}
	return ""
}

// A tick is a round point of an axis.
type tick struct {
	at   time.Duration
	text string
}

const maxTicks = 5

// ticks returns round points of time, 0 first.
func ticks(span time.Duration) []tick {
	step := max(roundStep(float64(span)/maxTicks), 1)
	name, unit := "ns", 1.0
	for _, u := range []struct {
		name string
		unit time.Duration
	}{{"µs", time.Microsecond}, {"ms", time.Millisecond}, {"s", time.Second}} {
		if span >= u.unit {
			name, unit = u.name, float64(u.unit)
		}
	}
	list := []tick{{0, "0"}}
	for i := 1; float64(i)*step <= float64(span)*(1+1e-9); i++ {
		at := float64(i) * step
		text := strconv.FormatFloat(at/unit, 'g', 6, 64)
		list = append(list, tick{time.Duration(at), text + " " + name})
	}
	return list
}

// roundStep returns the least of 1, 2 and 5 times a power of ten that is not
// below v.
func roundStep(v float64) float64 {
	if v <= 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= v*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}
