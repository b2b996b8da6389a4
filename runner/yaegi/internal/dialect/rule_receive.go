package dialect

import (
	"go/ast"
	"go/token"
)

// receives: a received value that is at once returned, or set to something else
// than a local variable, is lost. In parentheses it is a value like others.
func receives(p *pass, n ast.Node, path []ast.Node) {
	receive, ok := n.(*ast.UnaryExpr)
	if !ok || receive.Op != token.ARROW {
		return
	}
	switch parent := path[len(path)-1].(type) {
	case *ast.ParenExpr, *ast.ExprStmt, *ast.SendStmt:
		return
	case *ast.AssignStmt:
		if _, inSelect := path[len(path)-2].(*ast.CommClause); inSelect || len(parent.Lhs) > len(parent.Rhs) {
			return
		}
	case *ast.ValueSpec:
		if len(parent.Names) > len(parent.Values) {
			return
		}
	}
	p.wrap(receive, "(", ")")
}
