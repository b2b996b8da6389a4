package notebook

import (
	"maps"
	"slices"
	"strings"
)

// A Claim is a sentence of a note with a predicate. A run tells whether the
// predicate is true.
type Claim struct {
	Expression
	Sentence string // without its markup; "" for the option claim of a cell
	// Option is set for the option claim: it belongs to the cell Nearest.
	Option bool
}

// An InlineValue is a code span {go} expr in the text of a note: a page shows
// the value of the expression at that point of the session.
type InlineValue struct {
	Expression
	// Measures is set where the expression calls a measuring function: then it
	// is evaluated as the predicate of a claim is, and has no code.
	Measures bool
	// Code is the expression as a cell of its own, which stands in no list of
	// cells; nil where it measures or is broken.
	Code *Cell
}

// An Expression stands in the text of a note: the predicate of a claim, or
// what an inline value shows.
type Expression struct {
	Text     string // on one line
	Position Position
	// Nearest is the label of the nearest cell above that runs; "" without one.
	Nearest string
	// Names are the identifiers in Text that can be variables of the session,
	// each once. Some may be words of the language of predicates.
	Names []string
	// Broken is set where a diagnostic of severity Error belongs to it: then
	// it is not evaluated.
	Broken bool

	pieces []piece
}

// A piece is a part of an expression that stands on one line of the note.
type piece struct {
	offset int // in Text
	at     Position
}

// At returns the place in the note of a byte of Text. Where the note writes
// the text otherwise, as quoted YAML, it is the place where that begins.
func (e *Expression) At(offset int) Position {
	at := e.Position
	for _, p := range e.pieces {
		if p.offset > max(offset, 0) {
			break
		}
		at = Position{Line: p.at.Line, Col: p.at.Col + max(offset, 0) - p.offset}
	}
	return at
}

// maxExpression bounds the bytes of an expression.
const maxExpression = 1_000

// measuring holds the functions that give what a run measured.
var measuring = wordSet(`
	wall cpu parallelism goroutines outcome output value speedup verdict cores gomaxprocs`)

// IsMeasuring reports whether name is a measuring function of predicates.
func IsMeasuring(name string) bool { return measuring[name] }

// MeasuringFunctions returns the names of all measuring functions, sorted.
func MeasuringFunctions() []string { return slices.Sorted(maps.Keys(measuring)) }

// A ValueKind is the kind of a value that predicates know: one of the words
// below, or the kind of its elements after "[]" for each list around them. ""
// is none of them.
type ValueKind string

// The kinds. A duration is a Float, in seconds.
const (
	IntKind   ValueKind = "int"
	FloatKind ValueKind = "float"
	TextKind  ValueKind = "text"
	BoolKind  ValueKind = "bool"
	// AnyKind is the kind of a value that is not known, since the cell that was
	// to give it does not compile.
	AnyKind ValueKind = "any"
)

// List returns the kind of a list of values of kind k; "" where k is "".
func (k ValueKind) List() ValueKind {
	if k == "" {
		return ""
	}
	return "[]" + k
}

// Element returns the kind of the elements of a list, and whether k is one.
func (k ValueKind) Element() (ValueKind, bool) {
	element, ok := strings.CutPrefix(string(k), "[]")
	return ValueKind(element), ok
}
