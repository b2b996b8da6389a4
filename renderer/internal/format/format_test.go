package format_test

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"notebook/renderer/internal/format"
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
		if got := format.Duration(d); got != want {
			t.Errorf("%d ns: %q, want %q", d, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	tests := map[int64]string{0: "0 bytes", 999: "999 bytes", 1000: "1.00 kB", 999_600: "1.00 MB", 123_456_789: "123 MB", 12_340_000_000: "12.34 GB"}
	for n, want := range tests {
		if got := format.Size(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	tests := map[int]string{0: "0 lines", 1: "1 line", 999: "999 lines", 1204: "1,204 lines", 1234567: "1,234,567 lines"}
	for n, want := range tests {
		if got := format.Count(n, "line"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	tests := map[int]string{0: "0", -1: "-1", -123: "-123", -1234: "-1,234", 12345: "12,345"}
	for n, want := range tests {
		if got := format.Number(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestPercent(t *testing.T) {
	tests := map[float64]string{
		0: "0 %", -1: "0 %", math.NaN(): "0 %", 0.001: "less than 1 %", 0.0051: "1 %", 0.314: "31 %",
		0.994: "99 %", 0.996: "more than 99 %", 1: "100 %", 1.5: "150 %", math.Inf(1): "100000000 %",
	}
	for share, want := range tests {
		if got := strings.ReplaceAll(format.Percent(share), "\u00a0", " "); got != want {
			t.Errorf("%v: %q, want %q", share, got, want)
		}
	}
}

func TestUnbroken(t *testing.T) {
	if got, want := format.Unbroken("2 min 5 s"), "2\u00a0min\u00a05\u00a0s"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestList(t *testing.T) {
	tests := []struct {
		words []string
		want  string
	}{{nil, ""}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a and b"}, {[]string{"a", "b", "c"}, "a, b and c"}}
	for _, test := range tests {
		if got := format.List(test.words); got != test.want {
			t.Errorf("%q: %q, want %q", test.words, got, test.want)
		}
	}
}

func TestShorten(t *testing.T) {
	for s, n := range map[string]int{"worker": 6, "processOrders #12": 12, "äöüäöüäöü": 4, "x": 1, "xyz": 1} {
		got := format.Shorten(s, n)
		if utf8.RuneCountInString(got) > n || !utf8.ValidString(got) {
			t.Errorf("%q in %d characters: %q", s, n, got)
		}
	}
	if got, want := format.Shorten("processOrders #12", 12), "processO…#12"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestVisible(t *testing.T) {
	tests := map[string]string{
		"plain\ttext\n": "plain\ttext\n", "\x1b[31m": "^[[31m", "\x7f": "^?", "a\u202eb": "a⟨U+202E⟩b",
		"\xff": "\ufffd", "\ufeff": "⟨U+FEFF⟩", "\uffff": "⟨U+FFFF⟩", "\u0085": "⟨U+0085⟩",
	}
	for in, want := range tests {
		if got := format.Visible(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
