package dialect

import (
	"go/ast"
	"go/types"
)

// generics: yaegi has generic functions and types, apart from variadic
// parameters of a parameter type, the inference of several type arguments and
// of one from an untyped constant, and fields named like a type parameter.
func generics(p *pass, n ast.Node, path []ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if f, ok := p.info.Defs[n.Name].(*types.Func); ok && genericVariadic(f.Signature()) {
			p.missing(n.Type.Params.Pos(), "a variadic parameter of a generic function")
		}
	case *ast.TypeSpec:
		p.genericFields(n)
	case *ast.CallExpr:
		id := calledName(n)
		if id == nil {
			return
		}
		instance, ok := p.info.Instances[id]
		f, isFunc := p.info.Uses[id].(*types.Func)
		if !ok || !isFunc || p.imported(f) {
			return
		}
		if _, explicit := ast.Unparen(n.Fun).(*ast.Ident); !explicit {
			return
		}
		if instance.TypeArgs.Len() > 1 {
			p.missing(n.Pos(), "the inference of several type arguments")
		}
		p.untypedArguments(n, f)
	}
}

func calledName(call *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
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
	case *types.Slice:
		return mentionsTypeParam(t.Elem())
	case *types.Chan:
		return mentionsTypeParam(t.Elem())
	case *types.Pointer:
		return mentionsTypeParam(t.Elem())
	}
	return false
}

func (p *pass) genericFields(spec *ast.TypeSpec) {
	fields, ok := spec.Type.(*ast.StructType)
	if !ok || spec.TypeParams == nil {
		return
	}
	params := map[string]bool{}
	for _, f := range spec.TypeParams.List {
		for _, id := range f.Names {
			params[id.Name] = true
		}
	}
	for _, f := range fields.Fields.List {
		for _, id := range f.Names {
			if params[id.Name] {
				p.missing(id.Pos(), "a field named like the type parameter %s", id.Name)
			}
		}
	}
}

// untypedArguments reports untyped constants that a type argument is inferred
// from; those that are integers work.
func (p *pass) untypedArguments(call *ast.CallExpr, f *types.Func) {
	params := f.Origin().Signature().Params()
	for i, arg := range call.Args {
		if i >= params.Len() || !mentionsTypeParam(params.At(i).Type()) || p.info.Types[arg].Value == nil {
			continue
		}
		if lit, ok := ast.Unparen(arg).(*ast.BasicLit); ok && p.isFloat(lit) {
			p.missing(arg.Pos(), "a type argument inferred from an untyped constant")
		}
	}
}

func (p *pass) isFloat(e ast.Expr) bool {
	basic, ok := p.typeOf(e).Underlying().(*types.Basic)
	return ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0
}
