package chart

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

const (
	worthCost  = 0.02 // share of the wall time from which the cost of recording is said
	worthState = 0.05 // share of the goroutines' time from which a state is named
	maxStates  = 3
)

// Headline says in one sentence how many goroutines ran at once; "" where
// nothing was recorded.
func Headline(t notebook.Timeline) string {
	n, p := max(t.Goroutines, len(t.Lanes)), procs(&t)
	if n == 0 {
		return ""
	}
	end, over := newClock(&t, Options{}).until, ""
	if stops(&t) {
		over = " in the first " + format.Duration(end)
	}
	average := float64(max(t.Totals[notebook.Running], 0)) / float64(end)
	if n == 1 {
		return "One goroutine ran, for " + format.Percent(min(average, 1)) + " of the time" + over + "."
	}
	words := fmt.Sprintf("All %s goroutines could run at once", format.Number(n))
	switch {
	case n == 2 && p >= 2:
		words = "Both goroutines could run at once"
	case n > p:
		words = fmt.Sprintf("At most %s of %s goroutines could run at once", format.Number(p), format.Number(n))
	}
	return words + "; " + didOnAverage(min(average, float64(min(n, p)))) + " on average" + over + "."
}

// stops reports whether the recording stopped before the cell ended.
func stops(t *notebook.Timeline) bool { return t.Cut > 0 && t.Cut < t.Wall }

func didOnAverage(average float64) string {
	if average < 0.05 {
		return "almost none did"
	}
	return strconv.FormatFloat(average, 'f', 1, 64) + " did"
}

// Sentences says what a timeline shows and what a reader must know to read it
// right. The CPU time is that of the run; 0: not known. Text between backquotes
// is code.
func Sentences(t notebook.Traced, cpu time.Duration) []string {
	var list []string
	add := func(s string) {
		if s != "" {
			list = append(list, s)
		}
	}
	add(Headline(t.Timeline))
	add(spent(&t.Timeline))
	add(drawn(&t.Timeline))
	if stops(&t.Timeline) {
		add("The recording stops at " + format.Duration(t.Timeline.Cut) + " of " + format.Duration(t.Timeline.Wall) + ".")
	}
	if t.Cost > worthCost {
		add("Recording cost about " + format.Percent(t.Cost) + " (`trace: false` gives the plain time).")
	}
	if t.Busy {
		add(busy(&t.Timeline, cpu))
	}
	return list
}

// spent says what the goroutines spent most of their time with.
func spent(t *notebook.Timeline) string {
	all := sum(t.Totals)
	if all <= 0 {
		return ""
	}
	times := map[string]time.Duration{}
	for s, d := range t.Totals {
		times[lookOf(s).spent] += max(d, 0)
	}
	share := func(name string) float64 { return float64(times[name]) / float64(all) }
	names := slices.DeleteFunc(slices.Collect(maps.Keys(times)), func(name string) bool { return share(name) < worthState })
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b)) })
	var words []string
	for i, name := range names[:min(len(names), maxStates)] {
		percent := format.Percent(share(name))
		if i == 0 {
			percent += " of their time"
		}
		words = append(words, percent+" "+name)
	}
	if max(t.Goroutines, len(t.Lanes)) == 1 {
		return "" // the headline says it
	}
	return "They spent " + format.List(words) + "."
}

// drawn says that not all goroutines are in the picture.
func drawn(t *notebook.Timeline) string {
	shown := min(len(t.Lanes), maxCompact)
	if len(t.Groups) > 0 {
		shown = 0
		for _, g := range shownGroups(t) {
			shown += g.Goroutines
		}
	}
	if all := max(t.Goroutines, len(t.Lanes)); shown < all && shown > 0 {
		return fmt.Sprintf("The picture shows %s of the %s.", format.Number(shown), format.Count(all, "goroutine"))
	}
	return ""
}

// busy says how much of what is drawn as running was not: the goroutine had a
// processor of Go, whose thread had none of the machine.
func busy(t *notebook.Timeline, cpu time.Duration) string {
	running := t.Totals[notebook.Running]
	if cpu <= 0 || cpu >= running {
		return "The machine was busy with other work: goroutines drawn as running waited for a processor at times."
	}
	share := 1 - float64(cpu)/float64(running)
	return "The machine was busy: " + format.Percent(share) + " of the drawn running time was spent waiting for a processor."
}
