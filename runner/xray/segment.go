package xray

import (
	"time"

	"notebook"
)

// A segment is a time in a goroutine's life: one state, or several that are too
// short to be told apart. Segments of a goroutine follow one another.
type segment struct {
	start, end time.Duration
	ran        time.Duration // how long it ran
	rested     time.Duration // how long it was in the state rest
	proc       int32         // that it ran on longest; -1: none
	line       int32         // of the longest part
	longest    time.Duration // of the parts
	rest       state         // other than running, the one it was in longest
	mixed      bool          // it was in more than one state
}

// pure returns a segment of one state.
func pure(start, end time.Duration, s state, proc, line int32) segment {
	g := segment{start: start, end: end, proc: proc, line: line, longest: end - start, rest: s}
	if s == running {
		g.ran = end - start
	} else {
		g.rested = end - start
	}
	return g
}

// state returns the state that the goroutine was in longest.
func (g *segment) state() state {
	if g.ran >= g.rested && g.ran > 0 || g.rest == running {
		return running
	}
	return g.rest
}

// continues reports whether the segment goes on with what the one before did.
func (g *segment) continues(before *segment) bool {
	return !g.mixed && !before.mixed && g.start == before.end &&
		g.rest == before.rest && g.proc == before.proc && g.line == before.line
}

// add makes the segment end with another one.
func (g *segment) add(next *segment) {
	if next.continues(g) {
		g.longest += next.longest
	} else {
		g.mixed = true
	}
	if next.ran > g.ran {
		g.proc = next.proc
	}
	if next.longest > g.longest {
		g.longest, g.line = next.longest, next.line
	}
	switch {
	case next.rest == g.rest || next.rested == 0:
		g.rested += next.rested
	case next.rested > g.rested:
		g.rest, g.rested = next.rest, next.rested
	}
	if g.proc < 0 {
		g.proc = next.proc
	}
	g.ran += next.ran
	g.end = next.end
}

// slice returns the segment as a timeline shows it.
func (g *segment) slice() notebook.Slice {
	s := notebook.Slice{Start: g.start, End: g.end, State: stateNames[g.state()], Proc: int(g.proc), Line: int(g.line)}
	if g.mixed {
		s.Mixed = g.ran
	}
	return s
}

// join appends a segment. Where it and the last one are too short to be seen,
// shorter than a pixel, it joins them. What is longer stays as it is, and so
// does a short one between two of these: a hand-off must not vanish.
func join(segments []segment, next *segment, pixel time.Duration) []segment {
	if n := len(segments); n > 0 {
		last := &segments[n-1]
		if last.end-last.start < pixel && next.end-next.start < pixel || next.continues(last) {
			last.add(next)
			return segments
		}
	}
	return append(segments, *next)
}

// merge joins the segments of a goroutine, in place.
func merge(segments []segment, pixel time.Duration) []segment {
	out := segments[:0]
	for i := range segments {
		next := segments[i]
		out = join(out, &next, pixel)
	}
	return out
}
