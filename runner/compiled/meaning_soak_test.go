//go:build soak

package compiled_test

import (
	"fmt"
	"testing"
)

// TestSplitsSoak runs 40 more splits of each program.
func TestSplitsSoak(t *testing.T) {
	var seeds []uint64
	for seed := range uint64(40) {
		seeds = append(seeds, seed+2)
	}
	checkSplits(t, seeds...)
}

// TestExamplesAlone runs each example in a note of its own: a name that another
// example left behind must not be what makes it work.
func TestExamplesAlone(t *testing.T) {
	for _, folder := range []string{"session", "session/spec"} {
		examples := readExamples(t, folder)
		plain := runPrograms(t, plainFiles(examples))
		for _, e := range examples {
			t.Run(e.name, func(t *testing.T) {
				t.Parallel()
				compareMeaning(t, plain[e.name], runNotes(t, []example{e})[e.name])
			})
		}
	}
}

// TestRandomSessionsSoak writes 300 more sessions.
func TestRandomSessionsSoak(t *testing.T) {
	for seed := range uint64(10) {
		t.Run(fmt.Sprint(seed+2), func(t *testing.T) { checkRandom(t, seed+2, 30) })
	}
}
