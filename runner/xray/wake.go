package xray

import (
	"time"

	"notebook"
)

// A wake is one goroutine making another one ready.
type wake struct {
	notebook.Wake
	waited time.Duration
}

// thin returns n of the wakes, spread over the whole: of each part of it the
// one that ended the longest wait.
func thin(wakes []wake, n int) []wake {
	if len(wakes) <= n {
		return wakes
	}
	out := make([]wake, 0, n)
	for i := range n {
		part := wakes[i*len(wakes)/n : (i+1)*len(wakes)/n]
		out = append(out, longest(part))
	}
	return out
}

// thinByTime leaves at most n of the wakes, in place: one of each n-th of the
// time that has passed in which there are any. Done again and again it leaves as
// much of what came first as of what came last.
func thinByTime(wakes []wake, now time.Duration, n int) []wake {
	width := max(now/time.Duration(n), 1)
	out := wakes[:0]
	for start := 0; start < len(wakes); {
		end := start + 1
		for end < len(wakes) && wakes[end].At/width == wakes[start].At/width {
			end++
		}
		out = append(out, longest(wakes[start:end]))
		start = end
	}
	return out
}

// longest returns the wake that ended the longest wait.
func longest(wakes []wake) wake {
	found := wakes[0]
	for _, w := range wakes[1:] {
		if w.waited > found.waited {
			found = w
		}
	}
	return found
}
