package dialect

import (
	"go/ast"
	"go/types"
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
	if p.callReadsLate(d.Call, body, loop) {
		p.differs(d.Pos(), "a deferred call whose arguments change later")
		return
	}
	if isLit && loop && p.capturesLocal(lit, fn) {
		p.differs(d.Pos(), "a deferred function literal in a loop")
	}
	if p.callsLocalFunc(d.Call, fn) {
		p.differs(d.Pos(), "a deferred call of a function value of the same function")
	}
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
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || p.info.Selections[sel] == nil {
		return false
	}
	if v := p.root(sel.X); v != nil && p.pointerMethod(sel) {
		if _, isPointer := v.Type().Underlying().(*types.Pointer); !isPointer {
			return loop && p.local(v, body) // its address stays what it is
		}
	}
	return p.readsLate(sel.X, body, loop)
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

// readsLate reports whether an operand can have another value later in the
// function, or in the next iteration.
func (p *pass) readsLate(e ast.Expr, body *ast.BlockStmt, loop bool) bool {
	if p.isConstant(e) {
		return false
	}
	late := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.FuncLit, *ast.CompositeLit:
			late = late || loop // a result keeps its place in the frame
			return false
		case *ast.Ident:
			if v, ok := p.info.Uses[n].(*types.Var); ok && !v.IsField() {
				late = late || (loop && p.local(v, body)) || p.assigned(v, body)
			}
		}
		return !late
	})
	return late
}

// local reports whether a variable is declared within a node.
func (p *pass) local(v types.Object, within ast.Node) bool {
	return within.Pos() <= v.Pos() && v.Pos() < within.End()
}

// capturesLocal reports whether a function literal uses a variable that a
// function declares.
func (p *pass) capturesLocal(lit *ast.FuncLit, fn ast.Node) bool {
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v, isVar := p.info.Uses[id].(*types.Var)
			found = found || (isVar && !v.IsField() && p.local(v, fn) && !p.local(v, lit))
		}
		return !found
	})
	return found
}

// callsLocalFunc reports whether an expression uses a variable of function type
// that fn declares in its body.
func (p *pass) callsLocalFunc(e ast.Expr, fn ast.Node) bool {
	_, body := enclosingFunc([]ast.Node{fn})
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v, isVar := p.info.Uses[id].(*types.Var)
			if isVar && !v.IsField() && p.local(v, body) && !p.local(v, e) {
				_, isFunc := v.Type().Underlying().(*types.Signature)
				// What an imported function returned, such as the cancel of
				// a context, is no closure of this function.
				found = found || (isFunc && p.madeHere(v, body))
			}
		}
		return !found
	})
	return found
}

// madeHere reports whether a function literal is ever assigned to a variable.
func (p *pass) madeHere(v types.Object, body *ast.BlockStmt) bool {
	found := false
	check := func(names []ast.Expr, values []ast.Expr) {
		for i, name := range names {
			id, ok := name.(*ast.Ident)
			if !ok || (p.info.Defs[id] != v && p.info.Uses[id] != v) || i >= len(values) {
				continue
			}
			if _, isLit := ast.Unparen(values[i]).(*ast.FuncLit); isLit {
				found = true
			}
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.AssignStmt:
			check(s.Lhs, s.Rhs)
		case *ast.ValueSpec:
			names := make([]ast.Expr, len(s.Names))
			for i, id := range s.Names {
				names[i] = id
			}
			check(names, s.Values)
		}
		return !found
	})
	return found
}
