package xray

import (
	"slices"
	"time"

	"notebook"
)

// A strip tells how many goroutines run at once: each step holds until the next
// one. The zero value is a strip on which none ran.
type strip struct {
	steps []notebook.Step
	count int
	peak  int
	pixel time.Duration // at which the steps were few enough
}

// change adds n to the number of goroutines that run from a time on.
func (s *strip) change(at time.Duration, n int) {
	s.count += n
	s.peak = max(s.peak, s.count)
	if last := len(s.steps) - 1; last >= 0 && s.steps[last].At == at {
		s.steps[last].Count = s.count
		return
	}
	s.steps = append(s.steps, notebook.Step{At: at, Count: s.count})
}

// compact merges all steps but the last one, which goes on.
func (s *strip) compact(pixel time.Duration) {
	if last := len(s.steps) - 1; last > 0 {
		goesOn := s.steps[last]
		s.steps = append(mergeSteps(s.steps[:0], s.steps[:last], goesOn.At, pixel), goesOn)
	}
}

// mergeSteps appends the steps to out, which may be their own beginning. Those
// that are too short to be seen are joined: those shorter than a pixel, until
// together they are one. Two steps take their place that have the same sum of
// time and goroutines, so that the whole has too.
func mergeSteps(out, steps []notebook.Step, end, pixel time.Duration) []notebook.Step {
	until := func(i int) time.Duration {
		if i+1 < len(steps) {
			return steps[i+1].At
		}
		return end
	}
	for i := 0; i < len(steps); {
		start := steps[i].At
		to, sum := start, time.Duration(0) // of time and goroutines
		for first := i; i < len(steps) && to-start < pixel; i++ {
			if i > first && until(i)-to >= pixel {
				break
			}
			sum += (until(i) - to) * time.Duration(steps[i].Count)
			to = until(i)
		}
		out = appendMean(out, start, to, sum)
	}
	return slices.CompactFunc(out, func(a, b notebook.Step) bool { return a.Count == b.Count })
}

// appendMean appends steps for a stretch of time of which only the sum of time
// and goroutines is known.
func appendMean(steps []notebook.Step, start, end, sum time.Duration) []notebook.Step {
	length := end - start
	if length <= 0 {
		return steps
	}
	low, more := sum/length, sum%length
	if more > 0 {
		steps = append(steps, notebook.Step{At: start, Count: int(low) + 1})
	}
	return append(steps, notebook.Step{At: start + more, Count: int(low)})
}
