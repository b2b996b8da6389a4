package harness

import (
	"fmt"
	"strings"

	"notebook"
)

// endHint returns the next step for the author of a cell that says nothing about
// its end: what an end that looks like a mistake comes from, and how to say that
// it is meant; "" for all other ends.
func endHint(o notebook.Outcome, message string, opts notebook.Options) string {
	if opts.Error || len(opts.Expect) > 0 {
		return ""
	}
	switch o {
	case notebook.Panic, notebook.Fatal, notebook.Deadlock:
	default:
		return ""
	}
	for _, mistake := range mistakes {
		if strings.Contains(message, mistake.message) {
			return fmt.Sprintf("%s; `expect: %s` says that it is meant", mistake.remedy, o)
		}
	}
	return fmt.Sprintf("write `expect: %s` if it is meant", o)
}

// leftHint is the next step where a goroutine that another cell left running has
// crashed while the cell ran; "" where none has.
func (p place) leftHint(r *report) string {
	if r == nil {
		return ""
	}
	for _, g := range r.culprit() {
		if label := p.startedIn(g); !g.isFlow() && label != "" && label != p.cell.Label {
			return fmt.Sprintf("a goroutine that %s left running crashed: let that cell wait for it", notebook.CellName(label))
		}
	}
	return ""
}

// lateHint is the next step for the author of a cell one of whose goroutines
// crashed when the cell had ended.
const lateHint = "let the cell wait for its goroutines, with a WaitGroup or a channel: then the crash is its own end"

// lateMessage says what kind of crash it was: the end of the cell, which says it
// for others, was another one.
func lateMessage(o notebook.Outcome, message string) string {
	switch o {
	case notebook.Panic:
		return "panic: " + message
	case notebook.Fatal:
		return "fatal error: " + message
	}
	return message
}

// mistakes are the messages of Go that say what happened and not why, and what
// the author can do.
var mistakes = []struct{ message, remedy string }{
	{"concurrent map", "several goroutines use this map at once, and one of them writes: let a mutex guard it"},
	{"stack overflow", "a function calls itself without end: let it stop at some depth"},
	{"negative WaitGroup counter", "Done was called more often than Add counted: call Add before the goroutine starts, or let Go of the WaitGroup start it"},
	{"WaitGroup is reused", "a new round begins before all calls of Wait have returned: take a new WaitGroup for it"},
	{"WaitGroup misuse", "Add runs at the same time as Wait: call Add before the goroutine starts"},
	{"close of closed channel", "let one goroutine close a channel, once"},
	{"send on closed channel", "let the sender close the channel, after its last send"},
	{"close of nil channel", "make the channel first"},
	{"nil map", "make the map first"},
}
