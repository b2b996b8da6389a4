package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
)

// twin returns a type that yaegi mistakes for a type where both are values of
// interfaces, or nil: the names of types without methods are lost, and those of
// types with the same fields are not compared.
func (p *pass) twin(t types.Type) types.Type {
	for _, other := range p.inInterfaces {
		if p.areTwins(t, other) {
			return other
		}
	}
	return nil
}

// areTwins reports whether two types differ by their names only.
func (p *pass) areTwins(a, b types.Type) bool {
	return !types.Identical(a, b) && (p.own(a) != nil || p.own(b) != nil) && types.Identical(bare(a), bare(b))
}

// bare returns a type without its name, and without that of what it points to.
func bare(t types.Type) types.Type {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		return types.NewPointer(ptr.Elem().Underlying())
	}
	return t.Underlying()
}

// typesInInterfaces returns the types whose values become those of interfaces,
// apart from arguments that are printed at once.
func (p *pass) typesInInterfaces(files []*ast.File) []types.Type {
	var list []types.Type
	for _, file := range files {
		walk(file, func(n ast.Node, path []ast.Node) {
			if p.reads(n) {
				return
			}
			p.conversions(n, path, func(value ast.Expr, to types.Type) {
				if t := types.Default(p.typeOf(value)); isInterface(to) && !isInterface(t) && !p.isConstantNil(value) {
					list = append(list, t)
				}
			})
		})
	}
	return list
}

func (p *pass) isConstantNil(e ast.Expr) bool { return p.info.Types[e].IsNil() }

// keys: a key of a map, or one that compiled code compares, is also that of
// another type with an equal value.
func keys(p *pass, n ast.Node, path []ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		if p.reads(n) || !p.imported(p.callee(n)) || synchronous[p.callee(n).Pkg().Path()] {
			return
		}
	case *ast.IndexExpr, *ast.CompositeLit:
	default:
		return
	}
	p.conversions(n, path, func(value ast.Expr, to types.Type) {
		t := p.typeOf(value)
		if p.own(t) == nil || !isInterface(to) || types.NewMethodSet(t).Len() > 0 {
			return
		}
		if _, isLit := n.(*ast.CompositeLit); isLit && !p.isMapKey(n, value) {
			return
		}
		if other := p.twin(t); other != nil {
			p.differs(value.Pos(), "type %s beside type %s as the values of an interface", p.typeName(t), p.typeName(other))
		}
	})
}

// comparisons: values of interfaces whose types differ by their names only are
// equal.
func comparisons(p *pass, n ast.Node, _ []ast.Node) {
	compare, ok := n.(*ast.BinaryExpr)
	if !ok || compare.Op != token.EQL && compare.Op != token.NEQ || p.isConstantNil(compare.X) || p.isConstantNil(compare.Y) {
		return
	}
	x, y := p.typesHeld(compare.X), p.typesHeld(compare.Y)
	if !isInterface(p.typeOf(compare.X)) && !isInterface(p.typeOf(compare.Y)) {
		return
	}
	for _, a := range x {
		for _, b := range y {
			if p.areTwins(a, b) && types.NewMethodSet(a).Len() == 0 && types.NewMethodSet(b).Len() == 0 {
				p.differs(compare.Pos(), "a comparison of values of interfaces, where types %s and %s may be", p.typeName(a), p.typeName(b))
				return
			}
		}
	}
}

// typesHeld returns the types that the value of an operand may have.
func (p *pass) typesHeld(e ast.Expr) []types.Type {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok && p.info.Types[call.Fun].IsType() && len(call.Args) == 1 && isInterface(p.typeOf(call)) {
		return p.typesHeld(call.Args[0])
	}
	t := types.Default(p.typeOf(e))
	if !isInterface(t) {
		return []types.Type{t}
	}
	var list []types.Type
	for _, held := range p.inInterfaces {
		if types.AssignableTo(held, t) {
			list = append(list, held)
		}
	}
	return list
}

// isMapKey reports whether an expression is a key of a literal of a map.
func (p *pass) isMapKey(lit ast.Node, e ast.Expr) bool {
	for _, element := range lit.(*ast.CompositeLit).Elts {
		kv, ok := element.(*ast.KeyValueExpr)
		if ok && kv.Key == e {
			_, isMap := p.typeOf(lit.(*ast.CompositeLit)).Underlying().(*types.Map)
			return isMap
		}
	}
	return false
}
