package stats_test

import (
	"math"
	"slices"
	"testing"

	"notebook/runner/stats"
)

const huge = math.MaxFloat64

func TestSummarize(t *testing.T) {
	tests := []struct {
		name   string
		values []float64
		want   stats.Summary
	}{
		{"none", nil, stats.Summary{}},
		{"one", []float64{3}, stats.Summary{Runs: 1, Median: 3}},
		{"two", []float64{3, 5}, stats.Summary{Runs: 2, Median: 4}},
		{"too few for an interval", []float64{5, 1, 4, 2, 3}, stats.Summary{Runs: 5, Median: 3}},
		{"six: the whole range", []float64{6, 5, 4, 3, 2, 1}, stats.Summary{Runs: 6, Median: 3.5, Low: 1, High: 6}},
		{"equal", []float64{7, 7, 7, 7, 7, 7, 7}, stats.Summary{Runs: 7, Median: 7, Low: 7, High: 7}},
		{"zeros", make([]float64, 8), stats.Summary{Runs: 8}},
		{"an outlier", []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 900}, stats.Summary{Runs: 11, Median: 1, Low: 1, High: 1}},
		{"no numbers", []float64{math.NaN(), 2, math.Inf(1), math.Inf(-1)}, stats.Summary{Runs: 1, Median: 2}},
		{"huge", []float64{huge, huge, huge, huge, huge, huge}, stats.Summary{Runs: 6, Median: huge, Low: huge, High: huge}},
		{"huge of both signs", []float64{-huge, huge}, stats.Summary{Runs: 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			values := slices.Clone(test.values)
			got := stats.Summarize(values)
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if !slices.EqualFunc(values, test.values, func(a, b float64) bool { return a == b || a != a }) {
				t.Error("the values of the caller were changed")
			}
		})
	}
}

func TestSpeedup(t *testing.T) {
	base := stats.Summary{Runs: 10, Median: 100, Low: 90, High: 120}
	tests := []struct {
		name string
		s    stats.Summary
		want stats.Ratio
	}{
		{"faster", stats.Summary{Runs: 10, Median: 50, Low: 45, High: 60}, stats.Ratio{Value: 2, Low: 1.5, High: 120. / 45}},
		{"itself", base, stats.Ratio{Value: 1, Low: 0.75, High: 120. / 90}},
		{"too few", stats.Summary{Runs: 5, Median: 50}, stats.Ratio{Value: 2}},
		{"none", stats.Summary{}, stats.Ratio{}},
		{"zeros", stats.Summary{Runs: 10}, stats.Ratio{}},
		{"low end at zero", stats.Summary{Runs: 10, Median: 50, High: 60}, stats.Ratio{Value: 2}},
		{"too small", stats.Summary{Runs: 10, Median: math.SmallestNonzeroFloat64, High: 1}, stats.Ratio{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := stats.Speedup(base, test.s); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// TestSerialShare computes the share back from speed-ups by Amdahl's law.
func TestSerialShare(t *testing.T) {
	for _, p := range []int{2, 4, 64} {
		for _, serial := range []float64{0, 0.07, 0.25, 0.5, 1} {
			s := 1 / (serial + (1-serial)/float64(p))
			share, low, high, ok := stats.SerialShare(stats.Ratio{Value: s, Low: s * 0.9, High: s * 1.1}, p)
			if !ok || math.Abs(share-serial) > 1e-12 || low >= share || high <= share {
				t.Errorf("p=%d serial=%v: got %v (%v to %v), %t", p, serial, share, low, high, ok)
			}
		}
	}
	for _, p := range []int{-1, 0, 1} {
		if _, _, _, ok := stats.SerialShare(stats.Ratio{Value: 1.5, Low: 1, High: 2}, p); ok {
			t.Errorf("a share on %d cores", p)
		}
	}
	if _, _, _, ok := stats.SerialShare(stats.Ratio{Value: 1.5}, 2); ok {
		t.Error("a share of a speed-up without an interval")
	}
}

// TestJudge tells series apart that a person could tell apart.
func TestJudge(t *testing.T) {
	var (
		quick  = []float64{10, 11, 10.5, 10.2, 10.8, 10.1}
		slow   = []float64{20, 21, 20.5, 20.2, 20.8, 20.1}
		nearly = []float64{10.3, 11.3, 10.8, 10.5, 11.1, 10.4}
		steady = []float64{10, 10, 10, 10, 10, 10}
		little = []float64{10.4, 10.4, 10.4, 10.4, 10.4, 10.4} // steady, and 4 % more
	)
	tests := []struct {
		name   string
		group  stats.Group
		winner int
		noisy  []stats.Noise
	}{
		{"nothing", stats.Group{}, -1, nil},
		{"alone", stats.Group{Series: [][]float64{quick}}, -1, nil},
		{"the second", stats.Group{Series: [][]float64{slow, quick}}, 1, nil},
		{"overlapping", stats.Group{Series: [][]float64{quick, nearly}}, -1, nil},
		{"two are quick", stats.Group{Series: [][]float64{slow, quick, nearly}}, -1, nil},
		{"apart by less than 5 %", stats.Group{Series: [][]float64{steady, little}}, -1, nil},
		{"too few runs", stats.Group{Series: [][]float64{slow, quick[:5]}}, -1, nil},
		{"one without runs", stats.Group{Series: [][]float64{slow, quick, nil}}, -1, nil},
		{"zeros", stats.Group{Series: [][]float64{make([]float64, 6), make([]float64, 6)}}, -1, nil},
		{"good control", stats.Group{Series: [][]float64{slow, quick}, Control: nearly, Of: 1}, 1, nil},
		{"a model that differs from itself", stats.Group{Series: [][]float64{slow, quick}, Control: slow, Of: 1}, -1, []stats.Noise{stats.NoisyControl}},
		{"all waited", stats.Group{Series: [][]float64{slow, quick}, Waiting: []float64{0.3, 0.2}}, -1, []stats.Noise{stats.NoisyWaiting}},
		{"one waited for itself", stats.Group{Series: [][]float64{slow, quick}, Waiting: []float64{0.01, 0.9}}, 1, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			j := test.group.Judge()
			if j.Winner != test.winner || !slices.Equal(j.Noisy, test.noisy) {
				t.Errorf("winner %d, noisy %v; want %d, %v", j.Winner, j.Noisy, test.winner, test.noisy)
			}
		})
	}
}

// TestFinite gives every function values that could end in NaN or infinity.
func TestFinite(t *testing.T) {
	strange := [][]float64{
		nil,
		{0},
		{1},
		{-1, -1, -1, -1, -1, -1},
		make([]float64, 6),
		{huge, -huge, huge, -huge, huge, -huge},
		{math.SmallestNonzeroFloat64, 1, 2, 3, 4, huge},
		{math.NaN(), math.Inf(1), 1, 2, 3, 4, 5, 6},
		slices.Repeat([]float64{huge}, 1000), slices.Repeat([]float64{math.SmallestNonzeroFloat64}, 7),
	}
	for i, a := range strange {
		for k, b := range strange {
			j := stats.Group{Series: [][]float64{a, b}, Control: b, Waiting: []float64{0, 1}}.Judge()
			speedup := stats.Speedup(j.Summaries[0], j.Summaries[1])
			share, low, high, _ := stats.SerialShare(speedup, 2)
			numbers := []float64{j.Control.Value, j.Control.Low, j.Control.High, speedup.Value, speedup.Low, speedup.High, share, low, high}
			for _, s := range j.Summaries {
				numbers = append(numbers, s.Median, s.Low, s.High)
			}
			for _, n := range numbers {
				if math.IsNaN(n) || math.IsInf(n, 0) {
					t.Errorf("series %d and %d give %v", i, k, numbers)
				}
			}
		}
	}
}

func TestTurn(t *testing.T) {
	for n := range 6 {
		places := map[[2]int]int{} // how often a model had a place
		for round := range 3 * n {
			order := stats.Turn(n, round)
			for place, model := range order {
				places[[2]int{place, model}]++
			}
		}
		for at, count := range places {
			if count != 3 || len(places) != n*n {
				t.Errorf("%d models: place %d, model %d: %d times in 3 rounds each", n, at[0], at[1], count)
			}
		}
	}
}
