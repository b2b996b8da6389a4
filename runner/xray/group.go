package xray

import (
	"cmp"
	"math"
	"slices"
	"time"

	"notebook"
)

// maxGroups is how many places that started goroutines a timeline tells apart;
// the rest are one group.
const maxGroups = 6

// A part is the goroutines that one place of the note started.
type part struct {
	name       string
	line       int32
	goroutines []*goroutine
}

// parts returns the goroutines by name and line, the largest part first.
func (r *recording) parts() []part {
	type key struct {
		name string
		line int32
	}
	index := map[key]int{}
	var parts []part
	for _, g := range r.goroutines {
		k := key{g.name, g.line}
		i, ok := index[k]
		if !ok {
			i = len(parts)
			index[k] = i
			parts = append(parts, part{name: g.name, line: g.line})
		}
		parts[i].goroutines = append(parts[i].goroutines, g)
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(len(b.goroutines), len(a.goroutines)) })
	if len(parts) > maxGroups {
		others := part{name: "others"}
		for _, p := range parts[maxGroups:] {
			others.goroutines = append(others.goroutines, p.goroutines...)
		}
		parts = append(parts[:maxGroups], others)
	}
	return parts
}

func (r *recording) showGroups(parts []part, d detail) {
	r.timeline.Groups = nil
	for _, p := range parts {
		r.timeline.Groups = append(r.timeline.Groups, notebook.Group{
			Name: p.name, Line: int(p.line), Goroutines: len(p.goroutines),
			Columns: p.columns(r.end, d.columns),
		})
	}
	r.showCommon(d)
}

// columns returns how many of the goroutines were in each state, on average in
// each of n equal parts of the time that was recorded.
func (p *part) columns(recorded time.Duration, n int) []notebook.Columns {
	var sums [states][]float64 // of time, in columns
	add := func(s state, start, end, d time.Duration) {
		if d <= 0 {
			return
		}
		if sums[s] == nil {
			sums[s] = make([]float64, n)
		}
		spread(sums[s], recorded, start, end, d)
	}
	for _, g := range p.goroutines {
		for i := range g.segments {
			s := &g.segments[i]
			add(running, s.start, s.end, s.ran)
			add(s.rest, s.start, s.end, s.end-s.start-s.ran)
		}
	}
	var out []notebook.Columns
	for s, counts := range sums {
		if counts != nil {
			for i := range counts {
				counts[i] = round(counts[i])
			}
			out = append(out, notebook.Columns{State: stateNames[s], Counts: counts})
		}
	}
	return out
}

// spread adds a time d, spent evenly between start and end, to the columns, in
// units of their width.
func spread(columns []float64, recorded, start, end, d time.Duration) {
	width := float64(recorded) / float64(len(columns))
	share := float64(d) / float64(end-start) / width
	first := min(int(float64(start)/width), len(columns)-1)
	for i := first; i < len(columns) && float64(i)*width < float64(end); i++ {
		from, to := max(float64(start), float64(i)*width), min(float64(end), float64(i+1)*width)
		columns[i] += max(to-from, 0) * share
	}
}

// round keeps as many digits as a picture can show.
func round(x float64) float64 {
	switch {
	case x >= 100:
		return math.Round(x)
	case x >= 10:
		return math.Round(x*10) / 10
	}
	return math.Round(x*100) / 100
}
