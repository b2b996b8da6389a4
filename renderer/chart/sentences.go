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
	end, over, one := newClock(&t, Options{}).until, "", "One"
	if stops(&t) { // the goroutines, too, are those that were seen until then
		over, one = "In the first "+format.Duration(end)+": ", "one"
	}
	average := float64(max(t.Totals[notebook.Running], 0)) / float64(end)
	if n == 1 {
		return over + one + " goroutine ran, for " + format.Percent(min(average, 1)) + " of the time."
	}
	could := "all could run at once"
	switch {
	case n > p && p == 1:
		could = "only one could run at a time"
	case n > p:
		could = fmt.Sprintf("at most %s could run at once", format.Number(p))
	case n == 2:
		could = "both could run at once"
	}
	return fmt.Sprintf("%s%s goroutines, the cell's own included; %s, and %s.", over, format.Number(n), could, howManyRan(min(average, float64(min(n, p)))))
}

// stops reports whether the recording stopped before the cell ended.
func stops(t *notebook.Timeline) bool { return t.Cut > 0 && t.Cut < t.Wall }

// howManyRan says an average in words that need no part of a goroutine: where
// it is below 1/2, none can have run for less than half of the time.
func howManyRan(average float64) string {
	switch {
	case average < 0.05:
		return "nearly all the time none ran"
	case average < 0.5:
		return "most of the time none ran"
	case average < 0.95:
		return "at times none ran"
	case average < 1.05:
		return "on average one ran"
	}
	return "on average " + strconv.FormatFloat(average, 'f', 1, 64) + " ran"
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

// BusyHeadline says in a few words that the machine was busy, which changes what
// a headline means; "" where it was not. The CPU time is that of the run; 0: not
// known.
func BusyHeadline(t notebook.Traced, cpu time.Duration) string {
	running := t.Timeline.Totals[notebook.Running]
	switch {
	case !t.Busy:
		return ""
	case cpu <= 0 || cpu >= running:
		return "The machine was busy."
	}
	return "The machine was busy: " + format.Percent(waited(running, cpu)) + " of that was waiting for a core."
}

// waited returns the share of the running time drawn in which a goroutine had a
// processor of Go, whose thread had none of the machine.
func waited(running, cpu time.Duration) float64 { return 1 - float64(cpu)/float64(running) }

// busy says how much of what is drawn as running was not: the goroutine had a
// processor of Go, whose thread had none of the machine.
func busy(t *notebook.Timeline, cpu time.Duration) string {
	running := t.Totals[notebook.Running]
	if cpu <= 0 || cpu >= running {
		return "The machine was busy with other work: at times, goroutines drawn as running waited for a core."
	}
	return "The machine was busy: " + format.Percent(waited(running, cpu)) + " of the time drawn as running was spent waiting for a core."
}
