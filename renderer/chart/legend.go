package chart

import (
	"fmt"
	"slices"

	"notebook"
)

// A Key is an entry of a legend: what a part of a picture means.
type Key struct {
	Words  string
	Swatch string // a small picture of the part, as SVG
}

// maxKeys is how many processors a legend names one by one.
const maxKeys = 4

// Legend returns what the picture of a timeline, and those of others beside it,
// show, no more than occurs in them. Its swatches use what the picture of the
// first with the same options defines.
func Legend(t notebook.Timeline, o Options, others ...notebook.Timeline) []Key {
	l := legend{o: o, seen: map[string]bool{}}
	for _, each := range append(slices.Clone(others), t) { // the first one decides how it looks
		l.t = &each
		l.look()
	}
	l.processors()
	for _, s := range states[1:] {
		if look := lookOf(s); l.seen[look.class] {
			l.add(look.class, look.shape, stateWords(s))
		}
	}
	if l.seen["mixed"] {
		l.add("mixed", share, "many short turns, as high as the share of time running")
	}
	l.marks()
	return l.keys
}

type legend struct {
	t       *notebook.Timeline
	o       Options
	seen    map[string]bool // classes that occur
	procs   []int
	compact bool
	keys    []Key
}

// leastKey is how wide a wait must be drawn to have a key, in parts of the
// picture: that of a pixel or two. What runs or is ready is a bar that can be
// seen however narrow it is.
const leastKey = 2

// look finds out what occurs.
func (l *legend) look() {
	l.compact = len(l.t.Lanes) > maxLanes
	c := newClock(l.t, l.o)
	for _, lane := range l.t.Lanes[:min(len(l.t.Lanes), maxCompact)] {
		for _, s := range c.slices(lane) {
			if c.canBeSeen(s) {
				l.seen[sliceClass(s)] = true
			}
			if s.State == notebook.Running && s.Mixed == 0 && s.Proc >= 0 && !slices.Contains(l.procs, s.Proc) && len(l.procs) < 1000 {
				l.procs = append(l.procs, s.Proc)
			}
		}
		l.seen["alive"] = l.seen["alive"] || lane.Alive
		l.seen["region"] = l.seen["region"] || len(lane.Regions) > 0
		l.seen["log"] = l.seen["log"] || len(lane.Logs) > 0
		l.seen["birth"] = l.seen["birth"] || l.has(lane.Parent)
	}
	for _, g := range shownGroups(l.t) {
		for _, c := range g.Columns {
			if c.State == notebook.Running {
				l.seen["run"] = true
			} else {
				l.seen[lookOf(c.State).class] = true
			}
		}
	}
	slices.Sort(l.procs)
	l.seen["gc"] = l.seen["gc"] || len(l.t.GC) > 0
	l.lookForWakes()
}

// canBeSeen reports whether a slice is wide enough for a reader to ask what it
// means.
func (c clock) canBeSeen(s notebook.Slice) bool {
	w := c.x(s.End) - c.x(s.Start)
	switch {
	case s.Mixed > 0:
		return w >= leastShare
	case s.State == notebook.Running || s.State == notebook.Ready:
		return true
	}
	return w >= leastKey
}

func (l *legend) has(id int64) bool {
	return id != 0 && slices.ContainsFunc(l.t.Lanes, func(lane notebook.Lane) bool { return lane.ID == id })
}

func (l *legend) processors() {
	switch n := len(l.procs); {
	case n > maxKeys:
		l.add(procClass(l.procs[0]), full, fmt.Sprintf("running; each color is a processor, P%d to P%d", l.procs[0], l.procs[n-1]))
	default:
		for i, proc := range l.procs {
			words := fmt.Sprintf("on P%d", proc)
			if i == 0 {
				words = fmt.Sprintf("running on processor P%d", proc)
			}
			l.add(procClass(proc), full, words)
		}
	}
	switch {
	case len(l.t.Groups) > 0 && l.seen["run"]:
		l.add("p0", full, "running")
	case l.seen["run"]:
		l.add("run", full, "running")
	}
}

// marks adds what is no state.
func (l *legend) marks() {
	if l.seen["gc"] {
		l.key("garbage collector at work", `<path class="gc" d="M0 0h18v12h-18z"/>`)
	}
	if l.compact || len(l.t.Groups) > 0 {
		return
	}
	if words := l.wakes(); words != "" {
		l.key(words, `<g class="wakes"><line x1="9" x2="9" y1="0" y2="12" marker-end="url(#`+escape(l.o.ID)+`:arrow)"/></g>`)
	}
	if l.seen["birth"] {
		l.key("started another", `<path class="birth" d="M9 0v12"/>`)
	}
	if l.seen["region"] {
		l.key("region of runtime/trace", `<path class="region" d="M1 4v4h16v-4"/>`)
	}
	if l.seen["log"] {
		l.key("log message", `<g class="log"><line x1="9" x2="9" y1="3" y2="12"/><circle cx="9" cy="4" r="3"/></g>`)
	}
	if l.seen["alive"] {
		l.key("still alive at the end", `<circle class="alive" cx="9" cy="6" r="3.5"/>`)
	}
}

// lookForWakes finds out whether there are arrows, and whether they are all.
func (l *legend) lookForWakes() {
	list := slices.DeleteFunc(slices.Clone(l.t.Wakes), func(w notebook.Wake) bool {
		return w.From == w.To || !l.has(w.From) || !l.has(w.To)
	})
	all := len(list)
	drawn := apart(list, newClock(l.t, l.o).span)
	l.seen["wake"] = l.seen["wake"] || all > 0
	l.seen["some wakes"] = l.seen["some wakes"] || all >= maxWakes || len(drawn) < all
}

// wakes says what an arrow means; "" where there is none.
func (l *legend) wakes() string {
	switch {
	case !l.seen["wake"]:
		return ""
	case l.seen["some wakes"]:
		return "woke another; some of many"
	}
	return "woke another"
}

// add adds a state.
func (l *legend) add(class string, s shape, words string) {
	d, fill := `M1 1h16v10h-16z`, ""
	if len(l.t.Groups) > 0 {
		class += " area"
	}
	switch {
	case s == half:
		d = `M1 3h16v6h-16z`
	case s == thin && len(l.t.Groups) == 0:
		d = `M1 6h16`
	case s == low && len(l.t.Groups) == 0:
		d = `M1 4h16v4h-16z`
	case s == share:
		d = `M1 5h16v6h-16z`
	}
	if s == half && !l.compact { // as it is drawn
		fill = ` fill="url(#` + escape(l.o.ID) + `:ready)"`
	}
	path := fmt.Sprintf(`<path class="%s"%s d="%s"/>`, class, fill, d)
	if l.compact {
		path = `<g class="compact">` + path + `</g>`
	}
	l.key(words, path)
}

func (l *legend) key(words, content string) {
	l.keys = append(l.keys, Key{Words: words, Swatch: `<svg class="chart key" width="18" height="12" aria-hidden="true">` + content + `</svg>`})
}

// stateWords names a state in a legend.
func stateWords(s notebook.State) string {
	switch s {
	case notebook.Ready:
		return "ready, waiting for a processor"
	case notebook.InSyscall:
		return "in a system call"
	case notebook.Collecting:
		return "helping or awaiting the garbage collector"
	case notebook.Waiting:
		return "waiting for something else"
	}
	return lookOf(s).spent
}
