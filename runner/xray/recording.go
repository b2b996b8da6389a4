package xray

import (
	"errors"
	"math"
	"time"

	"golang.org/x/exp/trace"

	"notebook"
)

const (
	mainGoroutine = trace.GoID(1)
	markPhase     = "GC concurrent mark phase" // as the trace names its ranges
	markAssist    = "GC mark assist"
	procsMetric   = "/sched/gomaxprocs:threads"
)

// maxWall is a time that no recording takes; sums of such times do not overflow.
const maxWall = 1000 * time.Hour

// maxKept is how many segments, steps or wakes are kept before those that no
// timeline has room for are merged.
const maxKept = 1 << 13

var errTooLong = errors.New("a time that no cell takes")

// A phase is where in the trace the reader is.
type phase uint8

const (
	before phase = iota // the cell has not begun
	during
	after
)

// A recording is what is known of the cell after some of the trace's events.
type recording struct {
	options  Options
	patience time.Duration // with a trace
	places   places
	phase    phase
	seen     int        // events so far
	clock    trace.Time // of the last event
	origin   trace.Time // when the cell began
	end      time.Duration
	root     trace.GoID // the goroutine that runs the cell's body
	complete bool       // the trace holds the end of the cell

	own        map[trace.GoID]*goroutine
	recent     [64]*goroutine // of own, by the last digits of their numbers
	goroutines []*goroutine   // in the order of birth
	alive      int
	segments   int           // of all goroutines
	limit      int           // at so many they are merged
	pixel      time.Duration // what is shorter is merged at once

	names map[[2]*place]string // by start and creator

	timeline notebook.Timeline // what is counted
	totals   [states]time.Duration
	procs    int // GOMAXPROCS now
	strip    strip
	wakes    []wake
	marking  bool // the garbage collector works
	tasks    map[trace.TaskID]task
}

// A task is a task that has begun: a region of the goroutine that began it.
type task struct {
	goroutine *goroutine
	region    int
}

func newRecording(o Options) *recording {
	r := &recording{
		options:  o,
		patience: maxTime,
		places:   places{options: o},
		own:      map[trace.GoID]*goroutine{},
		tasks:    map[trace.TaskID]task{},
		names:    map[[2]*place]string{},
		limit:    maxKept,
	}
	r.places.forget()
	return r
}

// now returns the time since the cell began.
func (r *recording) now() time.Duration { return r.clock.Sub(r.origin) }

// event adds an event.
func (r *recording) event(ev *event) error {
	r.seen++
	if r.phase == during {
		r.timeline.Events++
	}
	clock := max(r.clock, ev.Time())
	if r.phase == during && clock.Sub(r.origin) > maxWall {
		return errTooLong
	}
	r.clock = clock
	switch ev.Kind() {
	case trace.EventStateTransition:
		r.transition(ev)
	case trace.EventSync:
		r.places.forget()
	case trace.EventMetric:
		if m := ev.Metric(); m.Name == procsMetric && m.Value.Kind() == trace.ValueUint64 {
			r.setProcs(m.Value.Uint64())
		}
	case trace.EventRangeBegin, trace.EventRangeActive, trace.EventRangeEnd:
		r.span(ev)
	case trace.EventRegionBegin, trace.EventRegionEnd, trace.EventTaskBegin, trace.EventTaskEnd, trace.EventLog:
		r.annotation(ev)
	}
	return nil
}

func (r *recording) setProcs(n uint64) {
	r.procs = int(min(n, math.MaxInt32))
	if r.phase == during {
		r.timeline.Procs = max(r.timeline.Procs, r.procs)
	}
}

// begin begins the cell, in a goroutine that runs.
func (r *recording) begin(id trace.GoID, proc trace.ProcID, name string) {
	r.phase, r.root, r.origin = during, id, r.clock
	r.timeline.Procs = r.procs
	if r.marking {
		r.timeline.GC = []notebook.Span{{End: -1}}
	}
	r.add(&goroutine{id: id, name: name, now: running, proc: procOf(proc)})
}

// finish ends the cell.
func (r *recording) finish() {
	r.end = r.now()
	for _, g := range r.goroutines {
		if !g.ended {
			r.pass(g)
		}
		g.stop(r.end)
	}
	if n := len(r.timeline.GC); n > 0 && r.timeline.GC[n-1].End < 0 {
		r.timeline.GC[n-1].End = r.end
	}
	r.phase = after
}

// add adds a goroutine that begins now.
func (r *recording) add(g *goroutine) {
	g.born, g.since = r.now(), r.now()
	r.own[g.id] = g
	r.goroutines = append(r.goroutines, g)
	r.alive++
	r.timeline.Peak = max(r.timeline.Peak, r.alive)
	if _, runs := g.shown(); runs {
		r.strip.change(r.now(), 1)
	}
}

// find returns the cell's goroutine of that number, or nil.
func (r *recording) find(id trace.GoID) *goroutine {
	slot := &r.recent[uint64(id)%uint64(len(r.recent))]
	if *slot != nil && (*slot).id == id {
		return *slot
	}
	g := r.own[id]
	if g != nil {
		*slot = g
	}
	return g
}

// pass adds up the time that a goroutine has been in its state.
func (r *recording) pass(g *goroutine) {
	at := r.now()
	s, _ := g.shown()
	if d := at - g.since; d > 0 {
		r.totals[s] += d
		next := pure(g.since, at, s, g.proc, g.at)
		had := len(g.segments)
		g.segments = join(g.segments, &next, r.pixel)
		g.since = at
		r.segments += len(g.segments) - had
		if r.segments > r.limit || len(r.strip.steps) > 4*maxKept || len(r.wakes) > maxKept {
			r.compact()
		}
	}
}

// compact merges what would be merged in the end anyway: a pixel only grows, and
// so does what has to find room.
func (r *recording) compact() {
	r.pixel = max(r.pixel, pixelOf(r.now()))
	if r.segments > r.limit {
		r.mergeSegments()
	}
	r.strip.compact(r.pixel)
	r.wakes = thinByTime(r.wakes, r.now(), maxKept/8)
}

// mergeSegments makes the pixel larger until there are few segments. A 500th of
// the time is enough for groups, of however many goroutines.
func (r *recording) mergeSegments() {
	for ; ; r.pixel *= 2 {
		r.segments = 0
		for _, g := range r.goroutines {
			g.segments = merge(g.segments, r.pixel)
			r.segments += len(g.segments)
		}
		if r.segments < maxKept/2 || r.pixel > r.now()/500 {
			break
		}
	}
	r.limit = max(maxKept, 2*r.segments)
}

// become brings a goroutine into another state, in which it works for the
// garbage collector or not.
func (r *recording) become(g *goroutine, s state, assisting bool) {
	r.pass(g)
	_, ran := g.shown()
	g.now, g.assisting = s, assisting
	_, runs := g.shown()
	switch {
	case runs && !ran:
		r.strip.change(r.now(), 1)
	case ran && !runs:
		r.strip.change(r.now(), -1)
	}
}

func procOf(p trace.ProcID) int32 { return int32(min(max(int64(p), -1), math.MaxInt32)) }
