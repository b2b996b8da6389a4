package notebook

import "strings"

// A Severity says what a diagnostic does to the note.
type Severity string

// The severities. An error makes its cell be skipped and the note fail; a
// warning fails the note only under --strict.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// A Diagnostic is something found wrong in a note before it ran.
type Diagnostic struct {
	File     string // the note's name, as given to Parse
	Position Position
	Severity Severity
	Message  string // one line, lower case, no final period
	Hint     string // the next step for the author; may be empty
	Cell     string // label of the cell it belongs to; empty for the note itself
}

// String returns "file:line:col: message" and, on a second line, the hint.
func (d Diagnostic) String() string {
	var b strings.Builder
	b.WriteString(d.File)
	if p := d.Position.String(); p != "" {
		b.WriteString(":" + p)
	}
	b.WriteString(": ")
	if d.Severity == Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(d.Message)
	if d.Hint != "" {
		b.WriteString("\nhint: " + d.Hint)
	}
	return b.String()
}
