package lower

import (
	"cmp"
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

const (
	declPrefix = "package main;"
	stmtPrefix = "package main;func _(){"
	listCall   = string(mark) + "list("
)

// A parsed cell is its chunks and their syntax. Declarations and statements
// are parsed apart, each with the text of the others blanked out, so that
// offsets stay those of the cell's code.
type parsed struct {
	code   string
	chunks []chunk
	fset   *token.FileSet
	decls  *ast.File
	stmts  *ast.File
	body   *ast.BlockStmt // of stmts
	list   int            // offset of a last statement that is an expression list, else -1
}

// parse parses the code of a session cell. The error carries an offset in code:
// it is the first, since what follows it is often a consequence.
func parse(fset *token.FileSet, code string) (*parsed, *scanner.Error) {
	code = withoutLines(code)
	p := &parsed{code: code, chunks: split(code), fset: fset, list: -1}
	p.findList()
	var errs scanner.ErrorList
	p.decls = p.parseFile(declPrefix+p.only(importChunk, declChunk), len(declPrefix), &errs)
	stmts := p.only(stmtChunk)
	if p.list >= 0 {
		end := p.chunks[len(p.chunks)-1].stop
		stmts = stmts[:p.list] + listCall + stmts[p.list:end] + ")" + stmts[end:]
	}
	p.stmts = p.parseFile(stmtPrefix+stmts+"\n}", len(stmtPrefix), &errs)
	if off := p.strayBrace(); off >= 0 {
		return p, &scanner.Error{Pos: token.Position{Offset: off}, Msg: "unexpected }"}
	}
	if len(errs) > 0 {
		first := firstError(errs)
		if first.Pos.Offset == len(code) { // the brace is not the author's
			first.Msg = strings.Replace(first.Msg, "found '}'", "found 'EOF'", 1)
		}
		return p, first
	}
	p.body = p.stmts.Decls[0].(*ast.FuncDecl).Body
	return p, nil
}

// firstError returns the first error, but one that only says that the text
// ended too soon after the others. Of several at one place it takes the one
// that says most.
func firstError(errs scanner.ErrorList) *scanner.Error {
	return slices.MinFunc(errs, func(a, b *scanner.Error) int {
		atEOF := func(e *scanner.Error) int { return strings.Count(e.Msg, "EOF") }
		vague := func(e *scanner.Error) int {
			return strings.Count(e.Msg, "'ILLEGAL'") + strings.Count(e.Msg, "expected ';'")
		}
		return cmp.Or(cmp.Compare(atEOF(a), atEOF(b)), cmp.Compare(a.Pos.Offset, b.Pos.Offset), cmp.Compare(vague(a), vague(b)))
	})
}

// strayBrace returns the offset of a closing brace that ends the statements
// before their end, or -1.
func (p *parsed) strayBrace() int {
	for _, d := range p.stmts.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil || !f.Body.Rbrace.IsValid() {
			continue
		}
		if off := p.offset(f.Body.Rbrace); off < len(p.code) {
			return off
		}
	}
	return -1
}

// findList finds out whether the last statement is an expression list such as
// "f, err", which is no statement of Go.
func (p *parsed) findList() {
	n := len(p.chunks)
	if n == 0 || p.chunks[n-1].kind != stmtChunk {
		return
	}
	last := p.chunks[n-1]
	expr, err := parser.ParseExpr("f(" + p.code[last.first:last.stop] + ")")
	if err != nil {
		return
	}
	if call, ok := expr.(*ast.CallExpr); ok && len(call.Args) > 1 && !call.Ellipsis.IsValid() {
		p.list = last.first
	}
}

func (p *parsed) parseFile(text string, prefix int, errs *scanner.ErrorList) *ast.File {
	// Object resolution is what finds the free names of the cell; go/types
	// cannot, since it has to know them first.
	file, err := parser.ParseFile(p.fset, "", text, parser.ParseComments|parser.AllErrors)
	var list scanner.ErrorList
	if errors.As(err, &list) {
		for _, e := range list {
			if e.Msg == "imports must appear before other declarations" {
				continue // they do, in the generated file
			}
			errs.Add(token.Position{Offset: p.inCode(e.Pos.Offset - prefix)}, e.Msg)
		}
	}
	return file
}

// only returns the code with every chunk of another kind blanked out.
func (p *parsed) only(kinds ...chunkKind) string {
	b := []byte(p.code)
	for _, c := range p.chunks {
		keep := false
		for _, k := range kinds {
			keep = keep || c.kind == k
		}
		if keep {
			continue
		}
		for i := c.start; i < c.end; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	return string(b)
}

// offset returns the offset in code of a position in one of the files.
func (p *parsed) offset(pos token.Pos) int {
	file := p.fset.File(pos)
	if file == nil {
		return 0
	}
	off := file.Offset(pos)
	if file.Base() == p.fset.File(p.decls.Package).Base() {
		return p.clamp(off - len(declPrefix))
	}
	return p.inCode(off - len(stmtPrefix))
}

// inCode maps an offset in the parsed statements to one in the code.
func (p *parsed) inCode(off int) int {
	if p.list >= 0 && off >= p.list+len(listCall) {
		off -= len(listCall)
	}
	return p.clamp(off)
}

func (p *parsed) clamp(off int) int { return min(max(0, off), len(p.code)) }

// inDecls reports whether a position lies in a declaration, not a statement.
func (p *parsed) inDecls(pos token.Pos) bool {
	return pos.IsValid() && p.fset.File(pos) == p.fset.File(p.decls.Package)
}
