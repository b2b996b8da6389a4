package renderer

import "strings"

// Titles and sentences are plain text, but for code between backquotes.

// backquoted writes text in which code stands between backquotes.
func (m markup) backquoted(text string) {
	for i, part := range splitBackquotes(text) {
		if i%2 == 1 {
			m.element("code", part)
		} else {
			m.text(part)
		}
	}
}

// withoutBackquotes returns text where no code can be set off.
func withoutBackquotes(text string) string { return strings.Join(splitBackquotes(text), "") }

// splitBackquotes returns text and code in turn. A backquote that nothing
// closes stays as it is.
func splitBackquotes(text string) []string {
	if strings.Count(text, "`")%2 == 1 {
		return []string{text}
	}
	return strings.Split(text, "`")
}
