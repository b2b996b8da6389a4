package stats_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"notebook/runner/stats"
)

// A noise returns how many times longer a run takes than it would on a quiet
// machine; at is the share of the comparison that is over.
type noise func(r *rand.Rand, at float64) float64

var noises = map[string]noise{
	"normal":    func(r *rand.Rand, _ float64) float64 { return math.Max(0.1, 1+0.1*r.NormFloat64()) },
	"lognormal": func(r *rand.Rand, _ float64) float64 { return math.Exp(0.3 * r.NormFloat64()) },
	"bimodal": func(r *rand.Rand, _ float64) float64 { // the other core is taken, or not
		return []float64{1, 1.8}[r.IntN(2)] * (1 + 0.02*r.NormFloat64())
	},
	"drift": func(r *rand.Rand, at float64) float64 { return (1 + 0.5*at) * (1 + 0.05*r.NormFloat64()) },
	"step": func(r *rand.Rand, at float64) float64 { // the processor slows down
		return []float64{1, 1.4}[min(int(2*at), 1)] * (1 + 0.05*r.NormFloat64())
	},
	"quiet": func(r *rand.Rand, _ float64) float64 { return 1 + 0.01*r.NormFloat64() },
}

// simulate measures models that take these times, in turns, with a control of
// the first.
func simulate(r *rand.Rand, noise noise, times []float64, rounds int) stats.Group {
	slots := append(append([]float64{}, times...), times[0])
	series := make([][]float64, len(slots))
	for round := range rounds {
		for place, slot := range stats.Turn(len(slots), round) {
			at := float64(round*len(slots)+place) / float64(rounds*len(slots))
			series[slot] = append(series[slot], slots[slot]*noise(r, at))
		}
	}
	return stats.Group{Series: series[:len(times)], Control: series[len(times)]}
}

// groups is how many groups of each kind are simulated.
const groups = 2000

// TestEqualModels counts how often one of several equal models wins: no more
// often than at the stated level, whatever the noise.
func TestEqualModels(t *testing.T) {
	for name, noise := range noises {
		for _, models := range []int{2, 3, 6} {
			for _, rounds := range []int{6, 10, 20} {
				t.Run(fmt.Sprintf("%s/%dx%d", name, models, rounds), func(t *testing.T) {
					t.Parallel()
					r := rand.New(rand.NewPCG(6, uint64(100*models+rounds)))
					times := make([]float64, models)
					for i := range times {
						times[i] = 100
					}
					won := 0
					for range groups {
						if simulate(r, noise, times, rounds).Judge().Winner >= 0 {
							won++
						}
					}
					t.Logf("a winner in %d of %d groups of equal models", won, groups)
					if won > groups*5/100 {
						t.Errorf("more than 5 %%")
					}
				})
			}
		}
	}
}

// TestControl counts how often a quiet machine, and a busy one on which all
// goes alike, are called noisy: as often as the test of the control errs.
func TestControl(t *testing.T) {
	for name, noise := range noises {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, 7))
			noisy := 0
			for range groups {
				if len(simulate(r, noise, []float64{100, 100}, 10).Judge().Noisy) > 0 {
					noisy++
				}
			}
			t.Logf("noisy in %d of %d groups", noisy, groups)
			if noisy > groups*6/100 { // 5 %, and what 2000 groups may differ from it
				t.Errorf("more often than its test may err")
			}
		})
	}
}

// TestRealDifference counts how often a model that is 20 % faster wins.
func TestRealDifference(t *testing.T) {
	for _, test := range []struct {
		noise   string
		rounds  int
		atLeast int // percent
	}{
		{"quiet", 6, 95},
		{"quiet", 10, 95},
		{"normal", 20, 80},
		{"normal", 50, 95},
	} {
		t.Run(fmt.Sprintf("%s/%d", test.noise, test.rounds), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(8, 8))
			won := 0
			for range groups {
				switch simulate(r, noises[test.noise], []float64{125, 100}, test.rounds).Judge().Winner {
				case 0:
					t.Fatal("the slower one won")
				case 1:
					won++
				}
			}
			t.Logf("the faster one won in %d of %d groups", won, groups)
			if won < groups*test.atLeast/100 {
				t.Errorf("less than %d %%", test.atLeast)
			}
		})
	}
}

// TestCoverage counts how often intervals hold the true median and the true
// speed-up.
func TestCoverage(t *testing.T) {
	for _, test := range []struct {
		noise  string
		median float64 // of the noise
	}{{"normal", 1}, {"lognormal", 1}, {"quiet", 1}} {
		for _, runs := range []int{6, 7, 10, 25} {
			t.Run(fmt.Sprintf("%s/%d", test.noise, runs), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(9, uint64(runs)))
				median, speedup := 0, 0
				for range groups {
					g := simulate(r, noises[test.noise], []float64{200, 100}, runs)
					slow, quick := stats.Summarize(g.Series[0]), stats.Summarize(g.Series[1])
					if slow.Low <= 200*test.median && 200*test.median <= slow.High {
						median++
					}
					if s := stats.Speedup(slow, quick); s.Low <= 2 && 2 <= s.High {
						speedup++
					}
				}
				t.Logf("of %d: median in %d, speed-up in %d", groups, median, speedup)
				if median < groups*94/100 { // 95 %, and what 2000 groups may differ from it
					t.Error("intervals of medians are too narrow")
				}
				if speedup < groups*97/100 {
					t.Error("intervals of speed-ups are too narrow")
				}
			})
		}
	}
}
