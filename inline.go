package notebook

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"go.abhg.dev/goldmark/wikilink"
)

// A tagParser parses #tags. A tag follows a space or an opening bracket, has
// a letter in it, and is not a color.
type tagParser struct{}

// Trigger implements parser.InlineParser.
func (tagParser) Trigger() []byte { return []byte{'#'} }

// Parse implements parser.InlineParser.
func (tagParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	if !unicode.IsSpace(before) && before != '(' && before != '[' {
		return nil
	}
	line, _ := block.PeekLine()
	name := tagName(line[1:])
	if name == "" || isColor(name) {
		return nil
	}
	block.Advance(1 + len(name))
	return &Tag{Name: name}
}

// tagName returns the tag at the start of text; "" where there is no letter.
func tagName(text []byte) string {
	n, hasLetter := 0, false
	for n < len(text) {
		r, size := utf8.DecodeRune(text[n:])
		switch {
		case unicode.IsLetter(r):
			hasLetter = true
		case !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '_' && r != '-' && r != '/':
			size = 0
		}
		if size == 0 {
			break
		}
		n += size
	}
	if !hasLetter {
		return ""
	}
	return string(bytes.TrimRight(text[:n], "/-"))
}

// isColor reports whether name is written as colors of the web are: three, six
// or eight hexadecimal digits.
func isColor(name string) bool {
	if len(name) != 3 && len(name) != 6 && len(name) != 8 {
		return false
	}
	for _, c := range []byte(name) {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F') {
			return false
		}
	}
	return true
}

// A markParser parses ==highlighted== text. Inside a word the signs are no
// mark, so that x==y stays what it is.
type markParser struct{}

// Trigger implements parser.InlineParser.
func (markParser) Trigger() []byte { return []byte{'='} }

// Parse implements parser.InlineParser.
func (markParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	if before == '=' { // inside a longer run, which was looked at
		return nil
	}
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 2, markDelimiters{})
	if node == nil || node.OriginalLength != 2 {
		return nil
	}
	if node.CanOpen && node.CanClose && isWord(before) {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

type markDelimiters struct{}

// IsDelimiter implements parser.DelimiterProcessor.
func (markDelimiters) IsDelimiter(b byte) bool { return b == '=' }

// CanOpenCloser implements parser.DelimiterProcessor.
func (markDelimiters) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch implements parser.DelimiterProcessor.
func (markDelimiters) OnMatch(int) ast.Node { return &Mark{} }

// A strikethroughParser parses ~~struck~~ text. It keeps goldmark's parser
// from looking at a long run of tildes once for each of them.
type strikethroughParser struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (s *strikethroughParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if block.PrecendingCharacter() == '~' {
		return nil
	}
	return s.InlineParser.Parse(parent, block, pc)
}

// maxWikilink is the length in bytes above which [[text]] is no link.
const maxWikilink = 1 << 10

// A wikilinkParser parses [[links]]. It keeps the library's parser from
// searching the rest of a long line at every bracket.
type wikilinkParser struct{ wikilink.Parser }

// Parse implements parser.InlineParser.
func (w *wikilinkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	start := line[:min(len(line), maxWikilink)]
	if !bytes.HasPrefix(bytes.TrimPrefix(start, []byte("!")), []byte("[[")) || !bytes.Contains(start, []byte("]]")) {
		return nil
	}
	node := w.Parser.Parse(parent, block, pc)
	// In a table the author has to write [[note\|text]].
	if link, ok := node.(*wikilink.Node); ok {
		link.Target = bytes.TrimSuffix(link.Target, []byte(`\`))
		link.Fragment = bytes.TrimSuffix(link.Fragment, []byte(`\`))
	}
	return node
}
