package stats

import (
	"math"
	"slices"

	"golang.org/x/perf/benchmath"
)

// Confidence is the level of all intervals: of many intervals, at least this
// share holds the true median.
const Confidence = 0.95

// MinRuns is the smallest number of values that gives an interval. With fewer,
// even the whole range of the values is not wide enough for [Confidence].
const MinRuns = 6

// A Summary is what a series of measurements says together. It has the unit of
// the values. The zero value is the summary of no values.
type Summary struct {
	Runs   int     // values that count
	Median float64 // 0 without values
	// Low and High bound the median with [Confidence]. They are 0 where there
	// are fewer than [MinRuns] values: see Bounded.
	Low, High float64
}

// Bounded reports whether the summary has an interval.
func (s Summary) Bounded() bool { return s.Runs >= MinRuns }

// Summarize returns the median of values and its interval. Values that are no
// finite numbers do not count. The interval lies between two of the values,
// which the binomial distribution chooses, and so needs no assumption about
// them beyond that they are independent (David and Nagaraja, Order
// Statistics, section 7.1; computed by benchmath).
func Summarize(values []float64) Summary {
	sample := newSample(values)
	switch n := len(sample.Values); {
	case n == 0:
		return Summary{}
	case n < MinRuns:
		return Summary{Runs: n, Median: middle(sample.Values)}
	}
	s := benchmath.AssumeNothing.Summary(sample, Confidence)
	return Summary{Runs: len(sample.Values), Median: middle(sample.Values), Low: s.Lo, High: s.Hi}
}

// newSample returns the finite values as benchmath takes them: in a slice of
// its own, in order.
func newSample(values []float64) *benchmath.Sample {
	kept := slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return !finite(v) })
	return benchmath.NewSample(kept, &benchmath.DefaultThresholds)
}

// middle returns the median of sorted values. It halves before it adds, so
// that values near the largest number have one too.
func middle(sorted []float64) float64 {
	n := len(sorted)
	if n%2 == 1 || sorted[n/2-1] == sorted[n/2] {
		return sorted[n/2]
	}
	return sorted[n/2-1]/2 + sorted[n/2]/2
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
