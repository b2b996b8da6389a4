package xray_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"notebook"
	"notebook/runner/xray"
	"notebook/runner/xray/internal/samples"
)

// check fails the test where a timeline is not what every timeline is.
func check(t testing.TB, tl *notebook.Timeline) {
	t.Helper()
	data, err := json.Marshal(tl)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > xray.MaxJSON {
		t.Errorf("%d bytes of JSON", len(data))
	}
	if tl.Wall < 0 || tl.Cut < 0 || tl.Cut > tl.Wall || tl.Peak > tl.Goroutines || tl.PeakRunning > tl.Procs {
		t.Errorf("header %+v", *tl)
	}
	if len(tl.Lanes) > 0 && len(tl.Lanes) != tl.Goroutines {
		t.Errorf("%d lanes of %d goroutines", len(tl.Lanes), tl.Goroutines)
	}
	if len(tl.Lanes) == 0 && len(tl.Groups) == 0 {
		t.Error("neither lanes nor groups")
	}
	for _, l := range tl.Lanes {
		checkLane(t, tl, l)
	}
	for i, w := range tl.Wakes {
		if w.At < 0 || w.At > tl.Wall || i > 0 && w.At < tl.Wakes[i-1].At {
			t.Errorf("wake %+v", w)
		}
	}
	checkRunning(t, tl)
}

func checkLane(t testing.TB, tl *notebook.Timeline, l notebook.Lane) {
	t.Helper()
	at := l.Born
	for _, s := range l.Slices {
		if s.Start != at || s.End <= s.Start || s.Mixed < 0 || s.Mixed > s.End-s.Start || s.Proc >= max(tl.Procs, 1<<20) {
			t.Errorf("%s: slice %+v after %v", l.Name, s, at)
		}
		at = s.End
	}
	if at != l.End || l.End > tl.Wall {
		t.Errorf("%s: slices end at %v, not at %v", l.Name, at, l.End)
	}
	for i, r := range l.Regions {
		if r.Start < l.Born || r.End < r.Start || r.End > tl.Wall || i > 0 && r.Start < l.Regions[i-1].Start {
			t.Errorf("%s: region %+v", l.Name, r)
		}
	}
}

// checkRunning checks the steps, whose sum is the running time exactly.
func checkRunning(t testing.TB, tl *notebook.Timeline) {
	t.Helper()
	end := tl.Wall
	if tl.Cut > 0 {
		end = tl.Cut
	}
	var sum time.Duration
	for i, s := range tl.Running {
		until := end
		if i+1 < len(tl.Running) {
			until = tl.Running[i+1].At
		}
		if s.Count < 0 || s.Count > tl.Procs || until < s.At {
			t.Errorf("step %+v until %v", s, until)
		}
		sum += (until - s.At) * time.Duration(s.Count)
	}
	if sum != tl.Totals[notebook.Running] {
		t.Errorf("steps: %v running, total: %v", sum, tl.Totals[notebook.Running])
	}
}

// checkTotals compares the totals with the slices. All times together, and the
// running ones, agree exactly. The rest of a slice that is merged counts for
// the longest state, which is wrong by less than two pixels.
func checkTotals(t testing.TB, tl *notebook.Timeline, pixel time.Duration) {
	t.Helper()
	if len(tl.Lanes) == 0 {
		return
	}
	sums := map[notebook.State]time.Duration{}
	var all, total, wrong time.Duration
	for _, l := range tl.Lanes {
		for _, s := range l.Slices {
			d := s.End - s.Start
			all += d
			switch {
			case s.State == notebook.Running && s.Mixed > 0:
				sums[s.State] += s.Mixed
			default:
				sums[notebook.Running] += s.Mixed
				sums[s.State] += d - s.Mixed
			}
			if d < 2*pixel {
				wrong += d
			}
		}
	}
	for state, d := range tl.Totals {
		total += d
		if off := (sums[state] - d).Abs(); off > wrong || state == notebook.Running && off > 0 {
			t.Errorf("%s: %v in slices, %v in all", state, sums[state], d)
		}
	}
	if all != total {
		t.Errorf("slices: %v; totals: %v", all, total)
	}
}

func TestProperties(t *testing.T) {
	for name, data := range stored(t) {
		t.Run(name, func(t *testing.T) {
			first := reduce(t, data, options)
			check(t, first)
			checkTotals(t, first, first.Wall/500)
			a, err := json.Marshal(first)
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(reduce(t, data, options))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(a, b) {
				t.Error("the same trace gave two timelines")
			}
		})
	}
}

func TestFreshRecordings(t *testing.T) {
	for _, s := range samples.All() {
		t.Run(s.Name, func(t *testing.T) {
			data, err := samples.Record(s)
			if err != nil {
				t.Skip("this process is traced already: ", err)
			}
			tl := reduce(t, data, options)
			check(t, tl)
			checkTotals(t, tl, tl.Wall/500)
		})
	}
}

// long exchanges a great many messages among several goroutines.
var long = samples.Sample{Name: "long", Run: func(*samples.Recording) {
	ring := make([]chan int, 16)
	for i := range ring {
		ring[i] = make(chan int)
	}
	for i := range len(ring) - 1 {
		go func() {
			defer close(ring[i+1])
			for n := range ring[i] {
				ring[i+1] <- n
			}
		}()
	}
	go func() {
		defer close(ring[0])
		for n := range 6000 {
			ring[0] <- n
		}
	}()
	for range ring[len(ring)-1] {
	}
}}

// TestLongTrace reduces more than is kept in full.
func TestLongTrace(t *testing.T) {
	data, err := samples.Record(long)
	if err != nil {
		t.Skip("this process is traced already: ", err)
	}
	tl := reduce(t, data, options)
	check(t, tl)
	checkTotals(t, tl, tl.Wall)
	if tl.Events < 200_000 || len(tl.Lanes) != 17 {
		t.Errorf("%d events, %d lanes", tl.Events, len(tl.Lanes))
	}
}

// TestTruncated cuts traces everywhere.
func TestTruncated(t *testing.T) {
	for name, data := range stored(t) {
		for end := 0; end < len(data); end += 1 + len(data)/97 {
			tl, err := xray.Reduce(bytes.NewReader(data[:end]), options)
			if err != nil {
				continue
			}
			check(t, tl)
			if !t.Failed() {
				continue
			}
			t.Fatalf("%s, cut at %d of %d bytes", name, end, len(data))
		}
	}
}
