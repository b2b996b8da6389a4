package dialect

import (
	"go/ast"
	"go/types"
	"strings"
)

// methodValues: a method as a value finds its receiver when it is called, not
// where the value is made; a method expression panics when it is called.
func methodValues(p *pass, n ast.Node, path []ast.Node) {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok {
		return
	}
	s := p.info.Selections[sel]
	switch {
	case s == nil || s.Kind() == types.FieldVal:
	case s.Kind() == types.MethodExpr:
		p.methodExpression(sel)
	case isCalled(sel, path):
	default:
		p.methodValue(sel, path)
	}
}

// isCalled reports whether a function is what a call around it calls.
func isCalled(fun ast.Expr, path []ast.Node) bool {
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.ParenExpr:
			continue
		case *ast.CallExpr:
			return ast.Unparen(n.Fun) == fun
		}
		return false
	}
	return false
}

// methodExpression turns T.M into func(r T, a A) R { return r.M(a) }.
func (p *pass) methodExpression(sel *ast.SelectorExpr) {
	w := wrapper{pass: p, at: sel.Pos(), ok: true}
	all := p.typeOf(sel).(*types.Signature)
	receiver := w.add(all.Params().At(0).Type())
	var rest []*types.Var
	for v := range all.Params().Variables() {
		rest = append(rest, v)
	}
	sig := types.NewSignatureType(nil, nil, nil, types.NewTuple(rest[1:]...), all.Results(), all.Variadic())
	literal := strings.TrimPrefix(w.literal(sig, receiver+"."+sel.Sel.Name), "func(")
	if !w.ok {
		p.missing(sel.Pos(), "the method expression %s", p.text(sel))
		return
	}
	if len(rest) > 1 {
		literal = ", " + literal
	}
	p.replace(sel.Pos(), sel.End(), "func("+w.params[0]+literal)
}

// methodValue turns x.M into
// func(r T) func(A) R { return func(a A) R { return r.M(a) } }(x).
func (p *pass) methodValue(sel *ast.SelectorExpr, path []ast.Node) {
	w := wrapper{pass: p, at: sel.Pos(), ok: true}
	literal := w.literal(p.typeOf(sel).(*types.Signature), w.function(sel))
	result, ok := p.typeText(p.typeOf(sel), sel.Pos())
	if w.ok && ok {
		p.insert(sel.Pos(), "func("+w.params[0]+") "+result+" { return "+literal+" }("+w.prefix)
		p.replace(w.operand, sel.End(), ")")
		return
	}
	_, body := enclosingFunc(path)
	if body != nil && p.readsLate(sel.X, body, inLoop(path)) {
		p.differs(sel.Pos(), "the method value %s, whose receiver changes later", p.text(sel))
	}
}
