package renderer

import (
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// maxHighlight is the size in bytes above which code stays plain: lexers made
// of regular expressions take a second for a megabyte.
const maxHighlight = 256 << 10

// maxTokens is the number of tokens after which the rest of the code stays
// plain: code made of brackets takes fifty times as long as what people write.
const maxTokens = 20_000

// A token is a piece of code on one line; class is "" for plain text.
type token struct{ class, text string }

// highlight cuts code into lines of tokens. Unknown languages give plain text.
// The texts joined, with a line feed between lines, are the code again.
func highlight(lang, code string) [][]token {
	code = strings.TrimRight(code, "\n")
	tokens := lex(lang, code)
	var lines [][]token
	var line []token
	for _, t := range tokens {
		for first, rest := range pieces(t.text) {
			if !first {
				lines = append(lines, line)
				line = nil
			}
			line = join(line, token{t.class, rest})
		}
	}
	return append(lines, line)
}

// pieces yields the parts of s between line feeds; first marks the first one.
func pieces(s string) func(yield func(first bool, piece string) bool) {
	return func(yield func(bool, string) bool) {
		first := true
		for piece := range strings.SplitSeq(s, "\n") {
			if !yield(first, piece) {
				return
			}
			first = false
		}
	}
}

// join appends t to line. Tokens of one class that touch, or have only blanks
// between them, become one: fewer elements.
func join(line []token, t token) []token {
	n := len(line)
	switch {
	case t.text == "":
		return line
	case n > 0 && line[n-1].class == t.class:
		line[n-1].text += t.text
		return line
	case n > 1 && t.class != "" && line[n-2].class == t.class && strings.Trim(line[n-1].text, " \t") == "":
		line[n-2].text += line[n-1].text + t.text
		return line[:n-1]
	}
	return append(line, t)
}

// lex returns code as tokens. A lexer is someone else's heap of regular
// expressions: if it fails or panics, the page loses colors and nothing else.
func lex(lang, code string) (tokens []token) {
	plain := []token{{text: code}}
	defer func() {
		if recover() != nil {
			tokens = plain
		}
	}()
	lexer := byName()[strings.ToLower(lang)]
	if lexer == nil || len(code) > maxHighlight {
		return plain
	}
	iterator, err := lexer.Tokenise(nil, code)
	if err != nil {
		return plain
	}
	var all strings.Builder
	for t := iterator(); t != chroma.EOF; t = iterator() {
		if len(tokens) == maxTokens && strings.HasPrefix(code, all.String()) {
			return append(tokens, token{text: code[all.Len():]})
		}
		tokens = append(tokens, token{class(t.Type), t.Value})
		all.WriteString(t.Value)
	}
	// Some lexers add a line feed; one that changes more is not trusted.
	if strings.TrimRight(all.String(), "\n") != code {
		return plain
	}
	return trimLast(tokens)
}

func trimLast(tokens []token) []token {
	for n := len(tokens); n > 0; n-- {
		tokens[n-1].text = strings.TrimRight(tokens[n-1].text, "\n")
		if tokens[n-1].text != "" {
			return tokens[:n]
		}
	}
	return nil
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

// byName indexes the lexers by their names and aliases in lower case. The
// registry's own look-up searches all file patterns for a name that it does
// not know, which takes milliseconds.
var byName = sync.OnceValue(func() map[string]chroma.Lexer {
	index := map[string]chroma.Lexer{}
	for _, lexer := range lexers.GlobalLexerRegistry.Lexers {
		config := lexer.Config()
		for _, name := range append([]string{config.Name}, config.Aliases...) {
			name = strings.ToLower(name)
			if index[name] == nil {
				index[name] = lexer
			}
		}
	}
	return index
})
