package lower

import (
	"go/ast"
	"go/token"
)

// An isVariable reports whether an identifier stands for a variable.
type isVariable func(*ast.Ident) bool

// standsFor returns the identifiers of the cell that stand for a definition.
func (a *analysis) standsFor(d *def) isVariable {
	return func(id *ast.Ident) bool { return id.Name == d.name && a.refAt(id) == d }
}

// assigned returns what chance takes part in the assignments of a cell to a
// variable: in their right sides, or in what decides whether they are made.
func (c *chance) assigned(a *analysis, is isVariable) string {
	by := ""
	ast.Inspect(a.body, func(n ast.Node) bool {
		if n == nil || by != "" {
			return false
		}
		if right := assignedTo(n, is); right != nil {
			by = c.in(a, right)
		}
		if condition, body := decides(n); by == "" && condition != nil && setsIn(body, is) {
			by = c.in(a, condition)
		}
		return by == ""
	})
	return by
}

// assignedTo returns what a node assigns to a variable, or nil.
func assignedTo(n ast.Node, is isVariable) ast.Node {
	pick := func(left []*ast.Ident, right []ast.Expr) ast.Node {
		for i, id := range left {
			if len(right) > 0 && id != nil && is(id) {
				return right[min(i, len(right)-1)]
			}
		}
		return nil
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		left := make([]*ast.Ident, len(n.Lhs))
		for i, expr := range n.Lhs {
			left[i], _ = ast.Unparen(expr).(*ast.Ident)
		}
		return pick(left, n.Rhs)
	case *ast.ValueSpec:
		return pick(n.Names, n.Values)
	}
	return nil
}

// setsIn reports whether code assigns to a variable.
func setsIn(code ast.Node, is isVariable) bool {
	found := false
	ast.Inspect(code, func(n ast.Node) bool {
		if step, ok := n.(*ast.IncDecStmt); ok {
			id, ok := ast.Unparen(step.X).(*ast.Ident)
			found = found || ok && is(id)
		}
		found = found || n != nil && assignedTo(n, is) != nil
		return !found
	})
	return found
}

// decides returns what decides how often a body runs, and the body; nil for
// other nodes.
func decides(n ast.Node) (condition, body ast.Node) {
	switch n := n.(type) {
	case *ast.IfStmt:
		return n.Cond, n
	case *ast.ForStmt:
		if n.Cond != nil {
			return n.Cond, n.Body
		}
	case *ast.RangeStmt:
		return n.X, n.Body
	}
	return nil, nil
}

// sharedUnlocked reports whether the cell starts, in a loop, goroutines that
// assign to a variable and neither lock something nor use a channel.
func (a *analysis) sharedUnlocked(d *def) bool {
	found := false
	inLoop := func(n ast.Node) bool {
		if f := started(n); f != nil && !synchronizes(f) && setsIn(f.Body, a.standsFor(d)) {
			found = true
		}
		return !found
	}
	ast.Inspect(a.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt:
			ast.Inspect(n.Body, inLoop)
		case *ast.RangeStmt:
			ast.Inspect(n.Body, inLoop)
		}
		return !found
	})
	return found
}

// started returns the function literal that a node starts as a goroutine, or
// nil.
func started(n ast.Node) *ast.FuncLit {
	var f ast.Expr
	switch n := n.(type) {
	case *ast.GoStmt:
		f = n.Call.Fun
	case *ast.CallExpr:
		if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" && len(n.Args) == 1 {
			f = n.Args[0]
		}
	}
	literal, _ := f.(*ast.FuncLit)
	return literal
}

// synchronizes reports whether code locks something or uses a channel.
func synchronizes(code ast.Node) bool {
	found := false
	ast.Inspect(code, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt, *ast.SelectStmt:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.SelectorExpr:
			switch n.Sel.Name {
			case "Lock", "RLock", "Do", "Acquire":
				found = true
			}
		}
		return !found
	})
	return found
}
