package main

import (
	"testing"
	"time"

	"notebook"
)

func TestCompared(t *testing.T) {
	took := notebook.Spread{Median: 20 * time.Millisecond, Low: 19 * time.Millisecond, High: 22 * time.Millisecond}
	for _, test := range []struct {
		model  notebook.ComparedModel
		winner bool
		want   string
	}{
		{notebook.ComparedModel{Model: "loop", Runs: 10, Wall: took, Speedup: notebook.Quotient{Value: 1}, Relation: notebook.RelationBase}, false, "loop: 20ms (19ms to 22ms)"},
		{notebook.ComparedModel{Model: "pool", Procs: 2, Runs: 10, Wall: took, Speedup: notebook.Quotient{Value: 4.5}}, true, "pool, GOMAXPROCS 2: 20ms (19ms to 22ms), 4.50 times as fast as the first, the fastest"},
		{notebook.ComparedModel{Model: "bad"}, false, "bad: no run ended as expected"},
	} {
		if got := compared(test.model, test.winner); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
