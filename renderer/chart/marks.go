package chart

import (
	"cmp"
	"slices"

	"notebook"
	"notebook/renderer/internal/format"
)

// A regionRow is a row of regions that do not overlap.
type regionRow []notebook.Region

const maxRegionRows = 2

// regionRows lays the regions of a lane out below it: inner ones under outer
// ones. Those that find no place are left out.
func (p *timeline) regionRows(l notebook.Lane) []regionRow {
	if p.notes == 0 {
		return nil
	}
	var rows []regionRow
	left := max(p.notes/max(len(p.t.Lanes), 1), 3)
	for _, r := range l.Regions {
		r.Start, r.End = p.within(r.Start), p.within(r.End)
		row := slices.IndexFunc(rows, func(row regionRow) bool { return row[len(row)-1].End <= r.Start })
		switch {
		case r.End < r.Start || left == 0:
			continue
		case row >= 0:
			rows[row] = append(rows[row], r)
		case len(rows) < maxRegionRows:
			rows = append(rows, regionRow{r})
		default:
			continue
		}
		left--
	}
	return rows
}

// eachRegion calls f for each region that is shown, with the top of its row.
func (p *timeline) eachRegion(f func(l lane, r notebook.Region, y float64)) {
	for _, l := range p.lanes {
		for i, row := range l.regions {
			for _, r := range row {
				f(l, r, l.top+l.height+3+float64(i)*regionHeight)
			}
		}
	}
}

func (p *timeline) regionBrackets() {
	p.eachRegion(func(l lane, r notebook.Region, y float64) {
		p.open("path", "class", "region", "d",
			"M"+num(p.x(r.Start))+" "+num(y)+"v4H"+num(p.x(r.End))+"v-4")
		p.element("title", l.name+", region "+format.Shorten(r.Name, maxName)+": "+format.Duration(r.End-r.Start))
		p.end("path")
	})
}

// regionNames writes the names of regions where they are likely to fit.
func (p *timeline) regionNames() {
	const usual = 90 // characters on the width of a page
	p.eachRegion(func(_ lane, r notebook.Region, y float64) {
		name := format.Shorten(r.Name, maxName)
		share := p.at(r.End) - p.at(r.Start)
		if n := len([]rune(name)); n > 0 && float64(n) < share*usual {
			p.label(name, "note", p.at(r.Start)+share/2, y+14)
		}
	})
}

// logs pins the messages of runtime/trace to their lanes.
func (p *timeline) logs() {
	left := p.notes
	for _, l := range p.lanes {
		for _, entry := range l.Logs {
			if left == 0 || p.compact {
				return
			}
			left--
			x, y := percent(p.at(entry.At)), l.top-3
			p.open("g", "class", "log")
			p.single("line", "x1", x, "x2", x, "y1", num(y), "y2", num(l.top+l.height))
			p.open("circle", "cx", x, "cy", num(y), "r", "3")
			p.element("title", l.name+" at "+format.Duration(p.within(entry.At))+": "+format.Shorten(entry.Text, 2*maxName))
			p.end("circle")
			p.end("g")
		}
	}
}

// wakes draws an arrow where one goroutine made another one ready.
func (p *timeline) wakes() {
	drawn := p.drawnWakes()
	if len(drawn) == 0 {
		return
	}
	p.open("g", "class", "wakes", "marker-end", "url(#"+p.o.ID+":arrow)")
	for _, w := range drawn {
		from, to := p.lane(w.From), p.lane(w.To)
		x, y := percent(p.at(w.At)), to.top
		if from.top > to.top {
			y = to.top + to.height
		}
		p.open("line", "x1", x, "x2", x, "y1", num(from.middle()), "y2", num(y), "data-line", number(p.wakeLine(w)))
		if p.each {
			p.element("title", p.wakeWords(w, from.name, to.name))
		}
		p.end("line")
	}
	p.end("g")
}

// drawnWakes returns the wakes between lanes of the picture; of too many, some
// at equal distances.
func (p *timeline) drawnWakes() []notebook.Wake {
	if p.compact || p.detail.wakes == 0 {
		return nil
	}
	var list []notebook.Wake
	for _, w := range p.t.Wakes {
		if w.From != w.To && p.lane(w.From) != nil && p.lane(w.To) != nil {
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b notebook.Wake) int { return cmp.Compare(a.At, b.At) })
	if len(list) <= p.detail.wakes {
		return list
	}
	some := make([]notebook.Wake, p.detail.wakes)
	for i := range some {
		some[i] = list[i*len(list)/len(some)]
	}
	return some
}

func (p *timeline) wakeLine(w notebook.Wake) int {
	if !p.lines {
		return 0
	}
	return p.o.place(w.Line).Line
}

var wakeWords = map[notebook.WakeKind]string{
	notebook.BySend:    "a send by ",
	notebook.ByReceive: "a receive by ",
	notebook.ByClose:   "a close by ",
	notebook.BySelect:  "a select of ",
	notebook.ByUnlock:  "an unlock by ",
	notebook.ByDone:    "the last Done, by ",
	notebook.BySignal:  "a signal by ",
}

func (p *timeline) wakeWords(w notebook.Wake, from, to string) string {
	words := wakeWords[w.Kind] + from
	if place := p.o.place(w.Line).Words; place != "" {
		words += ", " + place + ","
	}
	return words + " woke " + to + " at " + format.Duration(p.within(w.At))
}
