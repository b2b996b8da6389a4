package renderer

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"notebook/renderer/internal/format"
)

// maxStyles bounds how often the style of one output may change: beyond it
// colors are dropped, so that a page stays a small multiple of its outputs.
const maxStyles = 10_000

// A terminal turns the bytes that a program wrote into lines of styled text.
// It knows colors and text attributes (SGR), carriage return, and erasing to
// the end of the line: what programs use that print to a terminal without
// taking it over. Every other escape sequence is dropped whole; every other
// control character is shown.
type terminal struct {
	lines  [][]token
	line   []glyph
	column int // where the next character goes in line
	style  style
	styles int
}

type glyph struct {
	r     rune
	style style
}

// terminalLines returns the lines of data; a last line feed begins no line.
func terminalLines(data []byte) [][]token {
	longest := 0
	for line := range bytes.Lines(data) {
		longest = max(longest, len(line))
	}
	t := terminal{line: make([]glyph, 0, longest)} // growing it would take five times as much
	for len(data) > 0 {
		data = data[t.step(data):]
	}
	if len(t.line) > 0 {
		t.feed()
	}
	return t.lines
}

// step takes one character or escape sequence and returns its length.
func (t *terminal) step(data []byte) int {
	switch data[0] {
	case '\n':
		t.feed()
		return 1
	case '\r':
		t.column = 0
		return 1
	case escapeByte:
		if sequence := escapeSequence(data); sequence != nil {
			t.obey(sequence)
			return len(sequence)
		}
	}
	r, n := utf8.DecodeRune(data)
	if !format.Hidden(r) {
		t.put(r)
		return n
	}
	for _, v := range format.VisibleRune(r) {
		t.put(v)
	}
	return n
}

func (t *terminal) put(r rune) {
	g := glyph{r, t.style}
	if t.column < len(t.line) {
		t.line[t.column] = g
	} else {
		t.line = append(t.line, g)
	}
	t.column++
}

// feed ends a line: glyphs of one style become one token.
func (t *terminal) feed() {
	var tokens []token
	for rest := t.line; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(g glyph) bool { return g.style != rest[0].style })
		if n < 0 {
			n = len(rest)
		}
		tokens = append(tokens, token{rest[0].style.class(), glyphText(rest[:n])})
		rest = rest[n:]
	}
	t.lines = append(t.lines, tokens)
	t.line, t.column = t.line[:0], 0
}

func glyphText(glyphs []glyph) string {
	var b strings.Builder
	for _, g := range glyphs {
		b.WriteRune(g.r)
	}
	return b.String()
}

// obey follows an escape sequence that is known, and forgets any other.
func (t *terminal) obey(sequence []byte) {
	if len(sequence) < 3 || sequence[1] != '[' {
		return
	}
	params := string(sequence[2 : len(sequence)-1])
	switch sequence[len(sequence)-1] {
	case 'm':
		if t.styles < maxStyles {
			t.style.set(params)
			t.styles++
		} else {
			t.style = style{}
		}
	case 'K':
		if (params == "" || params == "0") && t.column < len(t.line) {
			t.line = t.line[:t.column]
		}
	}
}

const (
	escapeByte = 0x1b
	bell       = 0x07
	maxString  = 4096 // bytes of an operating system command, such as a link
)

// escapeSequence returns the escape sequence that data begins with, or nil
// where there is none, or one that does not end.
func escapeSequence(data []byte) []byte {
	if len(data) < 2 {
		return nil
	}
	switch data[1] {
	case '[': // control sequence: parameters, intermediates, one final byte
		for i := 2; i < min(len(data), 256); i++ {
			if 0x40 <= data[i] && data[i] <= 0x7e {
				return data[:i+1]
			}
			if data[i] < 0x20 || data[i] > 0x3f {
				return nil
			}
		}
		return nil
	case ']', 'P', 'X', '^', '_': // strings, ended by BEL or ESC \
		for i := 2; i < min(len(data), maxString); i++ {
			if data[i] == bell {
				return data[:i+1]
			}
			if data[i] == escapeByte && i+1 < len(data) && data[i+1] == '\\' {
				return data[:i+2]
			}
		}
		return nil
	}
	if 0x30 <= data[1] && data[1] <= 0x7e {
		return data[:2]
	}
	return nil
}
