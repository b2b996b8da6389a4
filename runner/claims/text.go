package claims

import (
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
)

// A text is the text of a predicate as expr reads it: literals of durations
// are numbers of seconds.
type text struct {
	source string // as the author wrote it
	read   string
	edits  []edit
}

// An edit is a literal that was replaced.
type edit struct {
	start, end int // in read
	behind     int // how many bytes the text was longer up to here
}

// rewrite replaces the literals of durations.
func rewrite(source string) text {
	t := text{source: source}
	var b strings.Builder
	copied := 0
	for _, l := range durations(source) {
		b.WriteString(source[copied:l.start])
		start := b.Len()
		b.WriteString(strconv.FormatFloat(l.value.Seconds(), 'f', -1, 64))
		t.edits = append(t.edits, edit{start: start, end: b.Len(), behind: l.end - b.Len()})
		copied = l.end
	}
	b.WriteString(source[copied:])
	t.read = b.String()
	return t
}

// offset returns the offset in the author's text of a character of the text
// that was read. Within a literal that is its start.
func (t text) offset(char int) int {
	at := byteOffset(t.read, char)
	shift := 0
	for _, e := range t.edits {
		switch {
		case at >= e.end:
			shift = e.behind
		case at > e.start:
			at = e.start
		}
	}
	return min(at+shift, len(t.source))
}

// duration returns the seconds of a node that stands for the literal of a
// duration.
func (t text) duration(n ast.Node) (seconds float64, ok bool) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		seconds = float64(n.Value)
	case *ast.FloatNode:
		seconds = n.Value
	default:
		return 0, false
	}
	at := byteOffset(t.read, n.Location().From)
	return seconds, slices.ContainsFunc(t.edits, func(e edit) bool { return e.start == at })
}

// byteOffset returns where a character of a text begins.
func byteOffset(s string, char int) int {
	at := 0
	for ; char > 0 && at < len(s); char-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// A duration is a literal such as 70ms.
type duration struct {
	start, end int
	value      time.Duration
}

// durations finds the literals of durations: numbers with a unit behind them
// and no space between. What stands in quotes is none.
func durations(source string) []duration {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(source))
	s.Init(file, []byte(source), func(token.Position, string) {}, 0)
	var found []duration
	start, end := -1, -1 // of the number before
	for {
		pos, tok, lit := s.Scan()
		offset := file.Offset(pos)
		switch {
		case tok == token.EOF:
			return found
		case tok == token.IDENT && offset == end:
			if d, err := time.ParseDuration(source[start : offset+len(lit)]); err == nil {
				found = append(found, duration{start, offset + len(lit), d})
			}
		}
		start, end = -1, -1
		if tok == token.INT || tok == token.FLOAT {
			start, end = offset, offset+len(lit)
		}
	}
}
