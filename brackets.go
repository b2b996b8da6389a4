package notebook

import "bytes"

// A bracketScanner counts the bytes that the parser will look at more than
// once because of the brackets of one paragraph. It does what the parser does, and stops
// when the budget is spent.
type bracketScanner struct {
	text   []byte
	lines  int
	budget int

	work       int
	openLinks  int   // ]( without an end
	notes      int   // footnotes, roughly
	references int   // [^
	open       []int // offsets of the brackets that are open
}

func (s *bracketScanner) scan() {
	for i := 0; i < len(s.text) && s.work <= s.budget && s.openLinks <= maxOpenLinks; i++ {
		switch s.text[i] {
		case '\\':
			i++
		case '[':
			s.open = append(s.open, i)
			if i+1 < len(s.text) && s.text[i+1] == '^' {
				s.references++
			}
		case ']':
			s.closing(i)
		}
	}
}

// closing adds what a closing bracket costs: the text in the brackets and the
// lines of the paragraph are searched, then what may be a destination.
func (s *bracketScanner) closing(i int) {
	last := len(s.open) - 1
	if last < 0 {
		return
	}
	s.work += i - s.open[last] + s.lines/2
	s.open = s.open[:last]
	if i+1 == len(s.text) {
		return
	}
	switch s.text[i+1] {
	case '(':
		s.destination(s.text[i+2:])
	case '[':
		s.work += distance(s.text[i+2:], ']')
	case ':':
		s.notes++
	}
}

// destination adds the cost of what may be the target and title of a link.
func (s *bracketScanner) destination(text []byte) {
	n := destinationLength(text)
	s.work += n
	rest := bytes.TrimLeft(text[n:], " \t\n")
	if len(rest) == 0 {
		s.openLinks++
		return
	}
	closer := rest[0]
	switch closer {
	case ')':
		return
	case '(':
		closer = ')'
	case '"', '\'':
	default:
		s.openLinks++
		return
	}
	end := distance(rest[1:], closer)
	s.work += end
	if end == len(rest)-1 {
		s.openLinks++
	}
}

func destinationLength(text []byte) int {
	if len(text) > 0 && text[0] == '<' {
		line, _, _ := bytes.Cut(text, []byte("\n"))
		return min(distance(line, '>')+1, len(line))
	}
	opened := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '(':
			opened++
		case ')':
			if opened--; opened < 0 {
				return i
			}
		case ' ', '\t', '\n':
			return i
		}
	}
	return len(text)
}

// distance returns the offset of c in text, or the length of text.
func distance(text []byte, c byte) int {
	if i := bytes.IndexByte(text, c); i >= 0 {
		return i
	}
	return len(text)
}
