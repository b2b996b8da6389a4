package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
)

// conversions calls f for the values that a node converts to another type,
// with the type that they get. What f gets may have that type already.
func (p *pass) conversions(n ast.Node, path []ast.Node, f func(value ast.Expr, to types.Type)) {
	switch n := n.(type) {
	case *ast.CallExpr:
		p.callConversions(n, f)
	case *ast.AssignStmt, *ast.ValueSpec:
		p.variableConversions(n, f)
	case *ast.ReturnStmt:
		results := p.enclosingSignature(path).Results()
		for i, value := range n.Results {
			if results.Len() == len(n.Results) {
				f(value, results.At(i).Type())
			}
		}
	case *ast.SendStmt:
		if c, ok := p.typeOf(n.Chan).Underlying().(*types.Chan); ok {
			f(n.Value, c.Elem())
		}
	case *ast.IndexExpr:
		if m, ok := p.typeOf(n.X).Underlying().(*types.Map); ok {
			f(n.Index, m.Key())
		}
	case *ast.CompositeLit:
		p.elementConversions(n, f)
	}
}

// variableConversions is about the values that variables are set to.
func (p *pass) variableConversions(n ast.Node, f func(ast.Expr, types.Type)) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if len(n.Lhs) != len(n.Rhs) || n.Tok != token.ASSIGN && n.Tok != token.DEFINE {
			return
		}
		for i, value := range n.Rhs {
			if id, ok := n.Lhs[i].(*ast.Ident); !ok || id.Name != "_" {
				f(value, p.typeOf(n.Lhs[i]))
			}
		}
	case *ast.ValueSpec:
		for _, value := range n.Values {
			if n.Type != nil {
				f(value, p.typeOf(n.Type))
			}
		}
	}
}

// enclosingSignature returns the signature of the innermost function.
func (p *pass) enclosingSignature(path []ast.Node) *types.Signature {
	fn, _ := enclosingFunc(path)
	var t types.Type
	switch fn := fn.(type) {
	case *ast.FuncLit:
		t = p.typeOf(fn)
	case *ast.FuncDecl:
		if object := p.info.Defs[fn.Name]; object != nil {
			t = object.Type()
		}
	}
	if sig, ok := t.(*types.Signature); ok {
		return sig
	}
	return new(types.Signature)
}

// callConversions is about the arguments of a call or a conversion.
func (p *pass) callConversions(call *ast.CallExpr, f func(ast.Expr, types.Type)) {
	t := p.typeOf(call.Fun)
	if p.info.Types[call.Fun].IsType() {
		if len(call.Args) == 1 {
			f(call.Args[0], t)
		}
		return
	}
	sig, ok := t.Underlying().(*types.Signature) // also of a built-in function
	if !ok {
		return
	}
	params := sig.Params()
	for i, arg := range call.Args {
		switch {
		case sig.Variadic() && i >= params.Len()-1 && !call.Ellipsis.IsValid():
			if s, ok := params.At(params.Len() - 1).Type().Underlying().(*types.Slice); ok {
				f(arg, s.Elem())
			}
		case i < params.Len():
			f(arg, params.At(i).Type())
		}
	}
}

// elementConversions is about the elements of a composite literal.
func (p *pass) elementConversions(lit *ast.CompositeLit, f func(ast.Expr, types.Type)) {
	t := p.typeOf(lit).Underlying()
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem().Underlying()
	}
	for i, e := range lit.Elts {
		var key ast.Expr
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			key, e = kv.Key, kv.Value
		}
		switch t := t.(type) {
		case *types.Slice:
			f(e, t.Elem())
		case *types.Array:
			f(e, t.Elem())
		case *types.Map:
			f(key, t.Key())
			f(e, t.Elem())
		case *types.Struct:
			if id, ok := key.(*ast.Ident); ok {
				if field := p.info.Uses[id]; field != nil {
					f(e, field.Type())
				}
			} else if i < t.NumFields() {
				f(e, t.Field(i).Type())
			}
		}
	}
}
