package stats

// A Ratio is a quotient of two medians with its interval. The zero value is a
// ratio that is not known.
type Ratio struct {
	Value float64
	// Low and High bound the value; both are 0 where there is no interval.
	Low, High float64
}

// Known reports whether there is a ratio.
func (r Ratio) Known() bool { return r.Value != 0 }

// Bounded reports whether the ratio has an interval.
func (r Ratio) Bounded() bool { return r.High != 0 }

// Speedup returns how many times faster s is than base: the quotient of their
// medians. Its interval reaches from the quotient of the ends of the two
// intervals that lie nearest to each other to that of the ends farthest apart.
// It holds the true quotient whenever both intervals hold their medians, by
// Bonferroni's inequality in at least 90 % of all cases; in simulations it is
// more than 97 %. It excludes 1 exactly where the two intervals are apart,
// which is what [Group.Judge] asks for.
//
// The ratio is not known where a series is empty or has a median of 0.
func Speedup(base, s Summary) Ratio {
	r := Ratio{Value: quotient(base.Median, s.Median)}
	if !r.Known() || !base.Bounded() || !s.Bounded() {
		return r
	}
	r.Low, r.High = quotient(base.Low, s.High), quotient(base.High, s.Low)
	if r.Low == 0 || r.High == 0 {
		r.Low, r.High = 0, 0
	}
	return r
}

// quotient returns a/b, or 0 where that is not a finite number above 0.
func quotient(a, b float64) float64 {
	if a <= 0 || b <= 0 || !finite(a/b) {
		return 0
	}
	return a / b
}

// SerialShare returns the share of the work that ran on one core alone, as the
// speed-up on p cores shows it: (1/speedup - 1/p) / (1 - 1/p), the
// experimentally determined serial fraction of Karp and Flatt (Measuring
// Parallel Processor Performance, CACM 33(5), 1990). 0 is perfectly parallel, 1
// not parallel at all; below 0 the speed-up is more than p, above 1 it is a
// slow-down. The interval is that of the speed-up.
//
// ok is false, and the rest 0, for fewer than two cores and for a speed-up
// without an interval.
func SerialShare(speedup Ratio, p int) (share, low, high float64, ok bool) {
	if p < 2 || !speedup.Bounded() {
		return 0, 0, 0, false
	}
	at := func(s float64) float64 { return (1/s - 1/float64(p)) / (1 - 1/float64(p)) }
	share, low, high = at(speedup.Value), at(speedup.High), at(speedup.Low)
	if !finite(high) { // the largest of them
		return 0, 0, 0, false
	}
	return share, low, high, true
}
