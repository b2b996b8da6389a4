package chart_test

import (
	"strings"
	"testing"
	"time"

	"notebook"
	"notebook/renderer/chart"
)

// onOneProc returns a timeline with one goroutine that runs on a processor of so
// many.
func onOneProc(proc, procs int) notebook.Timeline {
	return notebook.Timeline{
		Procs: procs, Wall: time.Second, Goroutines: 1,
		Lanes: []notebook.Lane{{ID: 1, Name: "cell", End: time.Second, Slices: []notebook.Slice{
			{End: time.Second, State: notebook.Running, Proc: proc},
		}}},
		Running: []notebook.Step{{At: 0, Count: 1}},
	}
}

// TestLegendOfSeveral asks for what occurs in any of the pictures that stand
// below one legend.
func TestLegendOfSeveral(t *testing.T) {
	first := onOneProc(0, 1)
	first.GC = []notebook.Span{{Start: 1, End: 2}}
	var words []string
	for _, key := range chart.Legend(onOneProc(1, 2), chart.Options{ID: "a"}, first) {
		words = append(words, key.Words)
	}
	if got, want := strings.Join(words, "; "), "running on processor P0; on P1; garbage collector at work"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestStripsOnOneScale asks for the same height of one running goroutine in
// each of several timelines.
func TestStripsOnOneScale(t *testing.T) {
	for _, test := range []struct {
		atOnce int
		label  string
		levels int
	}{{0, ">1</text>", 2}, {1, ">1</text>", 2}, {4, ">4</text>", 5}} {
		svg := chart.Timeline(onOneProc(0, 1), chart.Options{ID: "a", AtOnce: test.atOnce})
		if got := strings.Count(svg, `class="level"`); !strings.Contains(svg, test.label) || got != test.levels {
			t.Errorf("on a scale to %d: %d levels, want %d up to %s", test.atOnce, got, test.levels, test.label)
		}
	}
}
