package dialect

import (
	"go/ast"
	"go/types"
)

// variadics: yaegi does not know the type of a variadic parameter of a generic
// function or method. It becomes a slice, here and in all calls.
func variadics(p *pass, n ast.Node, path []ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		f, ok := p.info.Defs[n.Name].(*types.Func)
		if !ok || !genericVariadic(f.Signature()) {
			return
		}
		params := n.Type.Params.List
		if e, ok := params[len(params)-1].Type.(*ast.Ellipsis); ok {
			p.replace(e.Ellipsis, e.Elt.Pos(), "[]")
		}
	case *ast.CallExpr:
		if f := p.callee(n); f != nil && !p.imported(f) && genericVariadic(f.Origin().Signature()) {
			p.passSlice(n, f)
		}
	case *ast.Ident:
		f, ok := p.info.Uses[n].(*types.Func)
		if ok && !p.imported(f) && genericVariadic(f.Origin().Signature()) && !p.isCallee(n, path) {
			p.missing(n.Pos(), "the generic function %s with a variadic parameter as a value", n.Name)
		}
	}
}

// isCallee reports whether an identifier is the function of a call around it.
func (p *pass) isCallee(id *ast.Ident, path []ast.Node) bool {
	for i := len(path) - 1; i >= max(0, len(path)-4); i-- {
		if call, ok := path[i].(*ast.CallExpr); ok {
			return call.Fun.Pos() <= id.Pos() && id.End() <= call.Fun.End()
		}
	}
	return false
}

// passSlice makes a call pass a slice as the last argument.
func (p *pass) passSlice(call *ast.CallExpr, f *types.Func) {
	if call.Ellipsis.IsValid() {
		p.replace(call.Ellipsis, call.Ellipsis+3, "")
		return
	}
	sig, ok := p.typeOf(call.Fun).Underlying().(*types.Signature)
	first := f.Signature().Params().Len() - 1
	if !ok || len(call.Args) < first {
		return
	}
	slice := sig.Params().At(first).Type()
	text, ok := p.typeText(slice, call.Pos())
	if !ok {
		p.missing(call.Pos(), "a call of a variadic generic function with values of type %s", p.typeName(slice))
		return
	}
	if len(call.Args) == first {
		separator := ""
		if first > 0 {
			separator = ", "
		}
		p.insert(call.Rparen, separator+text+"{}")
		return
	}
	p.insert(call.Args[first].Pos(), text+"{")
	p.insert(call.Rparen, "}")
}

// genericVariadic reports whether the last parameters have a type that
// depends on a type parameter.
func genericVariadic(sig *types.Signature) bool {
	if !sig.Variadic() || (sig.TypeParams().Len() == 0 && sig.RecvTypeParams().Len() == 0) {
		return false
	}
	last := sig.Params().At(sig.Params().Len() - 1).Type()
	return mentionsTypeParam(last)
}

func mentionsTypeParam(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if mentionsTypeParam(arg) {
				return true
			}
		}
	case *types.Map:
		return mentionsTypeParam(t.Key()) || mentionsTypeParam(t.Elem())
	case *types.Signature:
		for _, list := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range list.Variables() {
				if mentionsTypeParam(v.Type()) {
					return true
				}
			}
		}
	case interface{ Elem() types.Type }:
		return mentionsTypeParam(t.Elem())
	}
	return false
}
