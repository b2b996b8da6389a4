package notebook

import (
	"slices"
	"strings"
)

// A VerdictKind is what can be found out about a cell that may have ended well.
type VerdictKind string

// The kinds of verdicts.
const (
	RaceVerdict     VerdictKind = "race"
	LeakVerdict     VerdictKind = "leak"
	DeadlockVerdict VerdictKind = "deadlock"
)

// A Verdict is what was found out about a run of a cell.
type Verdict struct {
	Kind   VerdictKind `json:"kind"`
	Found  bool        `json:"found"`  // observed in this run; false never means that there is none
	Proved bool        `json:"proved"` // certain, not likely
	// Unchecked is set where nothing could be found out here; Text says why.
	Unchecked bool   `json:"unchecked,omitempty"`
	Text      string `json:"text"` // in words
	// Positions are the places of the note that take part, each once.
	Positions []VerdictPlace `json:"positions,omitempty"`
}

// A VerdictPlace is a place of the note that takes part in a verdict.
type VerdictPlace struct {
	Line int    `json:"line"`
	Col  int    `json:"col,omitempty"`
	Role string `json:"role,omitempty"` // "read, write", "chan send"
}

// Forbids reports whether what was found makes a cell with these options fail.
func (o Options) Forbids(v Verdict) bool {
	if !v.Found || o.Expects(v.Kind) {
		return false
	}
	return v.Kind == RaceVerdict || v.Kind == LeakVerdict && o.Leaks == LeaksForbid
}

// The roles of places that are no sites.
const (
	// StartRole is the role of a place that started a goroutine which takes part.
	StartRole = "starts a goroutine"
	// CallRole is the role of a place where the cell calls a function in which it
	// happens.
	CallRole = "leads there"
)

// IsSite reports whether what was found happens at the place itself.
func (p VerdictPlace) IsSite() bool {
	return slices.ContainsFunc(strings.Split(p.Role, ", "), func(role string) bool { return role != StartRole && role != CallRole })
}

func (Verdict) kind() string { return "verdict" }
