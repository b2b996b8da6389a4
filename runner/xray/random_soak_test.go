//go:build soak

package xray_test

import "testing"

func TestRandomSoak(t *testing.T) {
	for seed := range uint64(400) {
		goroutines := int(seed*7%160) + 1
		s := simulate(t, seed, goroutines, int(seed%9)+1, int(seed%23)*200)
		got := s.reduce(scriptOptions)
		checkTotals(t, got, got.Wall)
		checkGroups(t, got)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
