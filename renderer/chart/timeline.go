package chart

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

// Sizes of a timeline in pixels from top to bottom. Sideways it stretches.
const (
	laneHeight   = 30
	barHeight    = 18
	compactRoom  = 320 // of all thin lanes, as long as none gets less than the least
	compactLeast = 4
	compactMost  = 9
	regionHeight = 16 // of a row of regions under a lane
	stripHeight  = 34 // of the strip "running at once"
	stripGap     = 14
	axisHeight   = 22
)

const (
	maxLanes   = 16  // goroutines that get a lane with a name
	maxCompact = 120 // and a thin lane; of more, [notebook.Group] tells
	maxWakes   = 80

	maxCollections = 200
)

// A detail is how much of a timeline is drawn. A picture that becomes larger
// than its budget is drawn again with less.
type detail struct {
	budget  int
	each    bool // every slice is an element of its own, with its own title
	titles  bool // arrows have titles
	lines   bool // slices of different lines of the note are told apart
	columns int  // slices narrower than the axis divided by this are merged; 0: none
	wakes   int
	notes   int // regions, and logs
}

// leastSlice is what a slice takes at least, in bytes.
const leastSlice = 8

var details = []detail{
	{budget: 12_000, each: true, titles: true, lines: true, wakes: maxWakes, notes: 80},
	{budget: 14_000, titles: true, lines: true, wakes: maxWakes, notes: 80},
	{budget: 30_000, lines: true, wakes: maxWakes, notes: 60},
	{budget: 40_000, lines: true, columns: 500, wakes: maxWakes, notes: 60},
	{budget: 50_000, columns: 250, wakes: maxWakes, notes: 40},
	{budget: MaxSize, columns: 100, wakes: 40, notes: 20},
	{budget: MaxSize, columns: 40, wakes: 40, notes: 10},
	{budget: MaxSize, columns: 8},
}

// Timeline draws what the goroutines of a run did: a lane for each, as high as
// its state, with arrows where one woke another, and below them how many ran at
// once. Many goroutines get thin lanes without names, and very many the areas
// of [notebook.Timeline.Groups]. A timeline without lanes and groups gives a
// picture of what ran at once alone.
func Timeline(t notebook.Timeline, o Options) string {
	svg, slices := "", 0
	for _, l := range t.Lanes {
		slices += len(l.Slices)
	}
	for _, d := range details {
		if d.columns == 0 && slices*leastSlice > d.budget {
			continue
		}
		if svg = drawTimeline(&t, o, d); len(svg) <= d.budget {
			break
		}
	}
	return svg
}

// A timeline is a timeline while it is drawn.
type timeline struct {
	writer
	clock
	detail
	t       *notebook.Timeline
	o       Options
	lanes   []lane
	compact bool
	bottom  float64 // of the lanes or groups
}

// A lane is a lane at its place.
type lane struct {
	notebook.Lane
	name    string
	top     float64 // of its bars
	height  float64
	regions []regionRow
}

func (l lane) middle() float64 { return l.top + l.height/2 }

func drawTimeline(t *notebook.Timeline, o Options, d detail) string {
	p := &timeline{clock: newClock(t, o), detail: d, t: t, o: o}
	if len(t.Groups) > 0 {
		p.bottom = groupsHeight(t)
	} else {
		p.place()
	}
	p.draw()
	return p.String()
}

// place gives each lane its place from top to bottom.
func (p *timeline) place() {
	p.compact = len(p.t.Lanes) > maxLanes
	y, n := 2.0, min(len(p.t.Lanes), maxCompact)
	thin := min(max(math.Floor(compactRoom/float64(max(n, 1))), compactLeast), compactMost)
	for _, l := range p.t.Lanes[:n] {
		at := lane{Lane: l, name: p.o.laneName(l), top: y, height: 0.8 * thin}
		if p.compact {
			y += thin
		} else {
			at.top += (laneHeight - barHeight) / 2
			at.height = barHeight
			at.regions = p.regionRows(l)
			y += laneHeight + float64(len(at.regions))*regionHeight
		}
		p.lanes = append(p.lanes, at)
	}
	p.bottom = y
}

func (p *timeline) draw() {
	strip := p.bottom + stripGap
	height := strip + stripHeight + axisHeight
	p.frame("timeline", p.o.ID, p.o.Title, description(p.t), height)
	p.defs()
	p.axis(strip + stripHeight)
	p.names()
	p.plot(height)
	p.curtain()
	p.births()
	p.states()
	p.regionBrackets()
	p.strip(strip)
	p.end("svg")
	p.stripLabels(strip)
	p.regionNames()
	p.wakes()
	p.logs()
	p.ends()
	p.end("svg")
}

// states draws what the goroutines did.
func (p *timeline) states() {
	class := "lanes"
	if p.compact {
		class = "lanes compact"
	}
	p.open("g", "class", class)
	if len(p.t.Groups) > 0 {
		p.groups()
	} else {
		p.slices()
	}
	p.end("g")
}

// defs writes what other elements name: the hatching of what is ready, and the
// head of an arrow.
func (p *timeline) defs() {
	p.WriteString(`<defs><pattern id="` + escape(p.o.ID) + `:ready" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
		`<path class="ready-back" d="M0 0h6v6h-6z"/><path class="ready-line" d="M0 0h2.4v6h-2.4z"/></pattern>`)
	if len(p.t.Wakes) > 0 && !p.compact {
		p.WriteString(`<marker id="` + escape(p.o.ID) + `:arrow" viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="6" markerHeight="6" orient="auto">` +
			`<path class="head" d="M0 .5 6 3 0 5.5z"/></marker>`)
	}
	p.WriteString(`</defs>`)
}

// names writes the names of the lanes at the left of the picture, which lead to
// the lines that started them.
func (p *timeline) names() {
	p.open("g", "class", "names")
	switch {
	case len(p.t.Groups) > 0:
		p.groupNames()
	case p.compact:
		p.name(format.Count(max(p.t.Goroutines, len(p.lanes)), "goroutine"), p.bottom/2+4)
	default:
		for _, l := range p.lanes {
			p.name(l.name, l.middle()+4, "data-line", number(p.o.place(l.Line).Line))
		}
	}
	p.name("running at once", p.bottom+stripGap+stripHeight/2+4, "class", "soft")
	p.end("g")
}

func (p *timeline) name(text string, y float64, attrs ...string) {
	short := shortName(text)
	p.open("text", append(attrs, "x", "-9", "y", num(y))...)
	p.WriteString(escape(short))
	if short != text {
		p.element("title", text)
	}
	p.end("text")
}

// curtain shows when the garbage collector worked.
func (p *timeline) curtain() {
	var d []byte
	for _, span := range p.t.GC[:min(len(p.t.GC), maxCollections)] {
		d = appendBar(d, p.x(span.Start), 0, p.x(span.End)-p.x(span.Start), p.bottom)
	}
	if len(d) > 0 {
		p.open("path", "class", "gc", "d", string(d))
		p.element("title", "the garbage collector was at work")
		p.end("path")
	}
}

// births leads a dotted line from each goroutine to those that it started.
func (p *timeline) births() {
	if p.compact {
		return
	}
	var d []byte
	for _, l := range p.lanes {
		if from := p.lane(l.Parent); from != nil && l.Parent != l.ID {
			d = append(d, "M"+num(p.x(l.Born))+" "+num(from.middle())+"V"+num(l.middle())...)
		}
	}
	if len(d) > 0 {
		p.single("path", "class", "birth", "d", string(d))
	}
}

// lane returns the lane of a goroutine, or nil.
func (p *timeline) lane(id int64) *lane {
	for i := range p.lanes {
		if p.lanes[i].ID == id && id != 0 {
			return &p.lanes[i]
		}
	}
	return nil
}

// ends marks the lanes of goroutines that were still alive when the cell ended.
func (p *timeline) ends() {
	for _, l := range p.lanes {
		if l.Alive && !p.compact {
			p.open("circle", "class", "alive", "cx", percent(p.at(l.End)), "cy", num(l.middle()), "r", "3.5")
			p.element("title", l.name+" was still alive when the cell ended")
			p.end("circle")
		}
	}
}

// appendBar adds a rectangle to the data of a path; one without width is a line,
// which is as thick as its outline.
func appendBar(d []byte, x, y, w, h float64) []byte {
	// The right end is rounded as the next bar's left end is.
	w = max(roundTenth(x+w)-roundTenth(x), 0)
	if w < 0.05 {
		return fmt.Appendf(d, "M%s %sv%s", num(x), num(y), num(h))
	}
	return fmt.Appendf(d, "M%s %sh%sv%sh-%sz", num(x), num(y), num(w), num(h), num(w))
}

// appendLine adds a line from left to right.
func appendLine(d []byte, x, y, w float64) []byte {
	w = roundTenth(x+w) - roundTenth(x)
	return fmt.Appendf(d, "M%s %sh%s", num(x), num(y), num(w))
}

func roundTenth(f float64) float64 { return float64(int64(f*10+0.5)) / 10 }

// description says what the picture shows to those who cannot see it.
func description(t *notebook.Timeline) string {
	return format.Count(max(t.Goroutines, len(t.Lanes)), "goroutine") + " over " + format.Duration(max(t.Wall, 0)) +
		", of which at most " + strconv.Itoa(procs(t)) + " could run at once."
}

func sum(d map[notebook.State]time.Duration) time.Duration {
	var total time.Duration
	for _, v := range d {
		total += max(v, 0)
	}
	return total
}
