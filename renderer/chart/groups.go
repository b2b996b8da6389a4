package chart

import (
	"fmt"
	"math"
	"slices"

	"notebook"
	"notebook/renderer/internal/format"
)

const (
	groupHeight = 56 // of the areas of a group
	groupGap    = 16
	maxGroups   = 8
)

// shownGroups returns the groups that have a place in the picture.
func shownGroups(t *notebook.Timeline) []notebook.Group {
	return t.Groups[:min(len(t.Groups), maxGroups)]
}

func groupsHeight(t *notebook.Timeline) float64 {
	n := float64(len(shownGroups(t)))
	return 4 + n*groupHeight + (n-1)*groupGap
}

func groupTop(i int) float64 { return 4 + float64(i)*(groupHeight+groupGap) }

func (p *timeline) groupNames() {
	for i, g := range shownGroups(p.t) {
		y := groupTop(i) + groupHeight/2 - 6
		p.name(p.o.groupName(g), y, "data-line", number(p.o.place(g.Line).Line))
		p.name(format.Count(max(g.Goroutines, 0), "goroutine"), y+15, "class", "soft")
		if layers := stack(g, p.columns); len(layers) > 0 && g.Goroutines > 1 {
			p.name(format.Number(min(int(math.Ceil(layers[0].most)), g.Goroutines))+" at once", y+29, "class", "soft")
		}
	}
}

func (o Options) groupName(g notebook.Group) string {
	return o.laneName(notebook.Lane{Name: g.Name, Line: g.Line})
}

// groups draws for each group how many goroutines were in each state, one
// state above the other. A state covers all that lies below its upper edge, so
// the highest is drawn first.
func (p *timeline) groups() {
	for i, g := range shownGroups(p.t) {
		layers := stack(g, p.columns)
		y := groupTop(i)
		p.single("path", "class", "level", "d", fmt.Sprintf("M0 %sH%d", num(y+groupHeight), stretch))
		for _, l := range slices.Backward(layers) {
			p.open("path", "class", "area "+l.class, "fill", l.fill(p.o.ID),
				"d", string(columnArea(l.upper, l.most, p.clock.x(p.clock.until), y, groupHeight)), "data-line", number(p.o.place(g.Line).Line))
			p.element("title", fmt.Sprintf("%s: at most %s %s at once", p.o.groupName(g), format.Number(int(math.Ceil(l.highest))), l.words))
			p.end("path")
		}
	}
}

// A layer is a state of a group.
type layer struct {
	class, words string
	upper        []float64 // edge above all states up to this one
	most         float64   // full height
	highest      float64   // the greatest number of this state alone
}

func (l layer) fill(id string) string {
	if l.class == "ready" {
		return "url(#" + id + ":ready)"
	}
	return ""
}

// stack returns the states of a group, the lowest first.
func stack(g notebook.Group, columns int) []layer {
	n := 0
	for _, c := range g.Columns {
		n = max(n, min(len(c.Counts), 10_000))
	}
	if n == 0 {
		return nil
	}
	points := n
	if columns > 0 {
		points = min(n, max(columns/4, 8))
	}
	var layers []layer
	edge, most := make([]float64, points), 0.0
	for _, s := range states {
		counts := stateCounts(g, s, n, points)
		highest := slices.Max(counts)
		if highest <= 0 {
			continue
		}
		for i, v := range counts {
			edge[i] += v
			most = max(most, edge[i])
		}
		look := lookOf(s)
		layers = append(layers, layer{class: areaClass(s), words: look.spent, upper: slices.Clone(edge), highest: highest})
	}
	for i := range layers {
		layers[i].most = most
	}
	if layers != nil && layers[0].class == areaClass(notebook.Running) {
		raise(layers[0].upper, most/groupHeight)
	}
	return layers
}

// raise makes what is more than nothing at least as much as can be seen: two
// of ten thousand goroutines run, or one for a microsecond.
func raise(counts []float64, least float64) {
	for i, v := range counts {
		if v > 0 {
			counts[i] = max(v, least)
		}
	}
}

// stateCounts returns the counts of a state, those of several columns put
// together averaged. Unknown states are waits.
func stateCounts(g notebook.Group, s notebook.State, n, points int) []float64 {
	counts := make([]float64, points)
	for _, c := range g.Columns {
		if lookOf(c.State).class != lookOf(s).class {
			continue
		}
		for i, v := range c.Counts[:min(len(c.Counts), n)] {
			if v > 0 && v < 1e12 {
				counts[i*points/n] += v * float64(points) / float64(n)
			}
		}
	}
	return counts
}

func areaClass(s notebook.State) string {
	if s == notebook.Running {
		return "p0"
	}
	return lookOf(s).class
}
