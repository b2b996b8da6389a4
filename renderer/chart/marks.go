package chart

import (
	"slices"
	"unicode/utf8"

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

// regionNames writes the names of regions where they are likely to fit, some of
// them on wide pages only.
func (p *timeline) regionNames() {
	const usual, phone = 90, 30 // characters on the width of a picture
	p.eachRegion(func(_ lane, r notebook.Region, y float64) {
		name := format.Shorten(r.Name, maxName)
		share := p.at(r.End) - p.at(r.Start)
		n := float64(utf8.RuneCountInString(name))
		class := "note"
		if n >= share*phone {
			class = "note wide"
		}
		if n > 0 && n < share*usual {
			p.label(name, class, p.at(r.Start)+share/2, y+14)
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
