package renderer

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// visible returns s as valid UTF-8 in which no character hides or reorders
// others: control characters are written as ^A, characters that change the
// direction of writing by their numbers. Tabs and line feeds stay.
func visible(s string) string {
	if isVisible(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s { // an invalid byte comes as U+FFFD
		b.WriteString(visibleRune(r))
	}
	return b.String()
}

func isVisible(s string) bool {
	for _, r := range s {
		if hidden(r) {
			return false
		}
	}
	return utf8.ValidString(s)
}

func visibleRune(r rune) string {
	switch {
	case !hidden(r):
		return string(r)
	case r < ' ', r == 0x7f:
		return "^" + string(r^'@')
	}
	return fmt.Sprintf("⟨U+%04X⟩", r)
}

// hidden reports whether r is a control character other than tab and line
// feed, or one that changes the direction of the text around it.
func hidden(r rune) bool {
	switch {
	case r < ' ':
		return r != '\t' && r != '\n'
	case r < 0x7f:
		return false
	case r < 0xa0: // delete and the C1 controls
		return true
	case r == '\u061c', r == '\u200e', r == '\u200f', r == '\ufeff':
		return true
	}
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// clean returns HTML as valid UTF-8 without control characters. It is the last
// guard, for what goldmark's renderer wrote: there, references such as &#1;
// turn into characters.
func clean(html string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || 0x7f <= r && r < 0xa0 {
			return utf8.RuneError
		}
		return r
	}, html)
}
