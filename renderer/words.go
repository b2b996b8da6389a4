package renderer

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"notebook"
)

// duration returns d with three digits that count: "12.3 ms", "1.83 s",
// "2 min 5 s".
func duration(d time.Duration) string {
	switch {
	case d < 0:
		return "0 ns"
	case d < time.Microsecond:
		return fmt.Sprintf("%d ns", d)
	case d < 999500*time.Nanosecond:
		return digits(float64(d)/1e3) + " µs"
	case d < 999500*time.Microsecond:
		return digits(float64(d)/1e6) + " ms"
	case d < 59950*time.Millisecond:
		return digits(d.Seconds()) + " s"
	}
	s := int(math.Round(d.Seconds()))
	return fmt.Sprintf("%d min %d s", s/60, s%60)
}

// digits returns f, which is below 1000, with three digits that count.
func digits(f float64) string {
	switch {
	case f < 9.995:
		return strconv.FormatFloat(f, 'f', 2, 64)
	case f < 99.95:
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	return strconv.FormatFloat(f, 'f', 0, 64)
}

// size returns a number of bytes in words.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 999500:
		return digits(float64(n)/1e3) + " kB"
	case n < 999500000:
		return digits(float64(n)/1e6) + " MB"
	}
	return strconv.FormatFloat(float64(n)/1e9, 'f', 2, 64) + " GB"
}

// count returns "1 line", "1,204 lines".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s + " " + noun
}

// busy says a ratio of CPU time to wall time in words.
func busy(ratio float64) string {
	switch {
	case ratio < 0.05:
		return "waiting nearly all the time"
	case ratio < 0.95:
		return fmt.Sprintf("%.1f of a core busy", ratio)
	case ratio < 1.05:
		return "1 core busy"
	}
	return fmt.Sprintf("%.1f cores busy", ratio)
}

// cellNames names cells by their labels: "cells 1, 2 and worker".
func cellNames(labels []string) string {
	names := make([]string, len(labels))
	for i, l := range labels {
		names[i] = strings.TrimPrefix(notebook.CellName(l), "cell ")
	}
	if len(names) == 1 {
		return "cell " + names[0]
	}
	return "cells " + list(names)
}

// list joins words: "a", "a and b", "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
