package dialect

import (
	"go/ast"
	"go/types"
)

// twin returns a type that yaegi mistakes for a type where both are values of
// interfaces, or nil: the names of types without methods are lost, and those of
// types with the same fields are not compared.
func (p *pass) twin(t types.Type) types.Type {
	for _, other := range p.inInterfaces {
		if !types.Identical(other, t) && (p.own(t) != nil || p.own(other) != nil) && types.Identical(bare(other), bare(t)) {
			return other
		}
	}
	return nil
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
