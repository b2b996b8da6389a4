package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
)

// assignments: where several variables are set at once, a value can go to the
// wrong one, or be the one of a variable that has just been set. In parentheses
// it is a value that has been found before. An empty interface cannot be set to
// the value of an interface so.
func assignments(p *pass, n ast.Node, _ []ast.Node) {
	var values []ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		values = n.Rhs
		if len(values) > 1 && n.Tok == token.ASSIGN {
			p.setsEmptyInterface(n)
		}
	case *ast.ValueSpec:
		values = n.Values
	}
	if len(values) < 2 {
		return
	}
	for i, value := range values {
		_, inParentheses := value.(*ast.ParenExpr)
		switch assign, _ := n.(*ast.AssignStmt); {
		case inParentheses, p.isDeclaredFunction(value): // yaegi knows no such function in parentheses
		case !p.isConstantNil(value):
			p.wrap(value, "(", ")")
		case assign != nil:
			p.setsNil(value, p.typeOf(assign.Lhs[i]))
		}
	}
}

// isDeclaredFunction reports whether an expression is the name of a function of
// the file.
func (p *pass) isDeclaredFunction(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = p.info.Uses[id].(*types.Func)
	return ok
}

// setsNil gives a nil its type, without which it cannot be set beside others.
func (p *pass) setsNil(value ast.Expr, to types.Type) {
	text, ok := p.typeText(to, value.Pos())
	if !ok {
		p.missing(value.Pos(), "an assignment of nil and others to a variable of type %s", p.typeName(to))
		return
	}
	p.wrap(value, "("+text+")(", ")")
}

func (p *pass) setsEmptyInterface(a *ast.AssignStmt) {
	for i, target := range a.Lhs {
		if id, ok := target.(*ast.Ident); (!ok || id.Name != "_") && isEmptyInterface(p.typeOf(target)) && (isInterface(p.typeOf(a.Rhs[i])) || p.isConstantNil(a.Rhs[i])) {
			p.missing(a.Pos(), "an assignment that sets %s, of type %s, and others", p.text(target), p.typeName(p.typeOf(target)))
		}
	}
}
