package renderer

import "testing"

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
