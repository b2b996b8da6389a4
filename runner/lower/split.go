package lower

import (
	"go/parser"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A chunkKind says what a chunk of a cell is.
type chunkKind int

const (
	stmtChunk   chunkKind = iota // a statement, also a var declaration
	importChunk                  // import ...
	declChunk                    // type, const, func or method
)

// A chunk is a piece of a cell between two statement borders. The chunks of a
// cell cover its text without gaps.
type chunk struct {
	kind       chunkKind
	start, end int // offsets in the code
	first      int // offset of the first token
	stop       int // offset behind the last token
}

// A lexeme is a token of a cell.
type lexeme struct {
	tok token.Token
	lit string
	off int
	end int // offset behind it
}

// lex returns the tokens of code without comments, ending with EOF. Text that
// is no token is left for the parser to report.
func lex(code string) []lexeme {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(token.Position, string) {}, 0)
	var lexemes []lexeme
	for {
		pos, tok, lit := s.Scan()
		off := file.Offset(pos)
		lexemes = append(lexemes, lexeme{tok, lit, off, min(off+length(tok, lit, code[off:]), len(code))})
		if tok == token.EOF {
			return lexemes
		}
	}
}

// length returns the length of the token that text begins with.
func length(tok token.Token, lit, text string) int {
	switch {
	case strings.HasPrefix(lit, "`"): // the scanner removes carriage returns from lit
		return 2 + strings.IndexByte(text[1:], '`')
	case tok == token.ILLEGAL: // lit is U+FFFD for what is no character
		_, n := utf8.DecodeRuneInString(text)
		return n
	case tok.IsOperator() && tok != token.SEMICOLON:
		return len(tok.String())
	}
	return len(lit)
}

// A splitter cuts the code of a cell into chunks.
type splitter struct {
	code    string
	lexemes []lexeme
	chunks  []chunk
	start   int // offset of the next chunk
	head    int // its first token
	clause  int // the token that the statement, or its last else, begins at
	semis   int // semicolons since then
}

// split cuts code into chunks. A chunk ends at a semicolon outside brackets,
// written or inserted by the scanner, that is not part of the header of a for,
// if, switch or select statement.
func split(code string) []chunk {
	s := splitter{code: code, lexemes: lex(code)}
	depth := 0
	for i, l := range s.lexemes {
		switch l.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth = max(0, depth-1)
		case token.ELSE:
			if depth == 0 {
				s.clause, s.semis = i+1, 0
			}
		case token.SEMICOLON:
			if depth == 0 {
				s.semicolon(i)
			}
		case token.EOF:
			s.cut(i, len(code))
		}
	}
	if n := len(s.chunks); n > 0 {
		s.chunks[n-1].end = len(code)
	}
	return s.chunks
}

// semicolon ends a chunk at a semicolon outside brackets, if that ends one.
func (s *splitter) semicolon(i int) {
	if s.inHeader(i) {
		s.semis++
		return
	}
	l := s.lexemes[i]
	if l.lit != ";" {
		s.cut(i, l.off)
		return
	}
	if i == s.head {
		s.empty(l)
	}
	s.cut(i, l.off+1)
}

// cut ends a chunk before the token i, if it has one, at an offset.
func (s *splitter) cut(i, end int) {
	if i > s.head {
		stmt := s.lexemes[s.head:i]
		s.chunks = append(s.chunks, chunk{kindOf(stmt), s.start, end, stmt[0].off, stmt[len(stmt)-1].end})
		s.start = end
	}
	s.head, s.clause, s.semis = i+1, i+1, 0
}

// empty keeps an empty statement away from declarations, which have none
// among them.
func (s *splitter) empty(semi lexeme) {
	end := semi.off + 1
	if n := len(s.chunks); n > 0 && s.chunks[n-1].kind == stmtChunk {
		s.chunks[n-1].end = end
	} else {
		s.chunks = append(s.chunks, chunk{stmtChunk, s.start, end, semi.off, end})
	}
	s.start = end
}

// inHeader reports whether the semicolon i does not end the statement before
// it. Statements with a block end at the first one behind that block, which
// may look like the end of a function literal in the header.
func (s *splitter) inHeader(i int) bool {
	stmt := skipLabels(s.lexemes[s.head:i])
	if len(stmt) == 0 {
		return false
	}
	switch stmt[0].tok {
	case token.FOR, token.IF, token.SWITCH, token.SELECT:
	default:
		return false
	}
	switch {
	case stmt[len(stmt)-1].tok != token.RBRACE:
		return true
	case s.lexemes[i].lit != ";" || s.semis == maxSemis:
		return false
	}
	return !isStmt(s.code[s.lexemes[s.clause].off:s.lexemes[i].off])
}

// maxSemis is how many semicolons a header can have.
const maxSemis = 2

// isStmt reports whether text is a whole statement.
func isStmt(text string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", stmtPrefix+text+"\n}", parser.SkipObjectResolution)
	return err == nil
}

func skipLabels(stmt []lexeme) []lexeme {
	for len(stmt) >= 2 && stmt[0].tok == token.IDENT && stmt[1].tok == token.COLON {
		stmt = stmt[2:]
	}
	return stmt
}

// kindOf tells the kind of a chunk from its tokens.
func kindOf(lexemes []lexeme) chunkKind {
	switch lexemes[0].tok {
	case token.IMPORT:
		return importChunk
	case token.TYPE, token.CONST:
		return declChunk
	case token.FUNC:
		if isFuncDecl(lexemes[1:]) {
			return declChunk
		}
	}
	return stmtChunk
}

// isFuncDecl tells func f(...) and func (r T) m(...) from a function literal,
// given the tokens after func.
func isFuncDecl(lexemes []lexeme) bool {
	if len(lexemes) == 0 {
		return false
	}
	if lexemes[0].tok == token.IDENT {
		return true
	}
	depth := 0
	for i, l := range lexemes {
		switch l.tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
		}
		if depth == 0 {
			rest := lexemes[i+1:]
			return len(rest) >= 2 && rest[0].tok == token.IDENT && rest[1].tok == token.LPAREN
		}
	}
	return false
}

// declaredNames guesses from the tokens alone which names a cell declares at
// its top level: for cells that do not parse.
func declaredNames(code string) []string {
	var names []string
	for _, c := range split(code) {
		names = append(names, chunkNames(lex(code[c.start:c.end]))...)
	}
	return names
}

func chunkNames(lexemes []lexeme) []string {
	switch tok := lexemes[0].tok; tok {
	case token.IMPORT:
		return importNames(lexemes[1:])
	case token.FUNC:
		if len(lexemes) > 1 && lexemes[1].tok == token.IDENT {
			return []string{lexemes[1].lit}
		}
		return nil
	case token.TYPE, token.CONST, token.VAR:
		return specNames(lexemes[1:])
	}
	var names []string
	for _, l := range lexemes {
		switch l.tok {
		case token.IDENT:
			names = append(names, l.lit)
		case token.COMMA:
		case token.DEFINE:
			return names
		default:
			return nil
		}
	}
	return nil
}

// importNames returns the names of imports that would not be added where they
// are missing.
func importNames(lexemes []lexeme) []string {
	var names []string
	name := ""
	for _, l := range lexemes {
		switch l.tok {
		case token.IDENT:
			name = l.lit
		case token.STRING:
			if path, err := strconv.Unquote(l.lit); err == nil && name == "" {
				name = packageName(path)
			}
			if stdPackages[name] == nil {
				names = append(names, name)
			}
		case token.SEMICOLON:
			name = ""
		}
	}
	return names
}

// specNames returns the names that the specs of a declaration begin with.
func specNames(lexemes []lexeme) []string {
	var names []string
	begins, named, depth := true, false, 0
	for _, l := range lexemes {
		wasNamed := named
		named = false
		switch l.tok {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
		case token.LBRACK, token.LBRACE:
			depth, begins = depth+1, false
		case token.RBRACK, token.RBRACE:
			depth--
		case token.SEMICOLON:
			begins = depth <= 1
		case token.COMMA:
			begins = wasNamed
		case token.IDENT:
			if begins {
				names = append(names, l.lit)
			}
			named, begins = begins, false
		default:
			begins = false
		}
	}
	return names
}
