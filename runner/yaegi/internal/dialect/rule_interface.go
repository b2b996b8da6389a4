package dialect

import (
	"go/ast"
	"go/types"
)

// interfaceValues: a value of a type with methods that becomes that of an
// interface stays the variable that it comes from, or the place where a loop
// puts it, and one that becomes an error may lose its methods. The result of a
// function is a value of its own. In an empty interface it is one without name
// and methods; so all are made so.
func interfaceValues(p *pass, n ast.Node, path []ast.Node) {
	if p.reads(n) {
		return
	}
	_, returns := n.(*ast.ReturnStmt)
	p.conversions(n, path, func(value ast.Expr, to types.Type) {
		t := p.typeOf(value)
		isEmpty := isEmptyInterface(to)
		fresh := !isEmpty && (returns && !isPlace(value) || p.own(to) != nil && p.isConstant(value))
		if !p.boxes(t, to) || fresh {
			return
		}
		from, ok := p.typeText(t, value.Pos())
		result, ok2 := p.typeText(to, value.Pos())
		if !ok || !ok2 {
			p.differs(value.Pos(), "a value of type %s that becomes one of type %s and may change later", p.typeName(t), p.typeName(to))
			return
		}
		name := p.unique("v")
		p.wrap(value, "(func("+name+" "+from+") "+result+" { return "+name+" }(", "))")
	})
}

// interfaceResults: the result of a call that is at once the argument of another
// call is lost if it is of an interface type, and loses its methods if it is
// printed. In parentheses it is a value like others.
func interfaceResults(p *pass, n ast.Node, path []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(path) == 0 || p.info.Types[call.Fun].IsType() {
		return
	}
	outer, ok := path[len(path)-1].(*ast.CallExpr)
	if !ok || outer.Fun == call {
		return
	}
	t := p.typeOf(call)
	if p.reads(outer) && p.own(t) != nil && hasText(t) || !p.reads(outer) && isInterface(t) {
		p.wrap(call, "(", ")")
	}
}

// reads reports whether a node is a call that reads its arguments at once and
// sees their methods: of a printer, or of panic.
func (p *pass) reads(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	return ok && (p.prints(call) || p.builtin(call) == "panic")
}

// boxes reports whether a conversion makes a value of a type of the note with
// methods one of an interface.
func (p *pass) boxes(from, to types.Type) bool {
	return isInterface(to) && !isInterface(from) && p.own(from) != nil && types.NewMethodSet(from).Len() > 0
}

// isPlace reports whether an expression is a variable or a part of one, and not
// a value that has just been made.
func isPlace(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		return true
	}
	return false
}
