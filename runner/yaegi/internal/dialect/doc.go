// Package dialect knows where the Go of yaegi differs from Go.
//
// [Translate] type-checks generated files. Where yaegi is known to do something
// else than Go, it either edits the text so that both do the same, or reports a
// [Difference] at the place in the note. Each rule stands in a file of its own
// and has a minimal program in testdata; a test runs the accepted programs
// under yaegi and under Go and compares.
//
// What depends on a difference in another file is a difference too (follow.go).
//
// It also makes functions note where they are, so that a dump of goroutines can
// show places in the note (rule_places.go, waits.go).
//
// The rules are necessary, not sufficient: yaegi has differences that nobody
// has found yet. A corpus of programs, testdata/corpus of package yaegi, tells
// how many programs run as in Go; the rules were made with three quarters of it.
// The table in docs/interpreter.md is made from testdata/features.txtar.
package dialect
