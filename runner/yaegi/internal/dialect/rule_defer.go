package dialect

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// defers: yaegi reads the arguments of a deferred call when it runs, not when
// it is deferred. And while deferred calls run, a function value that the same
// function made cannot be called: that blocks for ever
// (https://github.com/traefik/yaegi/issues/1697).
func defers(p *pass, n ast.Node, path []ast.Node) {
	d, ok := n.(*ast.DeferStmt)
	if !ok || p.ofHarness(d.Call) {
		return
	}
	fn, body := enclosingFunc(path)
	if body == nil {
		return
	}
	loop := inLoop(path)
	lit, isLit := d.Call.Fun.(*ast.FuncLit)
	if d.Call.Ellipsis.IsValid() {
		p.differs(d.Pos(), "a deferred call with a slice as its variadic arguments")
		return
	}
	if p.callReadsLate(d.Call, body, loop) && !p.deferVariables(d, loop) {
		p.differs(d.Pos(), "a deferred call whose arguments change later")
		return
	}
	if isLit && loop && p.capturesLocal(lit, fn) {
		p.differs(d.Pos(), "a deferred function literal in a loop")
	}
	if p.callsFuncOf(body, d.Call) {
		p.differs(d.Pos(), "a deferred call of a function value of the same function")
	}
}

// deferVariables turns defer x.f(a) into r, v := (x), (a); defer r.f(v). In a
// loop r would be the last one when the call runs, but not as an argument:
// defer func(r T, v A) { r.f(v) }(r, v). It returns false where it cannot.
func (p *pass) deferVariables(d *ast.DeferStmt, loop bool) bool {
	call := d.Call
	_, isLit := call.Fun.(*ast.FuncLit)
	if isLit || p.builtin(call) != "" || slices.ContainsFunc(call.Args, p.isConstantNil) {
		return false
	}
	w := wrapper{pass: p, at: d.Pos(), ok: true}
	called := w.function(call.Fun)
	operands := call.Args
	if w.operand.IsValid() {
		operands = append([]ast.Expr{call.Fun}, operands...)
	}
	for _, arg := range call.Args {
		w.add(p.typeOf(arg))
	}
	names := strings.Join(w.names, ", ")
	deferred := called + "(" + strings.Join(w.names[len(w.names)-len(call.Args):], ", ") + ")"
	if loop && w.operand.IsValid() {
		if !w.ok {
			return false
		}
		deferred = "func(" + strings.Join(w.params, ", ") + ") { " + deferred + " }(" + names + ")"
	}
	end, between := d.Defer, names+" := ("+w.prefix
	for _, e := range operands {
		text, ok := p.typeText(p.typeOf(e), e.Pos())
		if !ok || !p.isConstant(e) {
			text = "" // only a constant needs its type
		}
		p.replace(end, e.Pos(), between+text+"(")
		end, between = e.End(), ")), ("
		if e == call.Fun {
			end = w.operand
		}
	}
	p.replace(end, call.End(), ")); defer "+deferred)
	return true
}

// ofHarness reports whether lowering made a call: it passes a pointer, which
// does not change.
func (p *pass) ofHarness(call *ast.CallExpr) bool {
	f := p.callee(call)
	return f != nil && f.Pkg() != nil && f.Pkg().Path() == harnessPath
}

// callReadsLate reports whether an operand of a deferred call, or of a go
// statement, can have another value when the call runs.
func (p *pass) callReadsLate(call *ast.CallExpr, body *ast.BlockStmt, loop bool) bool {
	for _, e := range call.Args {
		if p.readsLate(e, body, loop) {
			return true
		}
	}
	if made, ok := call.Fun.(*ast.CallExpr); ok {
		return p.readsLate(made, body, loop)
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || p.info.Selections[sel] == nil {
		return false
	}
	if v := p.root(sel.X); v != nil && p.pointerMethod(sel) {
		if _, isPointer := v.Type().Underlying().(*types.Pointer); !isPointer {
			return loop && local(v, body) // its address stays what it is
		}
	}
	return p.readsLate(sel.X, body, loop)
}

// readsLate reports whether an operand can have another value later in the
// function, or in the next iteration.
func (p *pass) readsLate(e ast.Expr, body *ast.BlockStmt, loop bool) bool {
	if p.isConstant(e) {
		return false
	}
	late := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.CallExpr, *ast.FuncLit, *ast.CompositeLit:
			late = late || loop // a result keeps its place in the frame
			return false
		}
		if v := p.variable(n); v != nil {
			late = late || (loop && local(v, body)) || p.assigned(v, body)
		}
		return !late
	})
	return late
}

// capturesLocal reports whether a function literal uses a variable that a
// function declares.
func (p *pass) capturesLocal(lit *ast.FuncLit, fn ast.Node) bool {
	return contains(lit.Body, func(n ast.Node) bool {
		v := p.variable(n)
		return v != nil && local(v, fn) && !local(v, lit)
	})
}

// callsFuncOf reports whether a call uses a variable that the function around
// it gives a function literal. What another function returned, such as the
// cancel of a context, does not matter.
func (p *pass) callsFuncOf(body *ast.BlockStmt, call *ast.CallExpr) bool {
	return contains(call, func(n ast.Node) bool {
		v := p.variable(n)
		if v == nil || local(v, call) {
			return false
		}
		_, isFunc := v.Type().Underlying().(*types.Signature)
		return isFunc && p.setToLiteral(v, body)
	})
}

// setToLiteral reports whether a variable gets a function literal as its value.
func (p *pass) setToLiteral(v types.Object, within ast.Node) bool {
	is := func(id *ast.Ident, values []ast.Expr, i int) bool {
		if (p.info.Defs[id] != v && p.info.Uses[id] != v) || i >= len(values) {
			return false
		}
		_, isLit := ast.Unparen(values[i]).(*ast.FuncLit)
		return isLit
	}
	return contains(within, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.AssignStmt:
			for i, e := range s.Lhs {
				if id, ok := e.(*ast.Ident); ok && is(id, s.Rhs, i) {
					return true
				}
			}
		case *ast.ValueSpec:
			for i, id := range s.Names {
				if is(id, s.Values, i) {
					return true
				}
			}
		}
		return false
	})
}
