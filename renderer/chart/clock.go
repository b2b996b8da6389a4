package chart

import (
	"cmp"
	"slices"
	"time"

	"notebook"
)

// A clock turns points of time into places of a picture.
type clock struct {
	until time.Duration // end of what was recorded, from the start of the cell
	span  time.Duration // of the axis, at least 1
}

func newClock(t *notebook.Timeline, o Options) clock {
	end := t.Wall
	if stops(t) {
		end = t.Cut
	}
	end = max(end, 1)
	return clock{until: end, span: max(o.Span, end)}
}

// at returns the place of a point of time, from 0 to 1.
func (c clock) at(d time.Duration) float64 {
	return float64(c.within(d)) / float64(c.span)
}

// x returns the place of a point of time in the part that stretches.
func (c clock) x(d time.Duration) float64 { return stretch * c.at(d) }

// within moves a point of time into what was recorded.
func (c clock) within(d time.Duration) time.Duration { return min(max(d, 0), c.until) }

// slices returns the slices of a lane in order, without overlap, within what
// was recorded: a stored timeline may hold anything.
func (c clock) slices(l notebook.Lane) []notebook.Slice {
	list := slices.Clone(l.Slices)
	slices.SortStableFunc(list, func(a, b notebook.Slice) int { return cmp.Compare(a.Start, b.Start) })
	last := time.Duration(0)
	kept := list[:0]
	for _, s := range list {
		s.Start, s.End = max(c.within(s.Start), last), c.within(s.End)
		if s.End < s.Start {
			continue
		}
		s.Mixed = min(max(s.Mixed, 0), s.End-s.Start)
		last = s.End
		kept = append(kept, s)
	}
	return kept
}

// steps returns how many goroutines ran at once, in the order of time, never
// more than there are processors.
func (c clock) steps(t *notebook.Timeline) []notebook.Step {
	list := slices.Clone(t.Running)
	slices.SortStableFunc(list, func(a, b notebook.Step) int { return cmp.Compare(a.At, b.At) })
	for i := range list {
		list[i].At = c.within(list[i].At)
		list[i].Count = min(max(list[i].Count, 0), procs(t))
	}
	return list
}

// procs returns how many goroutines could run at once.
func procs(t *notebook.Timeline) int { return min(max(t.Procs, 1), 1<<20) }

// average averages steps over n equal parts of the axis.
func (c clock) average(steps []notebook.Step, n int) []float64 {
	columns := make([]float64, n)
	width := float64(c.span) / float64(n)
	for i, s := range steps {
		from, to := float64(s.At), float64(c.until)
		if i+1 < len(steps) {
			to = float64(steps[i+1].At)
		}
		for k := max(int(from/width), 0); k < n && float64(k)*width < to; k++ {
			part := min(to, float64(k+1)*width) - max(from, float64(k)*width)
			columns[k] += max(part, 0) / width * float64(s.Count)
		}
	}
	return columns
}

// coarsen merges slices that are narrower than a column into mixed ones, so
// that no more than two slices a column are left.
func coarsen(list []notebook.Slice, column time.Duration) []notebook.Slice {
	var out []notebook.Slice
	for _, s := range list {
		last := len(out) - 1
		if last >= 0 && width(s) < column && width(out[last]) < column {
			mixed := ran(out[last]) + ran(s)
			out[last] = notebook.Slice{Start: out[last].Start, End: s.End, State: notebook.Waiting, Proc: -1, Mixed: mixed}
			continue
		}
		out = append(out, s)
	}
	return out
}

func width(s notebook.Slice) time.Duration { return s.End - s.Start }

// ran returns how much of a slice was running.
func ran(s notebook.Slice) time.Duration {
	if s.Mixed == 0 && s.State == notebook.Running {
		return width(s)
	}
	return s.Mixed
}
