package xray_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/exp/trace"

	"notebook"
)

// A scheduler makes up the trace of a cell with as many goroutines as a test
// wants, and knows what they did.
type scheduler struct {
	*script
	rand    *rand.Rand
	state   map[trace.GoID]notebook.State
	since   map[trace.GoID]trace.Time
	on      []trace.GoID // what runs, by processor
	totals  map[notebook.State]time.Duration
	preempt int
}

// set lets a goroutine that an event has just been emitted for change its state.
func (s *scheduler) set(g trace.GoID, state notebook.State) {
	if old, ok := s.state[g]; ok && s.at > s.since[g] {
		s.totals[old] += s.at.Sub(s.since[g])
	}
	s.since[g], s.state[g] = s.at, state
}

// step lets one goroutine do something that it can do now.
func (s *scheduler) step(g trace.GoID) {
	const stack = "runtime.chansend1 chan.go:1, main.f note.md:3"
	proc := int(g) % s.procs
	switch s.state[g] {
	case notebook.Ready:
		if s.on[proc] == 0 {
			s.run(g)
			s.set(g, notebook.Running)
			s.on[proc] = g
		}
	case notebook.Running:
		s.on[proc] = 0
		switch s.rand.IntN(3) {
		case 0:
			s.script.preempt(g)
			s.set(g, notebook.Ready)
			s.preempt++
		case 1:
			s.block(g, "chan send", stack)
			s.set(g, notebook.Sending)
		case 2:
			s.block(g, "sleep", "")
			s.set(g, notebook.Sleeping)
		}
	default:
		s.wake(s.on[s.rand.IntN(s.procs)], g, stack)
		s.set(g, notebook.Ready)
	}
	s.at += trace.Time(s.rand.ExpFloat64() * 5000)
}

// simulate returns the script of a cell in which so much happened.
func simulate(t testing.TB, seed uint64, goroutines, procs, steps int) *scheduler {
	s := &scheduler{
		script: newScript(t, procs), rand: rand.New(rand.NewPCG(seed, 0)), on: make([]trace.GoID, procs),
		state: map[trace.GoID]notebook.State{}, since: map[trace.GoID]trace.Time{}, totals: map[notebook.State]time.Duration{},
	}
	s.set(cell, notebook.Running)
	s.on[int(cell)%procs] = cell
	for i := range goroutines {
		g := cell + 1 + trace.GoID(i)
		s.born(cell, g, fmt.Sprintf("main.f%d note.md:3", i%9), "main.cell note.md:1")
		s.set(g, notebook.Ready)
	}
	for range steps {
		s.step(cell + trace.GoID(s.rand.IntN(goroutines+1)))
	}
	s.at += 5000
	s.region(cell, "cell", false)
	for g, state := range s.state {
		s.set(g, state)
	}
	return s
}

func TestRandom(t *testing.T) {
	for seed, test := range []struct{ goroutines, procs, steps int }{
		{0, 1, 10},
		{3, 2, 50},
		{15, 4, 300},
		{16, 2, 3000},
		{40, 8, 5000},
		{119, 16, 4000},
		{119, 3, 200},
		{120, 3, 500},
		{700, 5, 5000},
		{4, 2, 40000},
	} {
		t.Run(fmt.Sprint(test), func(t *testing.T) {
			s := simulate(t, uint64(seed), test.goroutines, test.procs, test.steps)
			got := s.reduce(scriptOptions)
			checkTotals(t, got, got.Wall)
			if diff := cmp.Diff(s.totals, got.Totals); diff != "" {
				t.Errorf("totals: wanted -, got +:\n%s", diff)
			}
			if got.Preempted != s.preempt || got.Peak != test.goroutines+1 || got.Procs != test.procs {
				t.Errorf("%d preempted, wanted %d; %d alive at once, %d processors", got.Preempted, s.preempt, got.Peak, got.Procs)
			}
			few := test.goroutines <= 16 || test.goroutines < 120 && test.steps < 1000
			many := test.goroutines >= 120
			if lanes := len(got.Lanes) > 0; few && !lanes || many && lanes {
				t.Errorf("%d lanes, %d groups", len(got.Lanes), len(got.Groups))
			}
			checkGroups(t, got)
		})
	}
}

// checkGroups compares the columns with the totals: they are rounded to a
// hundredth of a goroutine, or to three digits.
func checkGroups(t *testing.T, tl *notebook.Timeline) {
	t.Helper()
	if len(tl.Groups) == 0 {
		return
	}
	goroutines, sum, total := 0, 0.0, 0.0
	for _, g := range tl.Groups {
		goroutines += g.Goroutines
		for _, c := range g.Columns {
			for _, n := range c.Counts {
				sum += n * tl.Wall.Seconds() / float64(len(c.Counts))
			}
		}
	}
	for _, d := range tl.Totals {
		total += d.Seconds()
	}
	if goroutines != tl.Goroutines || sum < 0.98*total || sum > 1.02*total {
		t.Errorf("groups of %d goroutines, %v s in columns of %v s", goroutines, sum, total)
	}
}
