package xray

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"golang.org/x/exp/trace"

	"notebook"
)

// maxMarks is how many regions, and how many messages, of a goroutine are kept.
const maxMarks = 1000

// A goroutine is one of the cell's.
type goroutine struct {
	id, parent trace.GoID
	name       string
	line       int32  // of the note, where it was started
	next       string // what the next one that it starts is to be called
	born, end  time.Duration
	began      bool // it has run
	ended      bool

	now       state
	since     time.Duration
	proc      int32 // that it runs on; -1: none
	at        int32 // line of the note where it waits, or went on from
	assisting bool  // works for the garbage collector when it runs

	segments []segment
	regions  []notebook.Region
	open     []int // of regions, innermost last
	logs     []notebook.LogEntry
}

// shown returns the state that the timeline shows, and whether the goroutine
// counts as running.
func (g *goroutine) shown() (s state, runs bool) {
	if g.now == running && g.assisting {
		return collecting, false
	}
	return g.now, g.now == running
}

func (g *goroutine) beginRegion(name string, at time.Duration) {
	if len(g.regions) >= maxMarks {
		g.open = append(g.open, -1)
		return
	}
	g.open = append(g.open, len(g.regions))
	g.regions = append(g.regions, notebook.Region{Name: clip(name), Start: at, End: -1})
}

func (g *goroutine) endRegion(at time.Duration) {
	n := len(g.open)
	if n == 0 {
		return
	}
	if i := g.open[n-1]; i >= 0 {
		g.regions[i].End = at
	}
	g.open = g.open[:n-1]
}

func (g *goroutine) log(category, message string, at time.Duration) {
	if category != "" {
		message = category + ": " + message
	}
	if len(g.logs) < maxMarks {
		g.logs = append(g.logs, notebook.LogEntry{At: at, Text: clip(message)})
	}
}

// call gives the goroutine the name that it says it has, and the line.
func (g *goroutine) call(message string) {
	name, line := splitName(message)
	if name == "" && line != 0 {
		name = "line " + strconv.Itoa(int(line))
	}
	if name != "" {
		g.name = name
	}
	if line != 0 {
		g.line = line
	}
}

// stop ends what has no end yet.
func (g *goroutine) stop(at time.Duration) {
	if !g.ended {
		g.end = at
	}
	for i := range g.regions {
		if g.regions[i].End < 0 {
			g.regions[i].End = max(g.end, g.regions[i].Start)
		}
	}
	slices.SortStableFunc(g.regions, func(a, b notebook.Region) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
}
