package renderer

import (
	"strings"
	"unicode/utf8"
)

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
