package dialect

import (
	"go/ast"
	"go/types"
)

// assertions: the interpreter's types are not those of Go: an assertion or a
// type switch from an interface of compiled code does not find them, and a case
// that is an interface does not match what implements it.
func assertions(p *pass, n ast.Node, _ []ast.Node) {
	switch n := n.(type) {
	case *ast.TypeAssertExpr:
		if n.Type != nil {
			p.assertsOwn(n.X, n.Type)
		}
	case *ast.TypeSwitchStmt:
		x := switched(n)
		for _, clause := range n.Body.List {
			for _, e := range clause.(*ast.CaseClause).List {
				t := p.typeOf(e)
				if x == nil || p.info.Types[e].IsNil() {
					continue
				}
				if types.IsInterface(t) {
					p.differs(e.Pos(), "a type switch with the interface %s as a case", p.typeName(t))
				}
				p.assertsOwn(x, e)
			}
		}
	}
}

func switched(s *ast.TypeSwitchStmt) ast.Expr {
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = a.X
	case *ast.AssignStmt:
		x = a.Rhs[0]
	}
	if assert, ok := ast.Unparen(x).(*ast.TypeAssertExpr); ok {
		return assert.X
	}
	return nil
}

// assertsOwn reports the assertion of a type of the note on an interface that
// the note does not declare.
func (p *pass) assertsOwn(x, typ ast.Expr) {
	t, from := p.typeOf(typ), p.typeOf(x)
	if p.own(t) == nil || types.IsInterface(t) || p.own(from) != nil {
		return
	}
	if iface, ok := from.Underlying().(*types.Interface); ok && iface.NumMethods() > 0 {
		p.differs(typ.Pos(), "the assertion of type %s on a value of type %s", p.typeName(t), p.typeName(from))
	}
}

// errorsAs: errors.As panics for types of the interpreter.
func errorsAs(p *pass, n ast.Node, _ []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok || !isFunc(p.callee(call), "errors", "As") || len(call.Args) != 2 {
		return
	}
	if ptr, ok := p.typeOf(call.Args[1]).Underlying().(*types.Pointer); ok && p.own(ptr.Elem()) != nil {
		p.differs(call.Pos(), "errors.As for type %s", p.typeName(ptr.Elem()))
	}
}

// embeddedInterfaces: a struct that embeds an interface cannot be used as that
// interface.
func embeddedInterfaces(p *pass, n ast.Node, _ []ast.Node) {
	s, ok := n.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range s.Fields.List {
		if t := p.typeOf(f.Type); len(f.Names) == 0 && types.IsInterface(t) {
			p.differs(f.Pos(), "a struct that embeds the interface %s", p.typeName(t))
		}
	}
}

// methodExpressions: T.Method as a function panics when it is called.
func methodExpressions(p *pass, n ast.Node, _ []ast.Node) {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok {
		return
	}
	if s := p.info.Selections[sel]; s != nil && s.Kind() == types.MethodExpr {
		p.differs(n.Pos(), "the method expression %s", p.text(sel))
	}
}
