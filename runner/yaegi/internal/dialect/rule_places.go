package dialect

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// notePlaces: dumps of goroutines show the interpreter's own functions. So
// functions in which a goroutine may stay note where they are: in front of
// statements, in a label of the goroutine. A function gives its caller's label
// back, since the caller may wait later in the same statement.
func notePlaces(p *pass, n ast.Node, path []ast.Node) {
	var body *ast.BlockStmt
	entry := false // nobody waits for the function to return
	switch f := n.(type) {
	case *ast.FuncDecl:
		body = f.Body
		entry = f.Recv == nil && (f.Name.Name == "main" || f.Name.Name == "init" || strings.HasPrefix(f.Name.Name, "cellǃ"))
	case *ast.FuncLit:
		body = f.Body
		entry = isGoroutine(f, path)
	}
	if body == nil || len(body.List) == 0 || !entry && find(p.stays, body) == nil {
		return
	}
	m := placer{pass: p, function: p.functionName(append(slices.Clip(path), n))}
	if !entry {
		p.insert(body.List[0].Pos(), "defer "+nativeName+".Leave("+m.here(body.List[0].Pos())+"); ")
	}
	m.list(body.List)
}

// noteLast: what a loop does last, after its body and after each continue, may
// wait too.
func noteLast(p *pass, n ast.Node, path []ast.Node) {
	switch n := n.(type) {
	case *ast.ForStmt:
		if p.waitsLast(n) {
			p.insert(n.Body.Rbrace, "; "+p.at(p.functionName(path), n.Post.Pos()))
		}
	case *ast.BranchStmt:
		if n.Tok != token.CONTINUE {
			return
		}
		target, _, _ := branchTarget(n, path)
		if loop, ok := target.(*ast.ForStmt); ok && p.waitsLast(loop) {
			p.insert(n.Pos(), p.at(p.functionName(path), loop.Post.Pos())+"; ")
		}
	}
}

func (p *pass) waitsLast(loop *ast.ForStmt) bool {
	return loop.Post != nil && find(p.waits, loop.Post) != nil
}

// isGoroutine reports whether a function literal is what a go statement calls.
func isGoroutine(f *ast.FuncLit, path []ast.Node) bool {
	if len(path) < 2 {
		return false
	}
	call, isCall := path[len(path)-1].(*ast.CallExpr)
	_, isGo := path[len(path)-2].(*ast.GoStmt)
	return isCall && isGo && call.Fun == f
}

// functionName returns the name, as Go prints it, of the function that is
// declared around the end of a path; for a literal of a package variable that
// of the function that sets it.
func (p *pass) functionName(path []ast.Node) string {
	for _, n := range path {
		f, ok := n.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if f.Recv == nil || len(f.Recv.List) == 0 {
			return "main." + f.Name.Name
		}
		receiver := f.Recv.List[0].Type
		if star, ok := receiver.(*ast.StarExpr); ok {
			return "main.(*" + typeIdent(star.X) + ")." + f.Name.Name
		}
		return "main." + typeIdent(receiver) + "." + f.Name.Name
	}
	return "main.init"
}

// typeIdent returns the name of the type of a receiver.
func typeIdent(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.IndexExpr:
		return typeIdent(e.X)
	case *ast.IndexListExpr:
		return typeIdent(e.X)
	}
	return ""
}

// A place is a place in the code that translated code notes.
type place struct {
	function, position string // main.worker, note.md:7
	variable           string // holds it in translated code
}

// place returns the variable that holds a place.
func (p *pass) place(function string, pos token.Pos) string {
	at := p.fset.Position(pos)
	position := fmt.Sprintf("%s:%d", at.Filename, at.Line)
	for _, known := range p.places {
		if known.function == function && known.position == position {
			return known.variable
		}
	}
	p.native = true
	p.places = append(p.places, place{function, position, p.unique("place")})
	return p.places[len(p.places)-1].variable
}

// at returns what notes a place.
func (p *pass) at(function string, pos token.Pos) string {
	return nativeName + ".At(" + p.place(function, pos) + ")"
}

// NotesPlace reports whether a node of a translation is a call that it has to
// note a place, and not of the author.
func NotesPlace(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && pkg.Name == nativeName && slices.Contains([]string{"At", "Here", "Start", "Leave", "Note"}, sel.Sel.Name)
}

// declarePlaces declares the variables of places: first, so that they are set
// before those of the author.
func (p *pass) declarePlaces(file *ast.File) {
	end := file.Name.End()
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			end = g.End()
		}
	}
	for _, known := range p.places {
		p.insert(end, fmt.Sprintf("; var %s = %s.NewPlace(%q, %q)", known.variable, nativeName, known.function, known.position))
	}
}
