package notebook

import "strings"

// A Cell is a fenced block of a note that runs, or that would run if its
// author had not switched that off.
type Cell struct {
	Label   string // the author's, or "cell-N"
	Index   int    // 1 for the first cell of the note
	Lang    string // "go"
	Mode    Mode
	Options Options
	Program bool   // package main: a program of its own
	Code    string // without option lines, as the author wrote it, dedented
	Check   *Check // the trailing // Output: comment; nil without one
	// Fence is the place of the opening fence; Line and EndLine are the first
	// and last line of Code in the note.
	Fence         Position
	Line, EndLine int
	// Broken is set when a diagnostic of severity Error belongs to the cell:
	// then it is skipped.
	Broken bool
	// Inline is set for the code of an inline value, which is one expression.
	Inline bool

	indent []int // for each line of Code: bytes of the note's line before it
}

// Mode says what is done with the code of a cell.
type Mode string

// The modes.
const (
	Run         Mode = ""       // compiled and run
	CompileOnly Mode = "no_run" // compiled, not run
	Show        Mode = "ignore" // shown only: ignore, eval: false
	Sketch      Mode = "sketch" // shown only: contains a bare ... statement
)

// NotePosition returns the place in the note of a line and column of Code,
// both counted from 1. Places outside Code are moved to its nearest line.
func (c *Cell) NotePosition(line, col int) Position {
	line = min(max(line, 1), max(1, len(c.indent)))
	p := Position{Line: c.Line + line - 1, Col: col}
	if col > 0 && line <= len(c.indent) {
		p.Col = max(1, col+c.indent[line-1])
	}
	return p
}

// CodeWithoutCheck returns Code without the comment that Check came from: what
// a page shows.
func (c *Cell) CodeWithoutCheck() string {
	if c.Check == nil {
		return c.Code
	}
	before := strings.TrimRight(c.Code[:c.Check.start], " \t\n")
	after := strings.TrimSpace(c.Code[c.Check.end:]) // closing braces at most
	if before == "" {
		return after
	}
	return strings.TrimRight(before+"\n"+after, "\n") + "\n"
}

// CellName returns how messages call the cell with a label: "cell 3" for one
// that its author did not label, "cell worker" for another.
func CellName(label string) string {
	if number, ok := strings.CutPrefix(label, "inline-"); ok {
		return "inline value " + number
	}
	return "cell " + strings.TrimPrefix(label, "cell-")
}
