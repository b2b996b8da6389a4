package xray

import (
	"time"

	"notebook"
)

// maxLanes is how many goroutines a timeline tells apart at most.
const maxLanes = 120

// result returns the timeline.
func (r *recording) result(broken bool) *notebook.Timeline {
	t := &r.timeline
	r.complete = r.phase == after
	if !r.complete {
		r.finish()
	}
	t.Version, t.Wall = notebook.TimelineVersion, r.end
	if !r.complete && (broken || r.options.Wall > r.end) {
		t.Wall, t.Cut = max(r.options.Wall, r.end), r.end
	}
	t.Goroutines = len(r.goroutines)
	t.PeakRunning = r.strip.peak
	t.Procs = max(t.Procs, t.PeakRunning)
	t.Totals = map[notebook.State]time.Duration{}
	for s, d := range r.totals {
		if d > 0 {
			t.Totals[stateNames[s]] = d
		}
	}
	t.Running = r.strip.steps
	r.fit()
	return t
}

// lanes returns a lane for each goroutine.
func (r *recording) lanes(cut bool) []notebook.Lane {
	alive := func(g *goroutine) bool {
		if g.id == r.root && (r.complete || g.now == running) { // main does not end
			return false
		}
		return !g.ended && !cut
	}
	lanes := make([]notebook.Lane, len(r.goroutines))
	names := make([]*string, len(lanes))
	for i, g := range r.goroutines {
		lanes[i] = notebook.Lane{
			ID: int64(g.id), Parent: int64(g.parent), Name: g.name, Line: int(g.line),
			Born: g.born, End: g.end, Alive: alive(g),
			Regions: g.regions, Logs: g.logs,
		}
		names[i] = &lanes[i].Name
	}
	number(names)
	return lanes
}
