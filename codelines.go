package notebook

import "bytes"

// A codeTracker tells code from prose line by line, before the text is
// parsed: what is removed from prose must stay in code. It knows fences, also
// in quotes and lists, and indented code.
type codeTracker struct {
	fence   []byte // what closes the fence that is open; nil: none is
	quotes  int    // depth of the quote that the fence or the list stands in
	items   []int  // content columns of the list items that are open
	inItem  int    // content column of the item that the fence stands in; 0: none
	blank   bool   // no paragraph goes on: the line before was blank
	indents bool   // the line before was indented code
}

func newCodeTracker() *codeTracker { return &codeTracker{blank: true} }

// depth returns how many containers were open at the last line.
func (t *codeTracker) depth() int { return t.quotes + len(t.items) }

// isCode reports whether the next line is code, or opens or closes a fence.
func (t *codeTracker) isCode(line []byte) bool {
	l := linePrefix(line, t.quotes)
	if t.fence != nil {
		left := l.quotes < t.quotes || len(l.rest) > 0 && l.column < t.inItem
		if !left {
			if t.closes(l.rest) {
				t.fence, t.blank = nil, true // no paragraph goes on below it
			}
			return true
		}
		t.fence = nil
	}
	l = linePrefix(line, len(line))
	return t.prose(l)
}

// prose looks at a line that no fence holds.
func (t *codeTracker) prose(l prefixedLine) bool {
	if l.quotes != t.quotes {
		t.quotes, t.items = l.quotes, nil
	}
	if len(l.rest) == 0 {
		t.blank = true
		return false
	}
	if t.blank {
		t.closeItems(l.column)
	}
	base := 0
	if n := len(t.items); n > 0 {
		base = t.items[n-1]
	}
	t.indents = l.column >= base+4 && (t.blank || t.indents)
	t.blank = false
	if t.indents {
		return true
	}
	return t.opensFence(t.markers(l.rest, l.column))
}

// markers opens the list items and footnotes that begin on the line, and
// returns what follows them.
func (t *codeTracker) markers(rest []byte, column int) ([]byte, int) {
	if footnoteMarker(rest) > 0 {
		t.items = []int{4}
		return nil, 0
	}
	for {
		width := listMarker(rest)
		if width == 0 {
			return rest, column
		}
		t.closeItems(column)
		after := bytes.TrimLeft(rest[width:], " \t")
		column += len(rest) - len(after)
		rest = after
		t.items = append(t.items, column)
	}
}

// closeItems closes the list items whose content begins right of column.
func (t *codeTracker) closeItems(column int) {
	for len(t.items) > 0 && t.items[len(t.items)-1] > column {
		t.items = t.items[:len(t.items)-1]
	}
}

func (t *codeTracker) opensFence(rest []byte, column int) bool {
	sign := fenceSign(rest)
	if sign == nil || sign[0] == '`' && bytes.IndexByte(rest[len(sign):], '`') >= 0 {
		return false
	}
	t.fence, t.inItem = sign, 0
	t.closeItems(column)
	if n := len(t.items); n > 0 {
		t.inItem = t.items[n-1]
	}
	return true
}

func (t *codeTracker) closes(rest []byte) bool {
	sign := fenceSign(rest)
	return len(sign) >= len(t.fence) && sign[0] == t.fence[0] && len(bytes.TrimSpace(rest[len(sign):])) == 0
}

// fenceSign returns the backticks or tildes at the start of line; nil where
// there are fewer than three.
func fenceSign(line []byte) []byte {
	if len(line) < 3 || line[0] != '`' && line[0] != '~' {
		return nil
	}
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	if n < 3 {
		return nil
	}
	return line[:n]
}

// A prefixedLine is a line without the signs of the quotes around it.
type prefixedLine struct {
	quotes int
	column int    // of rest, from 0, with tabs to the next multiple of 4
	rest   []byte // without the space around it
}

// linePrefix takes at most that many quote signs off a line.
func linePrefix(line []byte, quotes int) prefixedLine {
	l := prefixedLine{rest: bytes.TrimRight(line, " \t")}
	for {
		l.skipSpace()
		if l.quotes == quotes || len(l.rest) == 0 || l.rest[0] != '>' {
			return l
		}
		l.quotes++
		l.rest, l.column = l.rest[1:], 0
		if len(l.rest) > 0 && l.rest[0] == ' ' {
			l.rest = l.rest[1:]
		}
	}
}

func (l *prefixedLine) skipSpace() {
	for len(l.rest) > 0 && (l.rest[0] == ' ' || l.rest[0] == '\t') {
		l.column++
		if l.rest[0] == '\t' {
			l.column += 3 - (l.column+3)%4
		}
		l.rest = l.rest[1:]
	}
}

// listMarker returns the length of the bullet or number that begins line and
// has a space or nothing behind it, else 0.
func listMarker(line []byte) int {
	n := 0
	for n < len(line) && n < 9 && '0' <= line[n] && line[n] <= '9' {
		n++
	}
	switch {
	case n == len(line):
		return 0
	case n == 0 && bytes.IndexByte([]byte("-+*"), line[0]) >= 0, n > 0 && (line[n] == '.' || line[n] == ')'):
		n++
	default:
		return 0
	}
	if n < len(line) && line[n] != ' ' && line[n] != '\t' {
		return 0
	}
	return n
}
