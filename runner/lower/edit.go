package lower

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// An edit replaces code[start:end] by text.
type edit struct {
	start, end int
	text       string
	tail       bool // an insertion that belongs to the text before it
}

// within reports whether e belongs to the region [start, end).
func (e edit) within(start, end int) bool {
	switch {
	case e.start < e.end:
		return e.start >= start && e.end <= end
	case e.tail:
		return e.start > start && e.start <= end
	}
	return e.start >= start && e.start < end
}

// A splicer copies regions of a cell's code into a file, under //line
// directives, with edits.
type splicer struct {
	code  string
	lines []int  // offset of each line of code
	base  string // file name in //line directives
	first int    // line of the note that holds the first line of code
	edits []edit
}

func newSplicer(code, base string, first int) *splicer {
	return &splicer{code: code, lines: lineOffsets(code), base: base, first: first}
}

func lineOffsets(code string) []int {
	offsets := []int{0}
	for i := range len(code) {
		if code[i] == '\n' {
			offsets = append(offsets, i+1)
		}
	}
	return offsets
}

// place returns the line in the note and the column in the code of an offset.
func (s *splicer) place(off int) (line, col int) {
	i, found := slices.BinarySearch(s.lines, off)
	if !found {
		i--
	}
	return s.first + i, off - s.lines[i] + 1
}

// replace adds an edit. Edits must not overlap; insertions at one offset keep
// the order in which they were added.
func (s *splicer) replace(start, end int, text string) {
	s.edits = append(s.edits, edit{start: start, end: end, text: text})
}

// before inserts text in front of the text at off.
func (s *splicer) before(off int, text string) { s.replace(off, off, text) }

// after inserts text behind the text that ends at off.
func (s *splicer) after(off int, text string) {
	s.edits = append(s.edits, edit{start: off, end: off, text: text, tail: true})
}

// sort orders the edits by place; call it before the first copy.
func (s *splicer) sort() {
	slices.SortStableFunc(s.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.rank(), b.rank()))
	})
}

// rank orders edits at one offset: what ends there, what is put in front of
// the text, what replaces it.
func (e edit) rank() int {
	switch {
	case e.tail:
		return 0
	case e.start == e.end:
		return 1
	}
	return 2
}

// copy writes code[start:end] with its edits. Where an edit moves what follows
// it on the line, a /*line*/ comment puts the position right again.
func (s *splicer) copy(w *strings.Builder, start, end int) {
	if strings.TrimSpace(s.code[start:end]) == "" {
		return
	}
	line, col := s.place(start)
	fmt.Fprintf(w, "//line %s:%d:%d\n", s.base, line, col)
	at := start
	for _, e := range s.edits {
		if !e.within(start, end) {
			continue
		}
		w.WriteString(s.code[at:e.start])
		w.WriteString(e.text)
		at = e.end
		if len(e.text) != e.end-e.start && !s.endsLine(at) {
			line, col := s.place(at)
			fmt.Fprintf(w, "/*line %s:%d:%d*/", s.base, line, col)
		}
	}
	w.WriteString(s.code[at:end])
	w.WriteString("\n")
}

func (s *splicer) endsLine(off int) bool {
	return off >= len(s.code) || s.code[off] == '\n'
}
