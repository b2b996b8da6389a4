package chart

import (
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

// A Life is what a timeline tells of one goroutine, or of a group of them, in
// words and numbers: a row of the table beside the picture.
type Life struct {
	Name    string
	Started string // "line 9"; "" where it is not known
	Running time.Duration
	Ready   time.Duration
	Waits   []Wait // the longest first, in the order of the legend
	Alive   string // "yes" or "no"; "" for a group
}

// A Wait is the time spent waiting for one kind of thing.
type Wait struct {
	For  string
	Time time.Duration
}

// maxLives is how many goroutines a table tells of.
const maxLives = 40

// Lives returns the rows of the table, and how many goroutines are left out.
func Lives(t notebook.Timeline, o Options) (rows []Life, more int) {
	for _, g := range t.Groups[:min(len(t.Groups), maxLives)] {
		rows = append(rows, groupLife(&t, g, o))
	}
	if len(rows) > 0 {
		return rows, len(t.Groups) - len(rows)
	}
	c := newClock(&t, Options{})
	for _, l := range t.Lanes[:min(len(t.Lanes), maxLives)] {
		rows = append(rows, c.life(l, o))
	}
	return rows, max(t.Goroutines, len(t.Lanes)) - len(rows)
}

func (c clock) life(l notebook.Lane, o Options) Life {
	times := map[notebook.State]time.Duration{}
	for _, s := range c.slices(l) {
		waited := s.State
		if s.Mixed > 0 && waited == notebook.Running {
			waited = notebook.Waiting
		}
		times[notebook.Running] += s.Mixed
		times[waited] += width(s) - s.Mixed
	}
	life := newLife(times)
	life.Name, life.Started, life.Alive = o.laneName(l), o.place(l.Line).Words, "no"
	if l.Alive {
		life.Alive = "yes"
	}
	return life
}

// groupLife adds up what the goroutines of a group did.
func groupLife(t *notebook.Timeline, g notebook.Group, o Options) Life {
	times := map[notebook.State]time.Duration{}
	for _, c := range g.Columns {
		for _, n := range c.Counts {
			if n > 0 && n < 1e9 {
				times[c.State] += time.Duration(n * float64(max(t.Wall, 0)) / float64(len(c.Counts)))
			}
		}
	}
	life := newLife(times)
	life.Name = o.groupName(g)
	if g.Goroutines > 1 {
		life.Name += ", " + format.Count(g.Goroutines, "goroutine")
	}
	life.Started = o.place(g.Line).Words
	return life
}

func newLife(times map[notebook.State]time.Duration) Life {
	known := map[notebook.State]time.Duration{}
	for s, d := range times {
		if _, ok := looks[s]; !ok {
			s = notebook.Waiting
		}
		known[s] += d
	}
	life := Life{Running: known[notebook.Running], Ready: known[notebook.Ready]}
	for _, s := range states[2:] {
		if d := known[s]; d > 0 {
			life.Waits = append(life.Waits, Wait{waitWords[s], d})
		}
	}
	return life
}

var waitWords = map[notebook.State]string{
	notebook.Sending: "send", notebook.Receiving: "receive", notebook.Selecting: "select",
	notebook.Locking: "lock", notebook.WaitingAll: "WaitGroup", notebook.WaitingCond: "Cond",
	notebook.Sleeping: "sleep", notebook.Networking: "network", notebook.InSyscall: "system call",
	notebook.Collecting: "garbage collection", notebook.Waiting: "other",
}

// An Occurrence is a region or a log message of runtime/trace, for the table.
type Occurrence struct {
	At   time.Duration
	Name string // of the goroutine
	What string
}

// maxOccurrences is how many regions and messages a table tells of.
const maxOccurrences = 100

// Occurrences returns the regions and log messages in the picture, lane by
// lane.
func Occurrences(t notebook.Timeline, o Options) []Occurrence {
	c := newClock(&t, Options{})
	var list []Occurrence
	add := func(l notebook.Lane, at time.Duration, what string) {
		if len(list) < maxOccurrences {
			list = append(list, Occurrence{c.within(at), o.laneName(l), format.Shorten(what, 2*maxName)})
		}
	}
	for _, l := range t.Lanes {
		for _, r := range l.Regions {
			add(l, r.Start, "region "+r.Name+", "+format.Duration(c.within(r.End)-c.within(r.Start)))
		}
		for _, entry := range l.Logs {
			add(l, entry.At, entry.Text)
		}
	}
	return list
}
