package renderer

import "strings"

// maxColors is the work that a page may spend on colors, in the units of
// colors: a megabyte of Go, or some fifty kilobytes of other languages.
const maxColors = 4_000_000

// colors highlights the code of a page. It counts what that costs, so that no
// code, made to be slow, can hold a page up: when the work is done the rest
// stays plain. It counts characters that lexers may have looked at, not time:
// equal notes have equal pages.
type colors struct {
	left int             // work that may still be done
	used map[string]bool // names of the lexers that this page has used
}

func newColors() *colors { return &colors{left: maxColors, used: map[string]bool{}} }

// spend counts work and reports whether it may be done.
func (c *colors) spend(work int) bool {
	c.left = max(c.left-work, 0)
	return c.left > 0
}

// A token is a piece of code on one line; class is "" for plain text.
type token struct{ class, text string }

// A span is a token that may go over several lines, as a part of the code.
type span struct {
	class      string
	start, end int
}

// highlight cuts code into lines of tokens. Unknown languages give plain text.
// The texts joined, with a line feed between lines, are the code again.
func (c *colors) highlight(lang, code string) [][]token {
	code = strings.TrimRight(code, "\n")
	var lines [][]token
	var line []span
	for _, s := range c.lex(lang, code) {
		for {
			n := strings.IndexByte(code[s.start:s.end], '\n')
			if n < 0 {
				break
			}
			line = join(code, line, span{s.class, s.start, s.start + n})
			lines = append(lines, tokens(code, line))
			line, s.start = line[:0], s.start+n+1
		}
		line = join(code, line, s)
	}
	return append(lines, tokens(code, line))
}

// join appends s to line. Spans of one class that touch, or have only blanks
// between them, become one: fewer elements.
func join(code string, line []span, s span) []span {
	n := len(line)
	switch {
	case s.start == s.end:
		return line
	case n > 0 && line[n-1].class == s.class:
		line[n-1].end = s.end
		return line
	case n > 1 && s.class != "" && line[n-2].class == s.class && strings.Trim(code[line[n-1].start:s.start], " \t") == "":
		line[n-2].end = s.end
		return line[:n-1]
	}
	return append(line, s)
}

func tokens(code string, line []span) []token {
	var list []token
	for _, s := range line {
		list = append(list, token{s.class, code[s.start:s.end]})
	}
	return list
}

// lex returns code as spans, one after the other.
func (c *colors) lex(lang, code string) []span {
	lexer := lexerOf(lang)
	switch {
	case lexer == nil:
	case lexer.Config().Name == "Go":
		if c.spend(goWork * len(code)) {
			return goSpans(code)
		}
	case c.used[lexer.Config().Name] || c.spend(firstUse):
		c.used[lexer.Config().Name] = true
		return c.lexPieces(lexer, code)
	}
	return []span{{"", 0, len(code)}}
}
