package dialect

import (
	"go/ast"
	"go/types"
	"slices"
)

// assertions: the interpreter's types are not those of Go: an assertion or a
// type switch from an interface of compiled code does not find them, a case
// that is an interface does not match what implements it, and types that differ
// by their names only are taken for each other.
func assertions(p *pass, n ast.Node, path []ast.Node) {
	switch n := n.(type) {
	case *ast.TypeAssertExpr:
		if n.Type != nil {
			p.assertsOwn(n.X, n.Type)
			p.assertsInterface(n)
			switch t := p.typeOf(n.Type); {
			case !isSingle(path):
				p.mistakes(n.Type)
			case p.recovering && isInterface(t) && !isEmptyInterface(t):
				p.differs(n.Pos(), "what is recovered from the assertion of the interface %s on nil", p.typeName(t))
			}
		}
	case *ast.TypeSwitchStmt:
		x := switched(n)
		if x == nil {
			return
		}
		for _, e := range caseTypes(n) {
			if t := p.typeOf(e); isInterface(t) {
				p.differs(e.Pos(), "a type switch with the interface %s as a case", p.typeName(t))
			}
			p.assertsOwn(x, e)
			if isEmptyInterface(p.typeOf(x)) {
				p.mistakes(e)
			}
		}
		p.typeSwitch(n, x)
	}
}

// assertsInterface reports the assertion of an interface on a value that may be
// one of a type of the note without the methods that it has in Go.
func (p *pass) assertsInterface(assert *ast.TypeAssertExpr) {
	t := p.typeOf(assert.Type)
	if !isInterface(t) || !isEmptyInterface(p.typeOf(assert.X)) {
		return
	}
	if b := p.boxed(p.typeOf(assert.X), func(types.Type) bool { return true }); b != nil {
		p.differs(assert.Type.Pos(), "the assertion of the interface %s on a value that may be one of type %s", p.typeName(t), p.typeName(b))
	}
}

// isSingle reports whether an assertion with these ancestors panics where it
// fails.
func isSingle(path []ast.Node) bool {
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.ParenExpr:
			continue
		case *ast.AssignStmt:
			return len(n.Lhs) == len(n.Rhs)
		case *ast.ValueSpec:
			return len(n.Names) == len(n.Values)
		}
		return true
	}
	return true
}

// caseTypes returns the types of the cases of a type switch, without nil.
func caseTypes(s *ast.TypeSwitchStmt) []ast.Expr {
	var list []ast.Expr
	for _, clause := range s.Body.List {
		for _, e := range clause.(*ast.CaseClause).List {
			if id, ok := e.(*ast.Ident); !ok || id.Name != "nil" {
				list = append(list, e)
			}
		}
	}
	return list
}

// mistakes reports a type that values of another type are taken for.
func (p *pass) mistakes(typ ast.Expr) {
	t := p.typeOf(typ)
	if isInterface(t) {
		return
	}
	if other := p.twin(t); other != nil {
		p.differs(typ.Pos(), "the assertion of type %s where values of type %s may be", p.typeName(t), p.typeName(other))
	}
}

// typeSwitch is about a type switch on an empty interface: one that declares no
// variable does not find types of the note.
func (p *pass) typeSwitch(s *ast.TypeSwitchStmt, x ast.Expr) {
	isOwn := func(e ast.Expr) bool { return p.own(p.typeOf(e)) != nil }
	if _, binds := s.Assign.(*ast.AssignStmt); !binds && isEmptyInterface(p.typeOf(x)) && slices.ContainsFunc(caseTypes(s), isOwn) {
		p.insert(s.Assign.Pos(), p.unique("v")+" := ")
	}
}

func isEmptyInterface(t types.Type) bool {
	return isInterface(t) && t.Underlying().(*types.Interface).Empty()
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
	if p.own(t) == nil || isInterface(t) || p.own(from) != nil {
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

// errorsIs: errors of the note's types are another value each time that compiled
// code gets them, without their methods Is and Unwrap.
func errorsIs(p *pass, n ast.Node, _ []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok || !isFunc(p.callee(call), "errors", "Is") || len(call.Args) != 2 {
		return
	}
	errorType := types.Universe.Lookup("error").Type()
	special := p.boxed(errorType, func(t types.Type) bool {
		methods := types.NewMethodSet(t)
		return methods.Lookup(p.pkg, "Is") != nil || methods.Lookup(p.pkg, "Unwrap") != nil
	})
	if special != nil {
		p.differs(call.Pos(), "errors.Is where there is type %s with a method Is or Unwrap", p.typeName(special))
	} else if b := p.boxed(errorType, func(types.Type) bool { return true }); b != nil && !p.isSentinel(call.Args[1]) {
		p.differs(call.Pos(), "errors.Is for an error that may be of type %s", p.typeName(b))
	}
}

// isSentinel reports whether an expression is nil, or a variable of a package
// that is not set to an error of the note's types where it is declared.
func (p *pass) isSentinel(e ast.Expr) bool {
	if p.isConstant(e) && p.own(p.typeOf(e)) == nil {
		return true
	}
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	}
	v, ok := p.info.Uses[id].(*types.Var)
	return ok && !v.IsField() && v.Parent() == v.Pkg().Scope() && p.own(v.Type()) == nil && !p.ownValues[v]
}

// embeddedInterfaces: a struct that embeds an interface cannot be used as that
// interface.
func embeddedInterfaces(p *pass, n ast.Node, _ []ast.Node) {
	s, ok := n.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range s.Fields.List {
		if t := p.typeOf(f.Type); len(f.Names) == 0 && isInterface(t) {
			p.differs(f.Pos(), "a struct that embeds the interface %s", p.typeName(t))
		}
	}
}
