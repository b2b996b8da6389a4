package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
)

// recovers: what yaegi panics with, where Go's runtime panics, has another text
// and type. Where a program looks at what it recovered, that is what it would
// be in Go.
func recovers(p *pass, n ast.Node, path []ast.Node) {
	if call, ok := n.(*ast.CallExpr); ok && p.builtin(call) == "recover" && looksAt(path) {
		p.native = true
		p.wrap(call, "any("+nativeName+".Recovered(", "))")
	}
}

// looksAt reports whether the value of a call with these ancestors is used, and
// not only compared with nil or dropped.
func looksAt(path []ast.Node) bool {
	switch parent := path[len(path)-1].(type) {
	case *ast.ExprStmt, *ast.BinaryExpr, *ast.DeferStmt:
		return false
	case *ast.AssignStmt:
		id, ok := parent.Lhs[0].(*ast.Ident)
		return !ok || id.Name != "_"
	}
	return true
}

// recoversValue reports whether a file looks at what it recovered.
func (p *pass) recoversValue(file *ast.File) bool {
	found := false
	walk(file, func(n ast.Node, path []ast.Node) {
		call, ok := n.(*ast.CallExpr)
		found = found || ok && p.builtin(call) == "recover" && looksAt(path)
	})
	return found
}

// indexes: an index or a slice out of range panics without telling the numbers.
// Where somebody may look at them, they are checked before.
func indexes(p *pass, n ast.Node, _ []ast.Node) {
	if !p.recovering {
		return
	}
	switch e := n.(type) {
	case *ast.IndexExpr:
		if p.hasBounds(e.X) && isPure(e.X) && p.isInt(e.Index) {
			p.native = true
			p.wrap(e.Index, nativeName+".Index(", ", len("+p.text(e.X)+"))")
		}
	case *ast.SliceExpr:
		if p.hasBounds(e.X) && isPure(e.X) && !e.Slice3 {
			p.checkSlice(e)
		}
	}
}

// hasBounds reports whether an index into a value may be out of range.
func (p *pass) hasBounds(e ast.Expr) bool {
	switch t := p.typeOf(e).Underlying().(type) {
	case *types.Slice, *types.Array:
		return true
	case *types.Basic:
		return t.Info()&types.IsString != 0
	case *types.Pointer:
		_, isArray := t.Elem().Underlying().(*types.Array)
		return isArray
	}
	return false
}

// isPure reports whether an expression may be evaluated twice.
func isPure(e ast.Expr) bool {
	return !contains(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.FuncLit, *ast.CompositeLit, *ast.IndexExpr:
			return true
		case *ast.UnaryExpr:
			return n.Op == token.ARROW
		}
		return false
	})
}

func (p *pass) isInt(e ast.Expr) bool {
	basic, ok := types.Default(p.typeOf(e)).(*types.Basic)
	return ok && basic.Kind() == types.Int
}

// checkSlice makes a slice expression check its bounds.
func (p *pass) checkSlice(e *ast.SliceExpr) {
	low := "0"
	if e.Low != nil {
		low = p.text(e.Low)
		if !isPure(e.Low) || !p.isInt(e.Low) {
			return
		}
	}
	_, isString := p.typeOf(e.X).Underlying().(*types.Basic)
	x := p.text(e.X)
	switch {
	case e.High == nil && e.Low != nil:
		p.native = true
		p.wrap(e.Low, nativeName+".LowBound(", ", len("+x+"))")
	case e.High != nil && p.isInt(e.High):
		p.native = true
		if isString {
			p.wrap(e.High, nativeName+".StringBound("+low+", ", ", len("+x+"))")
		} else {
			p.wrap(e.High, nativeName+".Bound("+low+", ", ", cap("+x+"))")
		}
	}
}
