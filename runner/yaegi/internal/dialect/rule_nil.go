package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
)

// typedNils: an interface that holds a nil pointer is not nil in Go. In yaegi it
// is, where the pointer is of a type of the note with methods.
func typedNils(p *pass, n ast.Node, path []ast.Node) {
	if p.reads(n) {
		return
	}
	p.conversions(n, path, func(value ast.Expr, to types.Type) {
		t := p.typeOf(value)
		if _, isPointer := t.Underlying().(*types.Pointer); isPointer && p.boxes(t, to) && p.mayBeNil(value) {
			p.differs(value.Pos(), "a pointer that may be nil as a value of type %s", p.typeName(to))
		}
	})
}

// newInterfaces: a new variable of an interface type that the note writes or
// declares holds something that is not nil. A variable that is set to it gets
// nil instead.
func newInterfaces(p *pass, n ast.Node, _ []ast.Node) {
	assign, ok := n.(*ast.AssignStmt)
	if !ok || assign.Tok != token.ASSIGN || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
		return
	}
	star, ok := ast.Unparen(assign.Rhs[0]).(*ast.StarExpr)
	if !ok || !isInterface(p.typeOf(star)) || !types.Identical(p.typeOf(assign.Lhs[0]), p.typeOf(star)) {
		return
	}
	if call, ok := ast.Unparen(star.X).(*ast.CallExpr); ok && p.builtin(call) == "new" && p.info.Types[call.Args[0]].IsType() {
		p.replace(assign.Rhs[0].Pos(), assign.Rhs[0].End(), "nil")
	}
}

// mayBeNil reports whether a pointer is one that the note says to be nil: by a
// conversion, by a declaration without a value, or by a function that returns
// nil.
func (p *pass) mayBeNil(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if p.info.Types[e.Fun].IsType() {
			return len(e.Args) == 1 && p.isConstantNil(e.Args[0])
		}
		return p.nils[p.callee(e)]
	case *ast.Ident:
		return p.nils[p.info.Uses[e]]
	}
	return false
}

// noteNils notes the variables that have no value where they are declared, or
// get nil, and the functions that return nil, if these are pointers.
func (p *pass) noteNils(n ast.Node, path []ast.Node) {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for _, id := range n.Names {
			p.nils[p.info.Defs[id]] = p.info.Defs[id] != nil && len(n.Values) == 0
		}
	case *ast.AssignStmt:
		for i, value := range n.Rhs {
			if id, ok := n.Lhs[i].(*ast.Ident); ok && n.Tok == token.ASSIGN && p.isConstantNil(value) {
				p.nils[p.info.Uses[id]] = true
			}
		}
	case *ast.ReturnStmt:
		fn, _ := enclosingFunc(path)
		decl, ok := fn.(*ast.FuncDecl)
		if ok && len(n.Results) == 1 && p.isConstantNil(n.Results[0]) {
			p.nils[p.info.Defs[decl.Name]] = true
		}
	}
}
