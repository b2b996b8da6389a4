package notebook

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
	Text   string      `json:"text"`   // in words
	// Positions are the places of the note that take part, each once.
	Positions []VerdictPlace `json:"positions,omitempty"`
}

// A VerdictPlace is a place of the note that takes part in a verdict.
type VerdictPlace struct {
	Line int    `json:"line"`
	Col  int    `json:"col,omitempty"`
	Role string `json:"role,omitempty"` // "write by goroutine 8", "started here"
}

func (Verdict) kind() string { return "verdict" }
