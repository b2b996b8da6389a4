package xray_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/exp/trace"

	"notebook"
)

func TestWaits(t *testing.T) {
	const note = ", main.cellǃ1 note.md:5"
	for _, test := range []struct {
		reason, stack string
		want          notebook.State
	}{
		{"chan send", "runtime.chansend1 chan.go:1" + note, notebook.Sending},
		{"chan receive", "runtime.chanrecv2 chan.go:1" + note, notebook.Receiving},
		{"select", "runtime.selectgo select.go:1" + note, notebook.Selecting},
		{"forever", "runtime.chansend1 chan.go:1" + note, notebook.Sending},
		{"forever", "runtime.chanrecv1 chan.go:1" + note, notebook.Receiving},
		{"forever", "runtime.block select.go:1" + note, notebook.Selecting},
		{"sync", "internal/sync.(*Mutex).lockSlow mutex.go:1, sync.(*Mutex).Lock mutex.go:2" + note, notebook.Locking},
		{"sync", "sync.(*RWMutex).RLock rwmutex.go:1" + note, notebook.Locking},
		{"sync", "sync.(*Mutex).Lock mutex.go:1, sync.(*Once).doSlow once.go:1" + note, notebook.Locking},
		{"sync", "sync.(*WaitGroup).Wait waitgroup.go:1" + note, notebook.WaitingAll},
		{"sync", "runtime.gcStart mgc.go:1" + note, notebook.Collecting},
		{"sync", "runtime.semacquire sema.go:1" + note, notebook.Waiting},
		{"sync.(*Cond).Wait", "sync.(*Cond).Wait cond.go:1" + note, notebook.WaitingCond},
		{"sleep", "time.Sleep sleep.go:1" + note, notebook.Sleeping},
		{"network", "internal/poll.(*FD).Read fd.go:1" + note, notebook.Networking},
		{"GC mark assist wait for work", "runtime.gcParkAssist mgc.go:1" + note, notebook.Collecting},
		{"preempted", "main.cell note.md:5", notebook.Collecting},
		{"what comes", "main.cell note.md:5", notebook.Waiting},
	} {
		s := newScript(t, 2)
		s.block(cell, test.reason, test.stack)
		s.wake(nobody, cell, "")
		s.run(cell)
		s.region(cell, "cell", false)
		want := []notebook.Slice{
			{Start: 0, End: 1000, State: notebook.Running, Proc: 1},
			{Start: 1000, End: 2000, State: test.want, Proc: -1, Line: 5},
			{Start: 2000, End: 3000, State: notebook.Ready, Proc: -1, Line: 5},
			{Start: 3000, End: 4000, State: notebook.Running, Proc: 1, Line: 5},
		}
		if diff := cmp.Diff(want, s.reduce(scriptOptions).Lanes[0].Slices); diff != "" {
			t.Errorf("%s at %s: wanted -, got +:\n%s", test.reason, test.stack, diff)
		}
	}
}

func TestWakes(t *testing.T) {
	lines := map[int]string{6: "	close(c)", 7: "	select {", 8: "} // of a function that defers", 9: "	f()"}
	for _, test := range []struct {
		waits, stack string
		want         notebook.WakeKind
		line         int
	}{
		{"chan receive", "runtime.chansend1 chan.go:1, main.f note.md:3", notebook.BySend, 3},
		{"chan send", "runtime.chanrecv1 chan.go:1, main.f note.md:3", notebook.ByReceive, 3},
		{"chan receive", "main.f note.md:6", notebook.ByClose, 6},
		{"chan receive", "main.f note.md:7", notebook.BySelect, 7},
		{"chan receive", "main.f note.md:8", notebook.ByClose, 8},
		{"chan receive", "main.f note.md:9", notebook.ByOther, 9},
		{"chan send", "main.f note.md:9", notebook.BySelect, 9},
		{"select", "context.(*cancelCtx).cancel context.go:1, main.f note.md:3", notebook.ByClose, 3},
		{"sync", "sync.(*Mutex).Unlock mutex.go:1, main.f note.md:3", notebook.ByUnlock, 3},
		{"sync", "sync.(*RWMutex).RUnlock rwmutex.go:1, main.f note.md:3", notebook.ByUnlock, 3},
		{"sync", "sync.(*WaitGroup).Add waitgroup.go:1, sync.(*WaitGroup).Go.func1 waitgroup.go:2", notebook.ByDone, 0},
		{"sync.(*Cond).Wait", "sync.(*Cond).Signal cond.go:1, main.f note.md:3", notebook.BySignal, 3},
		{"select", "reflect.rselect select.go:1, interp.f run.go:1", notebook.BySelect, 0},
	} {
		s := newScript(t, 2)
		s.born(cell, 8, "main.f note.md:2", "main.cell note.md:1")
		s.block(cell, test.waits, "main.cell note.md:4")
		s.run(8)
		s.wake(8, cell, test.stack)
		s.run(cell)
		s.region(cell, "cell", false)
		o := scriptOptions
		o.Code = func(line int) string { return lines[line] }
		want := []notebook.Wake{{At: 4000, From: 8, To: 7, Kind: test.want, Line: test.line}}
		if diff := cmp.Diff(want, s.reduce(o).Wakes); diff != "" {
			t.Errorf("%s by %s: wanted -, got +:\n%s", test.waits, test.stack, diff)
		}
	}
}

// Of many wakes those that are kept are spread over the whole time, however
// often they were thinned out while the trace was read.
func TestWakesAreSpread(t *testing.T) {
	s := newScript(t, 2)
	s.born(cell, 8, "main.f note.md:2", "main.cell note.md:1")
	for range 6000 { // more than are kept while reading
		s.block(cell, "chan receive", "main.cell note.md:4")
		s.run(8)
		s.wake(8, cell, "runtime.chansend1 chan.go:1, main.f note.md:3")
		s.block(8, "chan receive", "main.f note.md:3")
		s.run(cell)
		s.wake(cell, 8, "runtime.chansend1 chan.go:1, main.cell note.md:4")
	}
	s.region(cell, "cell", false)
	tl := s.reduce(scriptOptions)
	early := 0
	for _, w := range tl.Wakes {
		if w.At < tl.Wall/2 {
			early++
		}
	}
	if all := len(tl.Wakes); early < all*2/5 || early > all*3/5 {
		t.Errorf("%d of %d wakes are in the first half", early, all)
	}
}

func TestNames(t *testing.T) {
	const creator = "main.cellǃ2 note.md:41"
	for _, test := range []struct {
		start, creator, want string
		line                 int
	}{
		{"main.worker note.md:3", creator, "worker", 41},
		{"main.workerǃ3 note.md:3", creator, "worker", 41},
		{"main.initǃ1_1 note.md:3", creator, "init", 41},
		{"main.(*Pool).run note.md:3", creator, "Pool.run", 41},
		{"main.Pool.run-fm note.md:3", creator, "Pool.run", 41},
		{"main.work[...] note.md:3", creator, "work", 41},
		{"main.(*Stack[go.shape.int]).drain note.md:3", creator, "Stack.drain", 41},
		{"main.cellǃ2.func1 note.md:42", creator, "line 41", 41},
		{"main.worker.func2.1 note.md:42", creator, "line 41", 41},
		{"main.cellǃ2.gowrap1 note.md:42", creator, "line 41", 41},
		{"main.cell-range1 note.md:42", creator, "line 41", 41},
		{"main.glob..func1 note.md:42", creator, "line 41", 41},
		{"sync.(*WaitGroup).Go.func1 waitgroup.go:2", "sync.(*WaitGroup).Go waitgroup.go:3, " + creator, "line 41", 41},
		{"runtime.corostart coro.go:1", "iter.Pull[...] iter.go:1, " + creator, "line 41", 41},
		{"io.Copy io.go:1", creator, "io.Copy", 41},
		{"net/http.(*conn).serve server.go:1", "net/http.(*Server).Serve server.go:9, " + creator, "http.conn.serve", 41},
		{"gopkg.in/pool.v2.(*P[net/http.Client]).loop p.go:1", creator, "pool.v2.P.loop", 41},
		{"context.AfterFunc.func1 context.go:1", "context.x context.go:2", "context.AfterFunc.func1", 0},
	} {
		s := newScript(t, 2)
		s.born(cell, 8, test.start, test.creator)
		s.region(cell, "cell", false)
		lane := s.reduce(scriptOptions).Lanes[1]
		if lane.Name != test.want || lane.Line != test.line || lane.Parent != 7 {
			t.Errorf("%s: %q started in line %d by %d; wanted %q, %d", test.start, lane.Name, lane.Line, lane.Parent, test.want, test.line)
		}
	}
}

// TestOwn tells the goroutines of a cell from others.
func TestOwn(t *testing.T) {
	s := newScript(t, 2)
	s.born(cell, 8, "main.f note.md:3", "main.cell note.md:1")
	s.born(cell, 9, "runtime.gcBgMarkWorker mgc.go:1", "runtime.gcStart mgc.go:2, main.cell note.md:1")
	s.born(nobody, 10, "main.cell.func1 note.md:4", "")       // a timer
	s.born(nobody, 11, "net.lookup net.go:1", "")             // somebody's timer
	s.born(3, 12, "main.other note.md:9", "main.x note.md:9") // of an earlier cell
	s.born(8, 13, "main.g note.md:5", "main.f note.md:3")     // grandchild
	s.born(9, 14, "runtime.bgsweep mgc.go:1", "runtime.x mgc.go:1")
	s.region(cell, "cell", false)
	s.born(8, 15, "main.late note.md:6", "main.f note.md:3")
	type lane struct {
		ID, Parent int64
		Name       string
	}
	var got []lane
	for _, l := range s.reduce(scriptOptions).Lanes {
		got = append(got, lane{l.ID, l.Parent, l.Name})
	}
	want := []lane{{7, 0, "cell"}, {8, 7, "f"}, {10, 0, "line 4"}, {13, 8, "g"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("wanted -, got +:\n%s", diff)
	}
}

// TestOutlives ends goroutines after their cell and before the recording: one
// that was waiting, and went on doing so, was alive.
func TestOutlives(t *testing.T) {
	for _, test := range []struct {
		state string
		later trace.Time // ns after the cell
		want  bool
	}{
		{"waits", 5_000_000, true},
		{"waits", 100_000, false}, // the cell closed what it waited for
		{"new", 5_000_000, true},
		{"new", 100_000, false},
		{"runs", 5_000_000, false}, // it was about to end, on a busy machine
	} {
		s := newScript(t, 2)
		s.born(cell, 8, "main.f note.md:3", "main.cell note.md:1")
		if test.state != "new" {
			s.run(8)
		}
		if test.state == "waits" {
			s.block(8, "sleep", "main.f note.md:4")
		}
		s.region(cell, "cell", false)
		s.at += test.later
		if test.state == "waits" {
			s.wake(nobody, 8, "")
		}
		if test.state != "runs" {
			s.run(8)
		}
		s.die(8)
		if got := s.reduce(scriptOptions).Lanes[1].Alive; got != test.want {
			t.Errorf("%+v: alive %v", test, got)
		}
	}
}

// TestAlive ends a cell while one goroutine waits and one is about to end.
func TestAlive(t *testing.T) {
	s := newScript(t, 2)
	s.born(cell, 8, "main.leaks note.md:3", "main.cell note.md:1")
	s.born(cell, 9, "main.ends note.md:3", "main.cell note.md:1")
	s.block(cell, "chan receive", "main.cell note.md:2")
	s.run(8)
	s.block(8, "chan send", "main.leaks note.md:4")
	s.run(9)
	s.wake(9, cell, "")
	s.run(cell)
	s.region(cell, "cell", false)
	s.die(9)
	s.die(cell)
	got := s.reduce(scriptOptions)
	for i, alive := range []bool{false, true, false} {
		if l := got.Lanes[i]; l.Alive != alive || l.End != got.Wall {
			t.Errorf("%s: alive %v, end %v", l.Name, l.Alive, l.End)
		}
	}
	if got.Goroutines != 3 || got.Peak != 3 {
		t.Errorf("%d goroutines, %d at once", got.Goroutines, got.Peak)
	}
}

// TestEnd reduces traces that end before the cell: it was stopped, or the cell
// waits for ever.
func TestEnd(t *testing.T) {
	s := newScript(t, 2)
	s.block(cell, "chan receive", "main.cell note.md:2")
	for _, test := range []struct {
		wall, wantWall, wantCut time.Duration
		alive                   bool
	}{
		{0, 1000, 0, true},
		{5000, 5000, 1000, false},
		{500, 1000, 0, true},
	} {
		o := scriptOptions
		o.Wall = test.wall
		got := s.reduce(o)
		if got.Wall != test.wantWall || got.Cut != test.wantCut || got.Lanes[0].Alive != test.alive || got.Lanes[0].End != 1000 {
			t.Errorf("measured %v: wall %v, cut %v, lane %+v", test.wall, got.Wall, got.Cut, got.Lanes[0])
		}
	}
}

// TestEndOfGroups reduces a recording that stopped before its cell ended: the
// columns hold what was recorded, in which the cell is in one state at a time.
func TestEndOfGroups(t *testing.T) {
	s := newScript(t, 2)
	for g := range trace.GoID(200) {
		s.born(cell, 100+g, "main.cell.func1 note.md:2", "main.cell note.md:2")
	}
	o := scriptOptions
	o.Wall = time.Second
	got := s.reduce(o)
	if got.Cut == 0 || len(got.Groups) != 2 {
		t.Fatalf("cut at %v, %d groups", got.Cut, len(got.Groups))
	}
	ran := got.Groups[1].Columns[0]
	if ran.State != notebook.Running || slices.Min(ran.Counts) < 0.99 {
		t.Errorf("%s: %v", ran.State, ran.Counts)
	}
}

// TestProgram reduces the trace of a program, which has no region.
func TestProgram(t *testing.T) {
	s := &script{t: t, procs: 2, at: 1000}
	s.move(5, 5, trace.GoUndetermined, trace.GoRunning, "", "")
	s.move(1, 1, trace.GoUndetermined, trace.GoRunning, "", "")
	s.born(1, 18, "main.worker main.go:3", "main.main main.go:9")
	s.block(1, "chan receive", "main.main main.go:10")
	o := scriptOptions
	o.Region, o.Note = "", ""
	o.Line = func(file string, line int) int {
		if file == "main.go" {
			return line + 100
		}
		return 0
	}
	got := s.reduce(o)
	if len(got.Lanes) != 2 || got.Lanes[0].Name != "main" || got.Lanes[1].Name != "worker" || got.Lanes[1].Line != 109 {
		t.Errorf("lanes %+v", got.Lanes)
	}
	if !got.Lanes[0].Alive || !got.Lanes[1].Alive {
		t.Error("the program waits for ever, and does not look so")
	}
	s.wake(18, 1, "")
	s.run(1)
	if got := s.reduce(o); got.Lanes[0].Alive || !got.Lanes[1].Alive {
		t.Error("the program ended, and does not look so")
	}
}

// TestProcsGrow changes GOMAXPROCS within the cell.
func TestProcsGrow(t *testing.T) {
	s := newScript(t, 1)
	for _, n := range []uint64{4, 2} {
		emit(s, trace.EventMetric, cell, "", trace.Metric{Name: "/sched/gomaxprocs:threads", Value: trace.Uint64Value(n)})
	}
	s.region(cell, "cell", false)
	if got := s.reduce(scriptOptions); got.Procs != 4 {
		t.Errorf("%d processors", got.Procs)
	}
}

// TestCollector follows what the garbage collector makes a goroutine do.
func TestCollector(t *testing.T) {
	s := newScript(t, 2)
	none := trace.Range{Name: "GC concurrent mark phase"}
	assist := trace.Range{Name: "GC mark assist", Scope: trace.MakeResourceID(cell)}
	emit(s, trace.EventRangeBegin, cell, "", none)
	emit(s, trace.EventRangeBegin, cell, "", assist)
	s.preempt(cell)
	s.run(cell)
	emit(s, trace.EventRangeEnd, cell, "", assist)
	emit(s, trace.EventRangeEnd, cell, "", none)
	emit(s, trace.EventRangeBegin, cell, "", none)
	s.region(cell, "cell", false)
	got := s.reduce(scriptOptions)
	want := &notebook.Timeline{
		Totals:    map[notebook.State]time.Duration{notebook.Running: 5000, notebook.Ready: 1000, notebook.Collecting: 2000},
		GC:        []notebook.Span{{Start: 1000, End: 6000}, {Start: 7000, End: 8000}},
		Running:   []notebook.Step{{At: 0, Count: 1}, {At: 2000, Count: 0}, {At: 5000, Count: 1}},
		Preempted: 1,
	}
	if diff := cmp.Diff(want, &notebook.Timeline{Totals: got.Totals, GC: got.GC, Running: got.Running, Preempted: got.Preempted}); diff != "" {
		t.Errorf("wanted -, got +:\n%s", diff)
	}
}
