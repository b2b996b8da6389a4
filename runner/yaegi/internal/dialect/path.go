package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"unicode/utf8"
)

// walk calls f for all nodes of a file with their ancestors, outermost first.
func walk(file *ast.File, f func(n ast.Node, path []ast.Node)) {
	var path []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		f(n, path)
		path = append(path, n)
		return true
	})
}

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

// contains reports whether a node, or one within it, passes a test.
func contains(within ast.Node, test func(ast.Node) bool) bool {
	found := false
	ast.Inspect(within, func(n ast.Node) bool {
		found = found || (n != nil && test(n))
		return !found
	})
	return found
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
	return contains(within, func(n ast.Node) bool {
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
		return slices.ContainsFunc(targets, func(e ast.Expr) bool { return e != nil && p.root(e) == v })
	})
}

// root returns the variable that holds the value of an expression: v of v,
// v.f and v[i], unless that is reached through a pointer, slice or map. It
// returns nil where there is none.
func (p *pass) root(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return p.info.Uses[e] // nil where e is declared here
	case *ast.SelectorExpr:
		if _, isPointer := p.typeOf(e.X).Underlying().(*types.Pointer); !isPointer {
			return p.root(e.X)
		}
	case *ast.IndexExpr:
		if _, isArray := p.typeOf(e.X).Underlying().(*types.Array); isArray {
			return p.root(e.X)
		}
	}
	return nil
}

// captured reports whether a function literal within a node uses a variable.
func (p *pass) captured(v types.Object, within ast.Node) bool {
	return contains(within, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		return ok && p.uses(v, lit)
	})
}

func (p *pass) uses(v types.Object, within ast.Node) bool {
	return contains(within, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		return ok && p.info.Uses[id] == v
	})
}

// variable returns the variable that a node is a use of, or nil; fields are
// none.
func (p *pass) variable(n ast.Node) *types.Var {
	id, ok := n.(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := p.info.Uses[id].(*types.Var)
	if !ok || v.IsField() {
		return nil
	}
	return v
}

// local reports whether a variable is declared within a node.
func local(v types.Object, within ast.Node) bool {
	return within.Pos() <= v.Pos() && v.Pos() < within.End()
}

// addressed reports whether the address of a variable is taken within a node,
// by & or by the call of a method with a pointer receiver.
func (p *pass) addressed(v types.Object, within ast.Node) bool {
	_, isPointer := v.Type().Underlying().(*types.Pointer)
	return contains(within, func(n ast.Node) bool {
		switch e := n.(type) {
		case *ast.UnaryExpr:
			return e.Op == token.AND && p.root(e.X) == v
		case *ast.SelectorExpr:
			sel := p.info.Selections[e]
			return sel != nil && sel.Kind() == types.MethodVal && p.root(e.X) == v && p.pointerMethod(e) && !isPointer
		}
		return false
	})
}

// pointerMethod reports whether a method has a pointer receiver.
func (p *pass) pointerMethod(sel *ast.SelectorExpr) bool {
	f, ok := p.info.Selections[sel].Obj().(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return false
	}
	_, pointer := types.Unalias(f.Signature().Recv().Type()).(*types.Pointer)
	return pointer
}

// isInvalidText reports whether a node is a string literal that is not UTF-8.
func isInvalidText(n ast.Node) bool {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return false
	}
	text, err := strconv.Unquote(lit.Value)
	return err == nil && !utf8.ValidString(text)
}
