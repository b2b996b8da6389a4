package notebook

// A ClaimResult says what a run found out about a claim.
type ClaimResult string

// The results. A claim with an error in its predicate has none of the first
// four: it was not evaluated.
const (
	ClaimHolds         ClaimResult = "holds"
	ClaimFails         ClaimResult = "fails"
	ClaimUndecided     ClaimResult = "not decided"
	ClaimNotApplicable ClaimResult = "not applicable"
	ClaimBroken        ClaimResult = "error"
)

// Claimed is a claim of the note, checked.
type Claimed struct {
	Text      string      `json:"text,omitempty"` // the sentence
	Predicate string      `json:"predicate"`
	Measured  string      `json:"measured,omitempty"` // the predicate with values in place of names
	Result    ClaimResult `json:"result"`
	// Reason says in words why it is not decided or not applicable, what else
	// a reader should know, or what is wrong with the predicate.
	Reason string `json:"reason,omitempty"`
	Hint   string `json:"hint,omitempty"` // the next step for the author
	// Line and Col are the place of the predicate, or of what is wrong in it.
	Line int `json:"line"`
	Col  int `json:"col"`
	// Number is the place of the claim among those of the note, from 1.
	Number int `json:"number"`
}

// Valued is the value of an inline expression of the note.
type Valued struct {
	Expression string `json:"expression"`
	Text       string `json:"text,omitempty"`   // the value; "" where there is none
	Failed     bool   `json:"failed,omitempty"` // there should be a value
	Reason     string `json:"reason,omitempty"` // why there is no value
	Hint       string `json:"hint,omitempty"`
	Line       int    `json:"line"`
	Col        int    `json:"col"`
	Number     int    `json:"number"` // place among those of the note, from 1
}

// ClaimCounts counts the claims of a note by their result. Those with an error
// in them count as failed.
type ClaimCounts struct {
	Held          int `json:"held"`
	Failed        int `json:"failed"`
	Undecided     int `json:"undecided"`
	NotApplicable int `json:"not_applicable"`
}

// All returns how many claims there are.
func (c ClaimCounts) All() int { return c.Held + c.Failed + c.Undecided + c.NotApplicable }

func (Claimed) kind() string { return "claim" }
func (Valued) kind() string  { return "value" }
