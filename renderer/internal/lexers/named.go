package lexers

import "github.com/alecthomas/chroma/v2"

// A named lexer is one of the index, by its name. It is made when more than its
// configuration is wanted.
type named string

// made returns the lexer itself.
func (n named) made() chroma.Lexer { return known().sources[n].lexer() }

// make makes the lexer anew, from a file of the archive or by code. What
// SetRegistry returns may be a part of it only.
func (n named) make(file string) chroma.Lexer {
	var lexer chroma.Lexer
	if file != "" {
		lexer = chroma.MustNewXMLLexer(embedded, file)
	} else {
		lexer = coded[string(n)]()
	}
	lexer.SetRegistry(registry())
	return lexer
}

// Config tells names and aliases, types of files and media; the rest of the
// configuration is known to the lexer only.
func (n named) Config() *chroma.Config { return known().sources[n].config }

// Tokenise implements [chroma.Lexer].
func (n named) Tokenise(options *chroma.TokeniseOptions, text string) (chroma.Iterator, error) {
	return n.made().Tokenise(options, text)
}

// SetRegistry does nothing: there is one registry.
func (n named) SetRegistry(*chroma.LexerRegistry) chroma.Lexer { return n }

// SetAnalyser implements [chroma.Lexer].
func (n named) SetAnalyser(analyser func(text string) float32) chroma.Lexer {
	n.made().SetAnalyser(analyser)
	return n
}

// AnalyseText implements [chroma.Lexer].
func (n named) AnalyseText(text string) float32 { return n.made().AnalyseText(text) }
