package notebook

import (
	"bytes"
	"sort"
)

// Position returns the place of an offset of n.Source in the author's file:
// comments that were removed from the line count. An offset outside n.Source
// is moved to its nearest end.
func (n *Note) Position(offset int) Position {
	if n.lines == nil { // not made by Parse
		n = &Note{Source: n.Source, lines: lineStarts(n.Source)}
	}
	offset = min(max(offset, 0), len(n.Source))
	line := n.lineAt(offset)
	start := n.lines[line]
	return Position{Line: line + 1, Col: offset - start + n.removedBetween(start, offset) + 1}
}

// lineAt returns the index in n.lines of the line that holds offset.
func (n *Note) lineAt(offset int) int {
	return sort.Search(len(n.lines), func(i int) bool { return n.lines[i] > offset }) - 1
}

// lineText returns the line with that index, without its line end.
func (n *Note) lineText(line int) []byte {
	if line+1 < len(n.lines) {
		return n.Source[n.lines[line] : n.lines[line+1]-1]
	}
	return n.Source[n.lines[line]:]
}

// lineStarts returns the offsets at which the lines of text begin.
func lineStarts(text []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(text, []byte("\n")))
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// A cut is a place where bytes of the author's file were removed.
type cut struct {
	at    int // offset in Source
	total int // bytes removed here and at all earlier cuts
}

// removedBetween counts the bytes removed in Source[from:to], ends included.
func (n *Note) removedBetween(from, to int) int {
	return n.removedBefore(to+1) - n.removedBefore(from)
}

func (n *Note) removedBefore(offset int) int {
	i := sort.Search(len(n.cuts), func(i int) bool { return n.cuts[i].at >= offset })
	if i == 0 {
		return 0
	}
	return n.cuts[i-1].total
}
