package stats

import "golang.org/x/perf/benchmath"

const (
	// MinDifference is the difference of two medians, as a share of the smaller
	// one, below which nothing is said to be faster. Smaller ones come and go
	// with the layout of a binary or the place of its data.
	MinDifference = 0.05
	// MaxWaiting is the share of the time that runs may wait for a processor
	// before the machine counts as noisy.
	MaxWaiting = 0.10
)

// A Group is series of times that were measured in turns, to be compared. The
// values of a series are the times of one model in the order of measuring.
type Group struct {
	Series [][]float64
	// Control holds further runs of Series[Of], measured like those of a model
	// of its own: whatever differs between the two is noise. It may be empty.
	Control []float64
	Of      int
	// Waiting is, for each series, the share of its time that a typical run
	// waited for a processor which others had; nil: not known.
	Waiting []float64
}

// A Judgment is what a group shows.
type Judgment struct {
	Summaries []Summary
	// Winner is the index of the series that is faster than all others, or -1
	// where none was shown to be.
	Winner int
	// Control is the quotient of the medians of a series and its control: 1 on
	// a machine without noise.
	Control Ratio
	// Noisy says that the numbers are not to be trusted, and why; then nothing
	// wins.
	Noisy []Noise
}

// A Noise is a sign that a machine is busy with something else.
type Noise string

// The signs of noise.
const (
	// NoisyControl: a model was found to differ from itself.
	NoisyControl Noise = "control"
	// NoisyWaiting: a typical run of each model waited for processors for more
	// than [MaxWaiting] of its time.
	NoisyWaiting Noise = "waiting"
)

// Judge compares the series. One wins if its interval lies below that of each
// other one and its median is smaller by more than [MinDifference]; if no sign
// of noise was found; and if there are at least two series, each with
// [MinRuns] values. Two 95 % intervals that are apart are a stronger demand
// than a test at 5 %: of equal models one wins in fewer than 5 % of all groups,
// however many models there are.
func (g Group) Judge() Judgment {
	j := Judgment{Winner: -1, Noisy: g.noise()}
	for _, values := range g.Series {
		j.Summaries = append(j.Summaries, Summarize(values))
	}
	if len(g.Control) > 0 {
		j.Control = Speedup(j.Summaries[g.Of], Summarize(g.Control))
	}
	if len(j.Noisy) == 0 {
		j.Winner = fastest(j.Summaries)
	}
	return j
}

// fastest returns the index of the summary that is faster than all others, or
// -1.
func fastest(summaries []Summary) int {
	for i, s := range summaries {
		beaten := 0
		for _, other := range summaries {
			if Faster(s, other) {
				beaten++
			}
		}
		if beaten > 0 && beaten == len(summaries)-1 {
			return i
		}
	}
	return -1
}

// Faster reports whether a is shown to be faster than b: their intervals are
// apart and the medians differ by more than [MinDifference].
func Faster(a, b Summary) bool {
	return a.Bounded() && b.Bounded() && a.High < b.Low && differ(b.Median, a.Median)
}

// differ reports whether more is larger than less by more than MinDifference.
func differ(more, less float64) bool { return more > less*(1+MinDifference) }

// noise looks for signs of noise.
func (g Group) noise() []Noise {
	var found []Noise
	if len(g.Control) > 0 && unequal(g.Series[g.Of], g.Control) {
		found = append(found, NoisyControl)
	}
	if len(g.Waiting) > 0 {
		least := g.Waiting[0]
		for _, share := range g.Waiting {
			least = min(least, share)
		}
		// A model with more threads than cores waits for itself; where even
		// the one that waited least did, others had the processors.
		if least > MaxWaiting {
			found = append(found, NoisyWaiting)
		}
	}
	return found
}

// unequal reports whether two series of one model differ: by the test of Mann
// and Whitney at 5 %, and by more than MinDifference. It asks for less than a
// winner needs, since it is here that a difference must not be missed.
func unequal(a, b []float64) bool {
	sa, sb := Summarize(a), Summarize(b)
	if !differ(sa.Median, sb.Median) && !differ(sb.Median, sa.Median) {
		return false
	}
	c := benchmath.AssumeNothing.Compare(newSample(a), newSample(b))
	return c.P < c.Alpha
}

// Turn returns the order in which n models run in a round, counted from 0:
// each round begins with another one, so that no model always runs first or
// after the same pause.
func Turn(n, round int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = (round + i) % n
	}
	return order
}
