package lower

import (
	"go/scanner"
	"go/token"
	"strconv"
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
	stop       int // offset of the semicolon or end that ends the last token
}

// A lexeme is a token of a cell.
type lexeme struct {
	tok token.Token
	lit string
	off int
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
		lexemes = append(lexemes, lexeme{tok, lit, file.Offset(pos)})
		if tok == token.EOF {
			return lexemes
		}
	}
}

// split cuts code into chunks. A chunk ends at a semicolon outside brackets,
// written or inserted by the scanner, that is not part of the header of a for,
// if, switch or select statement.
func split(code string) []chunk {
	var chunks []chunk
	lexemes := lex(code)
	start, head, depth := 0, 0, 0
	for i, l := range lexemes {
		switch l.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth = max(0, depth-1)
		case token.SEMICOLON:
			if depth > 0 || inHeader(lexemes[head:i], l) {
				continue
			}
			end := l.off
			if l.lit == ";" {
				end++
			}
			if i > head {
				chunks = append(chunks, chunk{kindOf(lexemes[head:i]), start, end, lexemes[head].off, l.off})
				start = end
			}
			head = i + 1
		case token.EOF:
			if i > head {
				chunks = append(chunks, chunk{kindOf(lexemes[head:i]), start, len(code), lexemes[head].off, l.off})
				start = len(code)
			}
		}
	}
	if n := len(chunks); n > 0 {
		chunks[n-1].end = len(code)
	}
	return chunks
}

// inHeader reports whether the semicolon after the tokens of a statement does
// not end it: statements with a block end at the semicolon that the scanner
// inserts after the closing brace.
func inHeader(stmt []lexeme, semi lexeme) bool {
	stmt = skipLabels(stmt)
	if len(stmt) == 0 {
		return false
	}
	switch stmt[0].tok {
	case token.FOR, token.IF, token.SWITCH, token.SELECT:
		return semi.lit == ";" || stmt[len(stmt)-1].tok != token.RBRACE
	}
	return false
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
