package notebook

import (
	"bytes"
	"unicode/utf8"
)

const replacement = "\uFFFD"

// normalize returns src as the parser wants it: valid UTF-8, LF line ends, no
// byte order mark, no NUL. It also returns how many bytes were no UTF-8 and
// where, in the result, the first of them stood.
func normalize(src []byte) (text []byte, invalid, first int) {
	text = bytes.TrimPrefix(src, []byte("\xEF\xBB\xBF"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) // copies always
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	if bytes.IndexByte(text, 0) >= 0 {
		text = bytes.ReplaceAll(text, []byte{0}, []byte(replacement))
	}
	if utf8.Valid(text) {
		return text, 0, 0
	}
	return replaceInvalid(text)
}

func replaceInvalid(src []byte) (text []byte, invalid, first int) {
	text = make([]byte, 0, len(src)+len(src)/8)
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if r == utf8.RuneError && size == 1 {
			if invalid == 0 {
				first = len(text)
			}
			invalid++
			text = append(text, replacement...)
		} else {
			text = append(text, src[:size]...)
		}
		src = src[size:]
	}
	return text, invalid, first
}
