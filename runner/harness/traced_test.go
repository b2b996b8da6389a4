package harness_test

import (
	"slices"
	"testing"
	"time"

	"notebook"
	"notebook/runner/harness"
	"notebook/runner/process"
)

// tracedCells are the cells of the program traced, in its order.
var tracedCells = []string{"pool", "stuck", "nap", "endless", "long", "collects", "own", "leaves", "fan-out", "workers", "pipeline", "sleepers", "open"}

// tracedNote returns the note that the program traced pretends to come from.
func tracedNote(trace notebook.Switch) *notebook.Note {
	note := &notebook.Note{Name: "notes/note.md"}
	for i, l := range tracedCells {
		cell := testCell(l, i+1)
		cell.Options.Trace = trace
		note.Cells = append(note.Cells, cell)
	}
	return note
}

// record runs a cell of the program traced in a process of its own and returns
// its timeline and its end.
func record(t *testing.T, label string, timeout time.Duration) (*notebook.Traced, notebook.Finished) {
	t.Helper()
	note := tracedNote(notebook.SwitchOn)
	p, err := harness.Start(t.Context(), harness.Setup{Note: note}, process.Command{Path: build(t, "traced")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}()
	var traced *notebook.Traced
	var finished notebook.Finished
	// The error tells that the process has ended, which the outcome tells too.
	_ = p.Run(t.Context(), note.Cell(label), timeout, func(e notebook.Event) error {
		switch b := e.Body.(type) {
		case notebook.Traced:
			traced = &b
		case notebook.Finished:
			finished = b
		}
		return nil
	})
	return traced, finished
}

func TestTraced(t *testing.T) {
	traced, f := record(t, "pool", time.Minute)
	if traced == nil || f.Outcome != notebook.OK {
		t.Fatalf("%+v, %+v", traced, f)
	}
	tl := traced.Timeline
	if tl.Goroutines != 4 || len(tl.Lanes) != 4 || tl.Cut != 0 || tl.Peak != 4 {
		t.Errorf("timeline %+v", tl)
	}
	for _, l := range tl.Lanes[1:] {
		if l.Line != 103 || l.Alive {
			t.Errorf("lane %+v", l)
		}
	}
	if tl.Totals[notebook.Sleeping] < 3*time.Millisecond || tl.Wall < time.Millisecond {
		t.Errorf("slept %v in %v", tl.Totals[notebook.Sleeping], tl.Wall)
	}
	if f.Started < 3 || f.Threads == 0 {
		t.Errorf("measured %+v", f.Scheduling)
	}
}

// What a recording tells is known also when the cell does not end.
func TestTracedEnds(t *testing.T) {
	for _, test := range []struct {
		label   string
		timeout time.Duration
		outcome notebook.Outcome
		lanes   int
	}{
		{"stuck", time.Minute, notebook.Deadlock, 2},
		{"nap", time.Minute, notebook.OK, 2},
		{"endless", 200 * time.Millisecond, notebook.Timeout, 2},
		{"leaves", time.Minute, notebook.OK, 4},
	} {
		t.Run(test.label, func(t *testing.T) {
			t.Parallel()
			traced, f := record(t, test.label, test.timeout)
			if f.Outcome != test.outcome {
				t.Errorf("ended with %s", f.Outcome)
			}
			if traced == nil {
				t.Fatal("no timeline")
			}
			alive := 0
			for _, l := range traced.Timeline.Lanes {
				if l.Alive {
					alive++
				}
			}
			if n := len(traced.Timeline.Lanes); n != test.lanes {
				t.Errorf("%d lanes: %+v", n, traced.Timeline.Lanes)
			}
			if ended := f.Outcome == notebook.OK; ended != (traced.Timeline.Cut == 0) {
				t.Errorf("cut at %v", traced.Timeline.Cut)
			}
			if test.label == "leaves" && alive != 3 {
				t.Errorf("%d goroutines are alive", alive)
			}
		})
	}
}

// A recording stops at its limit, and the cell goes on.
func TestTracedLong(t *testing.T) {
	traced, f := record(t, "long", time.Minute)
	if f.Outcome != notebook.OK || traced == nil {
		t.Fatalf("%+v, %+v", traced, f)
	}
	if cut := traced.Timeline.Cut; cut <= 0 || cut >= f.Wall {
		t.Errorf("cut at %v of %v", cut, f.Wall)
	}
}

// What the recording and the runtime start is not counted as the cell's.
func TestStarted(t *testing.T) {
	for label, want := range map[string]int64{"pool": 3, "long": 1, "collects": 0} {
		if _, f := record(t, label, time.Minute); f.Started != want {
			t.Errorf("%s started %d goroutines, want %d", label, f.Started, want)
		}
	}
}

// A region that a cell leaves open does not hide the end of the cell.
func TestTracedOpenRegion(t *testing.T) {
	traced, f := record(t, "open", time.Minute)
	if traced == nil || f.Outcome != notebook.OK || traced.Timeline.Cut != 0 || len(traced.Timeline.Lanes) != 2 {
		t.Errorf("%+v, %+v", traced, f)
	}
}

// A cell that records itself finds that somebody does already.
func TestTracedTwice(t *testing.T) {
	traced, f := record(t, "own", time.Minute)
	if f.Outcome != notebook.OK || traced == nil {
		t.Errorf("%+v, %+v", traced, f)
	}
}

// BenchmarkRecording runs cells with and without a recording, in turns, and
// prints the median of the ratios of their wall times, each of two runs that
// follow one another, since a machine does not keep its pace for long; and how
// much of what the timelines draw as running is accounted for.
func BenchmarkRecording(b *testing.B) {
	notes := map[notebook.Switch]*notebook.Note{
		notebook.SwitchOn: tracedNote(notebook.SwitchOn), notebook.SwitchOff: tracedNote(notebook.SwitchOff),
	}
	for _, label := range []string{"fan-out", "workers", "pipeline", "sleepers"} {
		b.Run(label, func(b *testing.B) {
			p, err := harness.Start(b.Context(), harness.Setup{Note: notes[notebook.SwitchOn]}, process.Command{Path: build(b, "traced")})
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = p.Close() }()
			var ratios, honesty []float64
			for b.Loop() {
				walls := map[notebook.Switch]float64{}
				for trace, note := range notes { // in no fixed order
					wall, honest := measure(b, p, note.Cell(label))
					walls[trace] = wall
					if trace == notebook.SwitchOn {
						honesty = append(honesty, honest)
					}
				}
				ratios = append(ratios, walls[notebook.SwitchOn]/walls[notebook.SwitchOff])
			}
			b.ReportMetric(median(ratios), "traced/plain")
			b.ReportMetric(median(honesty), "honesty")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// measure returns the wall time of a run in seconds and the honesty of its
// timeline.
func measure(b *testing.B, p *harness.Process, cell *notebook.Cell) (wall, honesty float64) {
	err := p.Run(b.Context(), cell, time.Minute, func(e notebook.Event) error {
		switch body := e.Body.(type) {
		case notebook.Traced:
			honesty = body.Honesty
		case notebook.Finished:
			wall = body.Wall.Seconds()
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return wall, honesty
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
