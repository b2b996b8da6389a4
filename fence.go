package notebook

import (
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// A fence is what stands after the backticks of a fenced block:
//
//	go
//	go ignore {#label timeout=5s isolate title="two words"}
//	{go #label timeout=5s}
//	{.go}
type fence struct {
	lang   string
	braces bool // ```{go}: the author wants it to run
	class  bool // ```{.go}: the author wants it to be shown only
	words  []fenceWord
	// attributes are options; a flag without a value is true.
	attributes []entry
	err        *valueError
}

// A fenceWord is a bare word after the language.
type fenceWord struct {
	text     string
	position Position
}

// FenceLanguage returns the language of a fenced block from the text after
// the backticks: "python" for python, {python}, {.python} and {python #fig}.
// It returns "" where there is none.
func FenceLanguage(info string) string { return parseFence(info, Position{}).lang }

// parseFence reads info, which begins at that place of the note.
func parseFence(info string, at Position) fence {
	s := fenceScanner{text: info, start: at}
	f := fence{}
	s.skipSpace()
	if s.take('{') {
		s.skipSpace()
		f.class = s.take('.')
		f.lang = s.until(" \t}")
		f.braces = !f.class
		s.attributes(&f)
	} else {
		f.lang = s.until(" \t{")
	}
	for s.skipSpace(); !s.done() && f.err == nil; s.skipSpace() {
		if s.take('{') {
			s.attributes(&f)
			continue
		}
		at := s.position()
		f.words = append(f.words, fenceWord{s.until(" \t{"), at})
	}
	return f
}

// A fenceScanner reads the text after the backticks from left to right.
type fenceScanner struct {
	text  string
	next  int
	start Position
}

func (s *fenceScanner) done() bool { return s.next >= len(s.text) }

func (s *fenceScanner) position() Position {
	return Position{Line: s.start.Line, Col: s.start.Col + s.next}
}

func (s *fenceScanner) skipSpace() {
	for !s.done() && (s.text[s.next] == ' ' || s.text[s.next] == '\t') {
		s.next++
	}
}

func (s *fenceScanner) take(c byte) bool {
	if s.done() || s.text[s.next] != c {
		return false
	}
	s.next++
	return true
}

// until returns the text before the next byte that is in stop.
func (s *fenceScanner) until(stop string) string {
	from := s.next
	for !s.done() && !strings.ContainsRune(stop, rune(s.text[s.next])) {
		s.next++
	}
	return s.text[from:s.next]
}

// attributes reads up to the closing brace.
func (s *fenceScanner) attributes(f *fence) {
	open := s.position()
	for {
		s.skipSpace()
		if s.done() {
			f.err = &valueError{open, "the brace is not closed", "write } at the end of the line"}
			return
		}
		if s.take('}') {
			return
		}
		if s.attribute(f); f.err != nil {
			return
		}
	}
}

func (s *fenceScanner) attribute(f *fence) {
	at := s.position()
	if s.take('#') {
		value := s.node(s.until(" \t}"), yaml.DoubleQuotedStyle, at)
		f.attributes = append(f.attributes, entry{s.node("label", 0, at), value})
		return
	}
	key := s.until(" \t=}")
	switch {
	case !isOptionName(key):
		f.err = &valueError{at, "bad attribute " + quoteStart(s.text[at.Col-s.start.Col:]), `write {#label key=value key="two words" flag}`}
	case s.take('='):
		f.attributes = append(f.attributes, entry{s.node(key, 0, at), s.value(f)})
	case key == string(Show) || key == string(CompileOnly):
		f.words = append(f.words, fenceWord{key, at})
	default:
		f.attributes = append(f.attributes, entry{s.node(key, 0, at), s.node("true", 0, at)})
	}
}

// value reads what stands after the equals sign: a quoted text, a list in
// brackets, or everything up to the next space.
func (s *fenceScanner) value(f *fence) *yaml.Node {
	at := s.position()
	for _, quote := range []byte{'"', '\''} {
		if s.take(quote) {
			text, ok := s.quoted(quote)
			if !ok {
				f.err = &valueError{at, "the quote is not closed", "write " + string(quote) + " at the end of the value"}
			}
			return s.node(text, yaml.DoubleQuotedStyle, at)
		}
	}
	if s.done() || s.text[s.next] != '[' {
		return s.node(s.until(" \t}"), 0, at)
	}
	list := s.until("]")
	if !s.take(']') {
		f.err = &valueError{at, "the bracket is not closed", "write ] at the end of the list"}
		return s.node("", 0, at)
	}
	field, err := yamlText{[]string{"list: " + list + "]"}, []Position{{at.Line, at.Col - len("list: ")}}}.mapping()
	if err != nil {
		f.err = err
		return s.node("", 0, at)
	}
	return field[0].value
}

// quoted reads up to the closing quote; a backslash takes the next byte as it is.
func (s *fenceScanner) quoted(quote byte) (text string, ok bool) {
	var b strings.Builder
	for !s.done() {
		c := s.text[s.next]
		s.next++
		if c == quote {
			return b.String(), true
		}
		if c == '\\' && !s.done() {
			c = s.text[s.next]
			s.next++
		}
		b.WriteByte(c)
	}
	return b.String(), false
}

func (s *fenceScanner) node(value string, style yaml.Style, at Position) *yaml.Node {
	tag := "!!str"
	if value == "" && style == 0 {
		tag = "!!null"
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value, Style: style, Line: at.Line, Column: at.Col}
}

func isOptionName(s string) bool {
	for i, r := range s {
		if !unicode.IsLetter(r) && (i == 0 || r != '-' && r != '_' && !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}

// quoteStart returns the first word of text in quotes, for a message.
func quoteStart(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return `"` + strings.TrimSuffix(word, "}") + `"`
}
