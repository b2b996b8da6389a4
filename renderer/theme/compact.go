package theme

import (
	"regexp"
	"strings"
)

var (
	// Strings come first in the alternation, so that nothing inside them is
	// taken for a comment or a space.
	cssPart = regexp.MustCompile(`"[^"]*"|/\*(?s:.*?)\*/|\s*[{};,>]\s*|:\s+|\s+`)
	// A last semicolon says nothing.
	cssLast = strings.NewReplacer(";}", "}")
)

// compactCSS removes comments and space without meaning from a style sheet. It
// relies on how page.css is written: a space after a colon only in
// declarations and media queries, double quotes, none of {};,> inside of
// strings without need.
func compactCSS(s string) string {
	s = cssPart.ReplaceAllStringFunc(s, func(part string) string {
		switch {
		case part[0] == '"':
			return part
		case strings.HasPrefix(part, "/*"):
			return ""
		case strings.TrimSpace(part) == "":
			return " "
		}
		return strings.TrimSpace(part)
	})
	return cssLast.Replace(strings.TrimSpace(s))
}

// compactScript removes indentation, empty lines and lines that are comments.
// It relies on how page.js is written: no string spans lines.
func compactScript(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}
