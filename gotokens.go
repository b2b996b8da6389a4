package notebook

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"strings"
)

// goFacts is what the tokens of a cell tell without parsing it: a cell need
// not be a whole file, nor correct.
type goFacts struct {
	packageName string // "" without a package clause
	packageLine int    // of the clause in the code, from 1
	packageCol  int
	sketch      bool // has a statement that is nothing but ...
	comments    []commentGroup
}

// A commentGroup is comments without anything between them.
type commentGroup struct {
	ast.CommentGroup
	start, end int // offsets in the code
	line, col  int // from 1
	depth      int // open braces
	follow     follow
}

// follow says what comes after a comment group, up to the end of the code.
type follow int

const (
	followNothing follow = iota
	followBraces         // closing braces only
	followCode
)

type goToken struct {
	token     token.Token
	offset    int
	line, col int
	text      string
}

// scanGo returns the facts about code.
func scanGo(code string) goFacts {
	var facts goFacts
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	groups := commentGrouper{}
	dots := sketchFinder{}
	first := true
	for {
		pos, tok, lit := s.Scan()
		place := file.PositionFor(pos, false)
		t := goToken{tok, place.Offset, place.Line, place.Column, lit}
		switch {
		case tok == token.EOF:
			facts.comments, facts.sketch = groups.finish(), dots.finish()
			return facts
		case tok == token.COMMENT:
			if isWhole(lit) {
				groups.comment(t)
			}
			continue
		case tok == token.SEMICOLON && lit == "\n":
			dots.token(t)
			continue
		case tok == token.PACKAGE && first:
			facts.packageLine, facts.packageCol = t.line, t.col
		case facts.packageLine > 0 && facts.packageName == "" && tok == token.IDENT:
			facts.packageName = lit
		}
		first = false
		groups.token(t)
		dots.token(t)
	}
}

// isWhole reports whether a comment has its end.
func isWhole(comment string) bool {
	return strings.HasPrefix(comment, "//") || len(comment) >= len("/**/") && strings.HasSuffix(comment, "*/")
}

// A commentGrouper puts comments into groups, as go/parser does.
type commentGrouper struct {
	groups       []commentGroup
	open         bool // the next comment may belong to the last group
	lastLine     int  // of the last comment
	codeLine     int  // of the last token
	depth        int  // open braces
	beforeCode   int  // groups before the last token that is not a closing brace
	beforeBraces int  // groups before the last closing brace
}

func (g *commentGrouper) comment(t goToken) {
	if !g.open || t.line > g.lastLine+1 {
		g.groups = append(g.groups, commentGroup{start: t.offset, line: t.line, col: t.col, depth: g.depth})
	}
	group := &g.groups[len(g.groups)-1]
	group.List = append(group.List, &ast.Comment{Text: t.text})
	group.end = t.offset + len(t.text)
	g.open = t.line != g.codeLine // a comment behind code stands alone
	g.lastLine = t.line + strings.Count(t.text, "\n")
}

func (g *commentGrouper) token(t goToken) {
	g.open, g.codeLine = false, t.line
	switch t.token {
	case token.LBRACE:
		g.depth++
	case token.RBRACE:
		g.depth--
		g.beforeBraces = len(g.groups)
		return
	}
	g.beforeCode = len(g.groups)
}

func (g *commentGrouper) finish() []commentGroup {
	for i := range g.groups {
		switch {
		case i < g.beforeCode:
			g.groups[i].follow = followCode
		case i < g.beforeBraces:
			g.groups[i].follow = followBraces
		}
	}
	return g.groups
}

// A sketchFinder looks for a statement that is nothing but three dots, and
// lets the dots of variadic parameters, calls and array lengths pass.
type sketchFinder struct {
	found    bool
	previous goToken
	dots     bool // the previous token is ... at the start of a statement
}

func (f *sketchFinder) token(t goToken) {
	if f.dots && (t.line > f.previous.line || t.token == token.RBRACE || t.token == token.SEMICOLON) {
		f.found = true
	}
	f.dots = t.token == token.ELLIPSIS && f.startsStatement()
	f.previous = t
}

func (f *sketchFinder) finish() bool { return f.found || f.dots }

func (f *sketchFinder) startsStatement() bool {
	switch f.previous.token {
	case token.ILLEGAL, token.SEMICOLON, token.LBRACE, token.RBRACE, token.COLON, token.ELLIPSIS:
		return true
	}
	return false
}
