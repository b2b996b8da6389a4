package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
)

// enclosingFunc returns the body and the node of the innermost function around
// a node with these ancestors.
func enclosingFunc(path []ast.Node) (ast.Node, *ast.BlockStmt) {
	for i := len(path) - 1; i >= 0; i-- {
		switch f := path[i].(type) {
		case *ast.FuncLit:
			return f, f.Body
		case *ast.FuncDecl:
			return f, f.Body
		}
	}
	return nil, nil
}

// inLoop reports whether a loop of the same function is among the ancestors.
func inLoop(path []ast.Node) bool {
	for i := len(path) - 1; i >= 0; i-- {
		switch path[i].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		}
	}
	return false
}

// assigned reports whether a variable, or a part of it, gets a new value within
// a node, apart from its declaration.
func (p *pass) assigned(v types.Object, within ast.Node) bool {
	found := false
	ast.Inspect(within, func(n ast.Node) bool {
		var targets []ast.Expr
		switch s := n.(type) {
		case *ast.AssignStmt:
			targets = s.Lhs
		case *ast.IncDecStmt:
			targets = []ast.Expr{s.X}
		case *ast.RangeStmt:
			targets = []ast.Expr{s.Key, s.Value}
		case *ast.UnaryExpr:
			if s.Op == token.AND { // whoever has the address may write
				targets = []ast.Expr{s.X}
			}
		}
		for _, e := range targets {
			found = found || (e != nil && p.root(e) == v)
		}
		return !found
	})
	return found
}

// root returns the variable that holds the value of an expression: v of v,
// v.f and v[i], unless that is reached through a pointer, slice or map. It
// returns nil where there is none.
func (p *pass) root(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return p.info.Uses[e] // nil where e is declared here
	case *ast.SelectorExpr:
		if t := p.typeOf(e.X); t != nil {
			if _, isPointer := t.Underlying().(*types.Pointer); !isPointer {
				return p.root(e.X)
			}
		}
	case *ast.IndexExpr:
		if t := p.typeOf(e.X); t != nil {
			if _, isArray := t.Underlying().(*types.Array); isArray {
				return p.root(e.X)
			}
		}
	}
	return nil
}

// captured reports whether a function literal within a node uses a variable.
func (p *pass) captured(v types.Object, within ast.Node) bool {
	found := false
	ast.Inspect(within, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			found = found || p.uses(v, lit)
		}
		return !found
	})
	return found
}

func (p *pass) uses(v types.Object, within ast.Node) bool {
	found := false
	ast.Inspect(within, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && p.info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}

// addressed reports whether the address of a variable is taken within a node,
// by & or by the call of a method with a pointer receiver.
func (p *pass) addressed(v types.Object, within ast.Node) bool {
	found := false
	ast.Inspect(within, func(n ast.Node) bool {
		switch e := n.(type) {
		case *ast.UnaryExpr:
			found = found || (e.Op == token.AND && p.root(e.X) == v)
		case *ast.SelectorExpr:
			if sel := p.info.Selections[e]; sel != nil && sel.Kind() == types.MethodVal && p.root(e.X) == v {
				_, isPointer := v.Type().Underlying().(*types.Pointer)
				found = found || (p.pointerMethod(e) && !isPointer)
			}
		}
		return !found
	})
	return found
}
