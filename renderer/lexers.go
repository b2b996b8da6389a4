package renderer

import (
	"strings"

	"github.com/alecthomas/chroma/v2"

	"notebook/renderer/internal/lexers"
)

const (
	// pieceSize is how much code a lexer sees at once, in bytes. Lexers are made
	// of regular expressions that may look at all that follows, again for each
	// token: in pieces, long code costs as much for its size as short code.
	pieceSize = 1 << 10
	// maxPiece is the same for code in which one string or comment is longer.
	maxPiece = 8 << 10
	// firstUse is the work of preparing the expressions of a lexer.
	firstUse = 100_000
)

// lexPieces returns code as spans. Where nothing more may be spent, and from a
// line on that is longer than a piece, the rest stays plain.
func (c *colors) lexPieces(lexer chroma.Lexer, code string) []span {
	var spans []span
	for at := 0; at < len(code); {
		found := c.lexFirst(lexer, code[at:])
		for _, s := range found {
			spans = append(spans, span{s.class, at + s.start, at + s.end})
		}
		at = spans[len(spans)-1].end
	}
	return spans
}

// lexFirst returns the spans of a first piece of code.
func (c *colors) lexFirst(lexer chroma.Lexer, code string) []span {
	for size := pieceSize; ; size *= 2 {
		piece := cutPiece(code, size)
		if piece == "" || c.left == 0 {
			return []span{{"", 0, len(code)}}
		}
		spans := c.lexPiece(lexer, piece)
		if len(piece) == len(code) {
			return spans
		}
		if whole := untilResume(piece, spans); whole != nil {
			return whole
		}
		if size == maxPiece {
			return spans
		}
	}
}

// manyLines is a gap after which code begins anew. Lexers take most time of
// all for empty lines.
const manyLines = "\n\n\n\n"

// cutPiece returns a first piece of code, up to size, that ends with a line; ""
// where there is none.
func cutPiece(code string, size int) string {
	blank := len(code) - len(strings.TrimLeft(code, "\n"))
	if blank >= len(manyLines) {
		return code[:blank]
	}
	if gap := strings.Index(code, manyLines); 0 < gap && gap < size {
		return code[:gap+1]
	}
	if len(code) <= size {
		return code
	}
	return code[:strings.LastIndexByte(code[:size], '\n')+1]
}

// untilResume cuts spans of a piece where reading may begin anew: after the
// last empty line that is no part of a string or a comment, else after the
// last such line end; nil where there is none.
func untilResume(piece string, spans []span) []span {
	for _, gap := range []string{"\n\n", "\n"} {
		for i := len(spans) - 1; i >= 0; i-- {
			s := spans[i]
			n := strings.LastIndex(piece[s.start:s.end], gap)
			if s.class == "" && n >= 0 {
				return append(spans[:i:i], span{"", s.start, s.start + n + len(gap)})
			}
		}
	}
	return nil
}

// lexPiece returns a piece of code as spans. A lexer is someone else's heap of
// regular expressions: if it fails or panics, the page loses colors and
// nothing else.
func (c *colors) lexPiece(lexer chroma.Lexer, piece string) (spans []span) {
	plain := []span{{"", 0, len(piece)}}
	defer func() {
		if recover() != nil {
			spans = plain
		}
	}()
	if strings.Trim(piece, "\n") == "" {
		return plain
	}
	iterator, err := lexer.Tokenise(nil, piece)
	if err != nil {
		return plain
	}
	end := 0
	for t := iterator(); t != chroma.EOF; t = iterator() {
		text := t.Value
		if end+len(text) > len(piece) { // some lexers add a line feed
			text = strings.TrimSuffix(text, "\n")
		}
		if !strings.HasPrefix(piece[end:], text) {
			return plain // a lexer that changes the code is not trusted
		}
		spans = append(spans, span{class(t.Type), end, end + len(text)})
		if !c.spend(len(piece) - end) {
			break
		}
		end += len(text)
	}
	return append(spans, span{"", end, len(piece)})
}

// class maps chroma's hundred kinds of tokens to the six that a page colors.
func class(t chroma.TokenType) string {
	switch {
	case t == chroma.KeywordType, t == chroma.NameClass, t == chroma.NameException:
		return "t"
	case t == chroma.KeywordConstant, t.InCategory(chroma.Literal) && t.InSubCategory(chroma.LiteralNumber):
		return "m"
	case t.InCategory(chroma.Keyword), t == chroma.OperatorWord, t == chroma.NameTag:
		return "k"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	case t.InCategory(chroma.Comment):
		return "c"
	case t.InSubCategory(chroma.NameFunction), t.InSubCategory(chroma.NameBuiltin), t == chroma.NameAttribute, t == chroma.NameDecorator:
		return "f"
	}
	return ""
}

// lexerOf returns the lexer for a language, nil where there is none. LilyPond
// has none here: its expressions take exponential time.
func lexerOf(lang string) chroma.Lexer {
	lexer := lexers.Named(lang)
	if lexer != nil && lexer.Config().Name == "LilyPond" {
		return nil
	}
	return lexer
}
