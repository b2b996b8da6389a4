package dialect

import (
	"go/ast"
	"go/token"
)

// assignments: an assignment of several values that reads a variable it also
// sets, by index or slice, takes the new value.
func assignments(p *pass, n ast.Node, _ []ast.Node) {
	a, ok := n.(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) < 2 || len(a.Rhs) != len(a.Lhs) {
		return
	}
	for _, target := range a.Lhs {
		id, ok := target.(*ast.Ident)
		if !ok || p.info.Uses[id] == nil {
			continue
		}
		for _, value := range a.Rhs {
			if p.indexes(value, id) {
				p.differs(a.Pos(), "an assignment that sets %s and reads a part of it", id.Name)
				return
			}
		}
	}
}

// indexes reports whether an index or slice expression on a variable is part
// of a value.
func (p *pass) indexes(value ast.Expr, variable *ast.Ident) bool {
	return contains(value, func(n ast.Node) bool {
		switch e := n.(type) {
		case *ast.IndexExpr:
			return p.root(e.X) == p.info.Uses[variable]
		case *ast.SliceExpr:
			return p.root(e.X) == p.info.Uses[variable]
		}
		return false
	})
}
