package xray

import (
	"strings"
	"time"

	"golang.org/x/exp/trace"

	"notebook"
)

// transition adds a change of a goroutine's state.
func (r *recording) transition(ev *event) {
	tr := ev.StateTransition()
	if tr.Resource.Kind != trace.ResourceGoroutine {
		return
	}
	id := tr.Resource.Goroutine()
	from, to := tr.Goroutine()
	if r.phase == before {
		if r.options.Region == "" && id == mainGoroutine && to == trace.GoRunning {
			r.begin(id, ev.Proc(), "main")
		}
		return
	}
	g := r.find(id)
	switch {
	case g == nil:
		if r.phase == during && from == trace.GoNotExist {
			r.birth(ev, &tr, id, to)
		}
	case g.ended || from == to:
	case to == trace.GoNotExist:
		r.death(g)
	case r.phase == during && to != trace.GoUndetermined:
		r.move(ev, &tr, g, to)
	}
}

// birth adds a goroutine if it is the cell's: one of its goroutines started it,
// or a timer that runs a function of the note.
func (r *recording) birth(ev *event, tr *trace.StateTransition, id trace.GoID, to trace.GoState) {
	start := r.places.of(tr.Stack)
	parent := r.find(ev.Goroutine())
	switch {
	case parent == nil && (ev.Goroutine() != trace.NoGoroutine || !start.inNote):
		return
	case ofRuntime(start.function):
		return
	}
	creator := r.places.of(ev.Stack())
	g := &goroutine{id: id, line: creator.line, at: creator.line, proc: -1, now: stateOf(to, "", nowhere)}
	if start.inNote {
		g.at = start.line
	}
	if parent != nil {
		g.parent = parent.id
	} else {
		g.line = start.line
		creator = start
	}
	g.name = r.nameOf(start, creator)
	if parent != nil && parent.next != "" {
		g.call(parent.next)
		parent.next = ""
	}
	r.add(g)
}

// nameOf is the function of that name, once for each place.
func (r *recording) nameOf(start, creator *place) string {
	at := [2]*place{start, creator}
	name, ok := r.names[at]
	if !ok {
		name = nameOf(start, creator)
		r.names[at] = name
	}
	return name
}

// ofRuntime reports whether a goroutine that begins with a function belongs to
// the runtime. That of iter.Pull runs a function of the program.
func ofRuntime(function string) bool {
	return function != "runtime.corostart" &&
		(strings.HasPrefix(function, "runtime.") || strings.HasPrefix(function, "runtime/"))
}

// outliving is the time after its cell from which on a goroutine that waited, or
// had not yet run, did not end with the cell. One that was running was about to
// end, however long that takes on a busy machine.
const outliving = time.Millisecond

func (r *recording) death(g *goroutine) {
	if r.phase == during {
		r.become(g, waiting, false)
		g.end = r.now()
		r.alive--
	}
	aboutToEnd := g.began && (g.now == running || g.now == ready)
	g.ended = r.phase == during || aboutToEnd || r.now()-r.end <= outliving
}

// move brings a goroutine into another state.
func (r *recording) move(ev *event, tr *trace.StateTransition, g *goroutine, to trace.GoState) {
	stack := r.places.of(tr.Stack)
	if g.now != running && to == trace.GoRunnable {
		r.woken(ev, g)
	}
	if g.now == running && to == trace.GoRunnable && tr.Reason == "preempted" {
		r.timeline.Preempted++
	}
	r.become(g, stateOf(to, tr.Reason, stack), g.assisting)
	g.proc = -1
	if g.now == running {
		g.proc = procOf(ev.Proc())
		g.began = true
	}
	if stack != nowhere {
		g.at = stack.line
	}
}

// woken notes who made a goroutine ready, if another one of the cell did.
func (r *recording) woken(ev *event, g *goroutine) {
	from := r.find(ev.Goroutine())
	if from == nil || from == g || g.now == collecting {
		return
	}
	p := r.places.of(ev.Stack())
	kind := p.wakes
	if p.bare && g.now == sending { // no close wakes a sender that goes on
		kind = notebook.BySelect
	}
	r.wakes = append(r.wakes, wake{
		Wake:   notebook.Wake{At: r.now(), From: int64(from.id), To: int64(g.id), Kind: kind, Line: int(p.line)},
		waited: r.now() - g.since,
	})
}

// span adds a beginning or an end of what the garbage collector does.
func (r *recording) span(ev *event) {
	begins := ev.Kind() != trace.EventRangeEnd
	rg := ev.Range()
	switch rg.Name {
	case markAssist:
		if g := r.find(rg.Scope.Goroutine()); g != nil && !g.ended && r.phase == during && g.assisting != begins {
			r.become(g, g.now, begins)
		}
	case markPhase:
		if r.phase == during && begins != r.marking {
			r.mark(begins)
		}
		r.marking = begins
	}
}

func (r *recording) mark(begins bool) {
	gc := &r.timeline.GC
	switch last := len(*gc) - 1; {
	case begins && len(*gc) < maxKept:
		*gc = append(*gc, notebook.Span{Start: r.now(), End: -1})
	case !begins && last >= 0 && (*gc)[last].End < 0:
		(*gc)[last].End = r.now()
	}
}

// annotation adds what the program said by way of runtime/trace.
func (r *recording) annotation(ev *event) {
	if r.phase == before {
		if r.options.Region != "" && ev.Kind() == trace.EventRegionBegin && ev.Region().Type == r.options.Region {
			r.begin(ev.Goroutine(), ev.Proc(), "cell")
		}
		return
	}
	g := r.find(ev.Goroutine())
	if r.phase == after {
		return
	}
	if ev.Kind() == trace.EventTaskEnd { // by any goroutine
		r.endTask(ev.task)
		return
	}
	if g == nil {
		return
	}
	switch ev.Kind() {
	case trace.EventRegionBegin:
		g.beginRegion(ev.Region().Type, r.now())
	case trace.EventRegionEnd:
		if g.id == r.root && r.options.Region != "" && len(g.open) == 0 && ev.Region().Type == r.options.Region {
			r.finish()
			return
		}
		g.endRegion(r.now())
	case trace.EventTaskBegin:
		r.beginTask(g, ev.Task())
	case trace.EventLog:
		r.said(g, ev.Log())
	}
}

func (r *recording) beginTask(g *goroutine, t trace.Task) {
	if len(g.regions) < maxMarks {
		r.tasks[t.ID] = task{g, len(g.regions)}
		g.regions = append(g.regions, notebook.Region{Name: clip(t.Type), Start: r.now(), End: -1})
	}
}

func (r *recording) endTask(id trace.TaskID) {
	if t, ok := r.tasks[id]; ok {
		t.goroutine.regions[t.region].End = r.now()
		delete(r.tasks, id)
	}
}

// said adds a message, or does what it asks for.
func (r *recording) said(g *goroutine, l trace.Log) {
	switch l.Category {
	case NameCategory:
		g.call(l.Message)
	case StartCategory:
		g.next = l.Message
	case EndCategory:
		if g.id == r.root {
			r.finish()
		}
	default:
		g.log(l.Category, l.Message, r.now())
	}
}
