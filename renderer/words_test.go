package renderer

import (
	"slices"
	"testing"
	"time"

	"notebook"
)

func TestBusy(t *testing.T) {
	tests := map[float64]string{
		0: "waiting nearly all the time", 0.3: "0.3 of a core busy", 0.96: "1 core busy", 1.04: "1 core busy", 1.94: "1.9 cores busy",
	}
	for ratio, want := range tests {
		if got := busy(ratio); got != want {
			t.Errorf("%v: %q, want %q", ratio, got, want)
		}
	}
}

func TestCellNames(t *testing.T) {
	tests := []struct {
		labels []string
		want   string
	}{
		{[]string{"cell-3"}, "cell 3"},
		{[]string{"pool", "cell-1"}, "cells pool and 1"},
		{[]string{"a", "b", "c"}, "cells a, b and c"},
	}
	for _, test := range tests {
		if got := cellNames(test.labels); got != test.want {
			t.Errorf("%v: %q, want %q", test.labels, got, test.want)
		}
	}
}

func TestDurationWords(t *testing.T) {
	tests := map[string]string{
		"31.913554ms": "31.9\u00a0ms", "5ms": "5.00\u00a0ms", "1.5µs": "1.50\u00a0µs", "2m5s": "2\u00a0min\u00a05\u00a0s",
		"": "", "0s": "", "-5ms": "", "5": "", "0.005s": "", "31.9 ms": "", "ms": "",
	}
	for text, want := range tests {
		if got := durationWords(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestTimes asks for the ratio of CPU time and wall time only of runs that are
// long enough for one.
func TestTimes(t *testing.T) {
	const ms = time.Millisecond
	for _, test := range []struct {
		wall, cpu time.Duration
		words     string
		row       bool
	}{
		{260, 3 * time.Microsecond, "260 ns wall, 3.00 µs CPU", false},
		{ms - 1, ms, "1.00 ms wall, 1.00 ms CPU", false},
		{10 * ms, 19 * ms, "10.0 ms wall, 19.0 ms CPU: 1.9 cores busy", true},
		{10 * ms, 0, "10.0 ms wall, 0 ns CPU: waiting nearly all the time", true},
	} {
		m := notebook.Measurement{Wall: test.wall, CPU: test.cpu, RunDelay: time.Microsecond, Parallelism: float64(test.cpu) / float64(test.wall)}
		if got := times(m); got != test.words {
			t.Errorf("%s of %s: %s, want %s", test.cpu, test.wall, got, test.words)
		}
		rows := measurementRows(&notebook.CellRun{Finished: &notebook.Finished{Measurement: m}})
		for _, name := range []string{"CPU / wall", "threads waited for a core"} {
			if got := slices.ContainsFunc(rows, func(r measured) bool { return r.name == name }); got != test.row {
				t.Errorf("%s of %s: a row %q %t, want %t", test.cpu, test.wall, name, got, test.row)
			}
		}
	}
}
