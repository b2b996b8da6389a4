package main

import "fmt"

// A total counts notes: those that are as they should be, and the others.
type total struct{ good, bad int }

func (t *total) add(good bool) {
	if good {
		t.good++
	} else {
		t.bad++
	}
}

// tellTotal ends a command that several notes went through. Quality says what
// the good ones are.
func (a *app) tellTotal(t total, quality string) {
	switch notes := plural(t.good+t.bad, "note"); {
	case t.good+t.bad < 2:
	case t.bad == 0:
		a.console.Success(notes + " " + quality)
	default:
		a.console.Failure(fmt.Sprintf("%s: %d %s, %d not", notes, t.good, quality, t.bad))
	}
}
