package harness

import (
	"bytes"
	"unicode/utf8"
)

// mark separates a name of the note from the number that lowering gave to one
// definition of it.
const mark = "ǃ"

// maxDigits is more than such a number ever has.
const maxDigits = 9

// cleanNames removes the generated parts of names. It may change data.
func cleanNames(data []byte) []byte {
	i := bytes.Index(data, []byte(mark))
	if i < 0 {
		return data
	}
	clean := data[:0]
	for {
		n := digits(data[i+len(mark):])
		if n == 0 {
			clean = append(clean, data[:i+len(mark)]...)
		} else {
			clean = append(clean, data[:i]...)
		}
		data = data[i+len(mark)+n:]
		if i = bytes.Index(data, []byte(mark)); i < 0 {
			return append(clean, data...)
		}
	}
}

// cleanName is cleanNames for a string.
func cleanName(s string) string { return string(cleanNames([]byte(s))) }

func digits(b []byte) int {
	n := 0
	for n < len(b) && n < maxDigits && '0' <= b[n] && b[n] <= '9' {
		n++
	}
	return n
}

// splitEnd returns how much of data can be passed on: not the beginning of a
// UTF-8 sequence or of a generated name at its end.
func splitEnd(data []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(data); n++ {
		if c := data[len(data)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(data[len(data)-n:]) {
				return len(data) - n
			}
			break
		}
	}
	from := max(0, len(data)-len(mark)-maxDigits)
	i := bytes.LastIndex(data[from:], []byte(mark))
	if i < 0 {
		return len(data)
	}
	if n := digits(data[from+i+len(mark):]); n < maxDigits && from+i+len(mark)+n == len(data) {
		return from + i
	}
	return len(data)
}
