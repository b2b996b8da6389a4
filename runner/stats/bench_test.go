package stats_test

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkJudge guards that judging the largest group there may be takes no
// time that a reader would notice.
func BenchmarkJudge(b *testing.B) {
	g := simulate(rand.New(rand.NewPCG(1, 1)), noises["lognormal"], []float64{1, 1.1, 1.2, 1.3, 1.4}, 1000)
	for b.Loop() {
		_ = g.Judge()
	}
}
