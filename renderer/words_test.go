package renderer

import (
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	tests := map[time.Duration]string{
		-1:                        "0 ns",
		0:                         "0 ns",
		850:                       "850 ns",
		1500:                      "1.50 µs",
		999_400:                   "999 µs",
		999_600:                   "1.00 ms",
		9_996_000:                 "10.0 ms",
		12_345_678:                "12.3 ms",
		999_600_000:               "1.00 s",
		1_830_000_000:             "1.83 s",
		59_940 * time.Millisecond: "59.9 s",
		59_960 * time.Millisecond: "1 min 0 s",
		125 * time.Second:         "2 min 5 s",
	}
	for d, want := range tests {
		if got := duration(d); got != want {
			t.Errorf("%d ns: %q, want %q", d, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	tests := map[int64]string{0: "0 bytes", 999: "999 bytes", 1000: "1.00 kB", 999_600: "1.00 MB", 123_456_789: "123 MB", 12_340_000_000: "12.34 GB"}
	for n, want := range tests {
		if got := size(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	tests := map[int]string{0: "0 lines", 1: "1 line", 999: "999 lines", 1204: "1,204 lines", 1234567: "1,234,567 lines"}
	for n, want := range tests {
		if got := count(n, "line"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

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
