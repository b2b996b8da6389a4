package format

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Visible returns s as valid UTF-8 in which no character hides or reorders
// others: control characters are written as ^A, characters that change the
// direction of writing by their numbers. Tabs and line feeds stay.
func Visible(s string) string {
	if isVisible(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s { // an invalid byte comes as U+FFFD
		b.WriteString(VisibleRune(r))
	}
	return b.String()
}

func isVisible(s string) bool {
	for _, r := range s {
		if Hidden(r) {
			return false
		}
	}
	return utf8.ValidString(s)
}

// VisibleRune returns what [Visible] writes for r.
func VisibleRune(r rune) string {
	switch {
	case !Hidden(r):
		return string(r)
	case r < ' ', r == 0x7f:
		return "^" + string(r^'@')
	}
	return fmt.Sprintf("⟨U+%04X⟩", r)
}

// Hidden reports whether r is a control character other than tab and line
// feed, one that changes the direction of the text around it, or none at all.
func Hidden(r rune) bool {
	switch {
	case r < ' ':
		return r != '\t' && r != '\n'
	case r < 0x7f:
		return false
	case r < 0xa0: // delete and the C1 controls
		return true
	case r == '\u061c', r == '\u200e', r == '\u200f', r == '\ufeff', r == '\ufffe', r == '\uffff':
		return true
	}
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}
