package chart

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

// A path is slices that are drawn by one element.
type path struct {
	pathKey
	shape shape
	words string // "worker: running on P1"
	place Place
	data  []byte
	count int
	first time.Duration // where the first slice begins
	total time.Duration
	last  column
}

// A column is a part of a path that stands on the bottom of its lane.
type column struct {
	right, bottom, top string // edges
	to                 int    // where the data of the path name the right one
}

// A pathKey tells the elements of a picture apart.
type pathKey struct {
	class string
	line  int
	each  int // the slice, where each is an element of its own
}

// paths are those of a lane, or of all lanes where they are compact.
type paths struct {
	list  []*path
	found map[pathKey]*path
}

// slices draws the lanes.
func (p *timeline) slices() {
	all := paths{found: map[pathKey]*path{}}
	for _, l := range p.lanes {
		p.lanePaths(&all, l)
		if !p.compact {
			p.write(all.list)
			clear(all.found)
			all.list = all.list[:0]
		}
	}
	p.write(all.list)
}

// lanePaths adds the slices of a lane, those alike to one path.
func (p *timeline) lanePaths(all *paths, l lane) {
	list := p.clock.slices(l.Lane)
	if p.columns > 0 {
		list = coarsen(list, max(p.span/time.Duration(p.columns), 1))
	}
	for i, s := range list {
		key := pathKey{class: sliceClass(s)}
		if p.lines {
			key.line = s.Line
		}
		if p.each && !p.compact {
			key.each = i
		}
		at := all.found[key]
		if at == nil {
			at = &path{pathKey: key, shape: sliceShape(s), words: p.sliceWords(l, s), place: p.o.place(key.line), first: s.Start}
			all.found[key] = at
			all.list = append(all.list, at)
		}
		at.count++
		at.total += width(s)
		p.appendSlice(at, l, s)
	}
}

// leastShare is the width from which a height can be seen. What is narrower is
// drawn in full, or short turns would vanish.
const leastShare = 4

// appendSlice adds the outline of a slice.
func (p *timeline) appendSlice(at *path, l lane, s notebook.Slice) {
	x := p.x(s.Start)
	w := p.x(s.End) - x
	h := l.height
	switch sliceShape(s) {
	case thin:
		at.data = appendLine(at.data, x, l.middle(), w)
		return
	case low:
		h *= 0.34
	case half:
		h *= 0.6
	case share:
		if w >= leastShare {
			h *= max(float64(s.Mixed)/float64(width(s)), 0.08)
		}
		at.appendColumn(x, x+w, l.top+l.height, h)
		return
	}
	at.data = appendBar(at.data, x, l.middle()-h/2, w, h)
}

// appendColumn adds a bar of a height. Bars that touch share an outline: there
// may be hundreds.
func (at *path) appendColumn(left, right, bottom, height float64) {
	next := column{right: num(roundTenth(right)), bottom: num(bottom), top: num(bottom - height)}
	end := "V" + next.bottom + "z"
	last := at.last
	switch {
	case len(at.data) == 0 || last.right != num(roundTenth(left)) || last.bottom != next.bottom:
		at.data = append(at.data, "M"+num(roundTenth(left))+" "+next.bottom+"V"+next.top...)
	case last.top == next.top:
		at.data = at.data[:last.to]
	default:
		at.data = append(at.data[:len(at.data)-len(end)], "V"+next.top...)
	}
	next.to = len(at.data)
	at.data = append(at.data, "H"+next.right+end...)
	at.last = next
}

func sliceShape(s notebook.Slice) shape {
	if s.Mixed > 0 {
		return share
	}
	return lookOf(s.State).shape
}

func sliceClass(s notebook.Slice) string {
	switch {
	case s.Mixed > 0:
		return "mixed"
	case s.State == notebook.Running:
		return procClass(s.Proc)
	}
	return lookOf(s.State).class
}

// sliceWords says what a slice shows.
func (p *timeline) sliceWords(l lane, s notebook.Slice) string {
	words := lookOf(s.State).spent
	switch {
	case s.Mixed > 0:
		words = "running and waiting in turn"
	case s.State == notebook.Running && s.Proc >= 0:
		words = "running on P" + strconv.Itoa(s.Proc)
	}
	if p.compact {
		return words
	}
	return l.name + ": " + words
}

// write writes paths, what runs above all else.
func (p *timeline) write(paths []*path) {
	slices.SortStableFunc(paths, func(a, b *path) int { return cmp.Compare(a.shape, b.shape) })
	for _, at := range paths {
		fill := ""
		if at.shape == half && !p.compact { // too thin for hatching
			fill = "url(#" + p.o.ID + ":ready)"
		}
		p.open("path", "class", at.class, "fill", fill, "d", string(at.data), "data-line", number(at.place.Line))
		p.element("title", at.title())
		p.end("path")
	}
}

// title says what a path shows, in one line. Where a goroutine runs, the line
// is only the one that it goes on from.
func (at *path) title() string {
	words := at.words
	switch {
	case at.place.Words == "":
	case at.shape == full:
		words += " from " + at.place.Words
	default:
		words += " at " + at.place.Words
	}
	words += " for " + format.Duration(at.total)
	if at.count > 1 {
		return words + " in all, " + format.Number(at.count) + " times"
	}
	return words + ", beginning at " + format.Duration(at.first)
}

// Lines returns the lines of the note that the picture of a timeline refers
// to, each once, in order.
func Lines(t notebook.Timeline) []int {
	seen := map[int]bool{}
	for _, l := range t.Lanes[:min(len(t.Lanes), maxCompact)] {
		for _, s := range l.Slices {
			seen[s.Line] = true
		}
	}
	for _, w := range t.Wakes {
		seen[w.Line] = true
	}
	for _, g := range shownGroups(&t) {
		seen[g.Line] = true
	}
	delete(seen, 0)
	return slices.Sorted(maps.Keys(seen))
}

// number writes a number; nothing for 0.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
