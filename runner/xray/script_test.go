package xray_test

import (
	"hash/fnv"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/exp/trace"

	"notebook"
	"notebook/runner/xray"
)

// A script is a trace that a test writes: a cell that goroutine 7 runs on
// processor 0. Goroutines that run do so on the processor of their number,
// modulo procs.
type script struct {
	t      testing.TB
	events []trace.Event
	procs  int
	at     trace.Time
}

const (
	cell   = trace.GoID(7)
	nobody = trace.NoGoroutine
)

var scriptOptions = xray.Options{Region: "cell", Note: "note.md"}

func newScript(t testing.TB, procs int) *script {
	s := &script{t: t, procs: procs, at: 1000}
	emit(s, trace.EventMetric, nobody, "", trace.Metric{Name: "/sched/gomaxprocs:threads", Value: trace.Uint64Value(uint64(procs))})
	s.region(cell, "cell", true)
	return s
}

// emit appends an event that a goroutine caused, a microsecond after the last.
func emit[T trace.EventDetails](s *script, kind trace.EventKind, by trace.GoID, stack string, details T) {
	s.t.Helper()
	s.at += 1000
	c := trace.EventConfig[T]{Time: s.at, Kind: kind, Goroutine: by, Proc: trace.NoProc, Thread: 1, Details: details}
	if tr, ok := any(details).(trace.StateTransition); ok && tr.Resource.Kind == trace.ResourceGoroutine {
		by = tr.Resource.Goroutine()
	}
	if by != nobody {
		c.Proc = trace.ProcID(int(by) % s.procs)
	}
	if stack != "" {
		c.Stack = stackOf(stack)
	}
	ev, err := trace.MakeEvent(c)
	if err != nil {
		s.t.Fatal(err)
	}
	s.events = append(s.events, ev)
}

// stackOf returns the stack of "function file:line" entries, innermost first,
// which commas part.
func stackOf(text string) trace.Stack {
	var frames []trace.StackFrame
	for entry := range strings.SplitSeq(text, ", ") {
		pc := fnv.New32()
		_, _ = pc.Write([]byte(entry))
		function, place, _ := strings.Cut(entry, " ")
		file, line, _ := strings.Cut(place, ":")
		n, _ := strconv.ParseUint(line, 10, 64)
		frames = append(frames, trace.StackFrame{PC: uint64(pc.Sum32()), Func: function, File: file, Line: n})
	}
	return trace.MakeStack(frames)
}

func (s *script) move(by, g trace.GoID, from, to trace.GoState, reason, stack string) {
	s.t.Helper()
	tr := trace.MakeGoStateTransition(g, from, to)
	tr.Reason = reason
	emit(s, trace.EventStateTransition, by, stack, tr)
}

// born lets a goroutine start another one.
func (s *script) born(by, g trace.GoID, start, creator string) {
	s.t.Helper()
	tr := trace.MakeGoStateTransition(g, trace.GoNotExist, trace.GoRunnable)
	tr.Stack = stackOf(start)
	emit(s, trace.EventStateTransition, by, creator, tr)
}

func (s *script) run(g trace.GoID) {
	s.move(nobody, g, trace.GoRunnable, trace.GoRunning, "", "")
}

func (s *script) block(g trace.GoID, reason, stack string) {
	s.move(g, g, trace.GoRunning, trace.GoWaiting, reason, stack)
}

func (s *script) wake(by, g trace.GoID, stack string) {
	s.move(by, g, trace.GoWaiting, trace.GoRunnable, "", stack)
}

func (s *script) preempt(g trace.GoID) {
	s.move(g, g, trace.GoRunning, trace.GoRunnable, "preempted", "")
}

func (s *script) die(g trace.GoID) { s.move(g, g, trace.GoRunning, trace.GoNotExist, "", "") }

func (s *script) region(g trace.GoID, name string, begins bool) {
	kind := trace.EventRegionEnd
	if begins {
		kind = trace.EventRegionBegin
	}
	emit(s, kind, g, "", trace.Region{Type: name})
}

// reduce returns the timeline, checked as all are.
func (s *script) reduce(o xray.Options) *notebook.Timeline {
	s.t.Helper()
	tl := xray.ReduceEvents(o, s.events)
	if tl == nil {
		s.t.Fatal("no cell")
	}
	check(s.t, tl)
	return tl
}
