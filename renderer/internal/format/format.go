package format

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Duration returns d with three digits that count: "12.3 ms", "1.83 s",
// "2 min 5 s". A negative duration is "0 ns".
func Duration(d time.Duration) string {
	switch {
	case d < 0:
		return "0 ns"
	case d < time.Microsecond:
		return fmt.Sprintf("%d ns", d)
	case d < 999500*time.Nanosecond:
		return Digits(float64(d)/1e3) + " µs"
	case d < 999500*time.Microsecond:
		return Digits(float64(d)/1e6) + " ms"
	case d < 59950*time.Millisecond:
		return Digits(d.Seconds()) + " s"
	}
	s := int(math.Round(d.Seconds()))
	return fmt.Sprintf("%d min %d s", s/60, s%60)
}

// Digits returns f, which is below 1000, with three digits that count.
func Digits(f float64) string {
	switch {
	case f < 9.995:
		return strconv.FormatFloat(f, 'f', 2, 64)
	case f < 99.95:
		return strconv.FormatFloat(f, 'f', 1, 64)
	}
	return strconv.FormatFloat(f, 'f', 0, 64)
}

// Size returns a number of bytes in words: "999 bytes", "1.50 MB".
func Size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 999500:
		return Digits(float64(n)/1e3) + " kB"
	case n < 999500000:
		return Digits(float64(n)/1e6) + " MB"
	}
	return strconv.FormatFloat(float64(n)/1e9, 'f', 2, 64) + " GB"
}

// Count returns "1 line", "1,204 lines".
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return Number(n) + " " + noun
}

// Number returns n with commas between groups of three digits.
func Number(n int) string {
	s := strconv.Itoa(n)
	first := len(s) - len(strings.TrimPrefix(s, "-"))
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Percent returns a share of a whole, which is 1, in words: "31 %". What is
// not quite nothing or everything is not rounded to it. The space is one at
// which no line breaks.
func Percent(share float64) string {
	switch {
	case share <= 0 || math.IsNaN(share):
		return "0\u00a0%"
	case share < 0.005:
		return "less than 1\u00a0%"
	case share >= 0.995 && share < 1:
		return "more than 99\u00a0%"
	}
	return fmt.Sprintf("%.0f\u00a0%%", 100*min(share, 1e6))
}

// Unbroken returns s with spaces at which no line breaks: "12.3 ms" stays one.
func Unbroken(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// List joins words: "a", "a and b", "a, b and c".
func List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// Shorten returns s with at most n characters; what is cut from its middle
// leaves an ellipsis, so that the number at the end of a name stays.
func Shorten(s string, n int) string {
	if len(s) <= n || n < 1 || utf8.RuneCountInString(s) <= n {
		return s
	}
	tail := (n - 1) / 3
	head := n - 1 - tail
	start, end := 0, len(s)
	for range head {
		_, size := utf8.DecodeRuneInString(s[start:])
		start += size
	}
	for range tail {
		_, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
	}
	return s[:start] + "…" + s[end:]
}
