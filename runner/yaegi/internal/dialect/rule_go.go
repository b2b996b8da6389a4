package dialect

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// goStatements: what a go statement calls, and on which receiver, is found out
// when the goroutine starts, not where the statement stands; so are the
// arguments of an imported function. Only functions of the note by their names,
// and function literals, are safe.
func goStatements(p *pass, n ast.Node, path []ast.Node) {
	g, ok := n.(*ast.GoStmt)
	if !ok || p.calledByName(g.Call) {
		return
	}
	_, body := enclosingFunc(path)
	if body == nil || !p.callMayReadLate(g.Call, body, inLoop(path)) || p.startByParameters(g.Call) {
		return
	}
	if p.callReadsLate(g.Call, body, inLoop(path)) {
		p.differs(g.Pos(), "a go statement whose function or arguments change later")
	}
}

// calledByName reports whether a call is one of a function literal or of a
// function of the note, not of a method or of a value.
func (p *pass) calledByName(call *ast.CallExpr) bool {
	if _, isLit := ast.Unparen(call.Fun).(*ast.FuncLit); isLit {
		return true
	}
	f := p.callee(call)
	return f != nil && !p.imported(f) && f.Signature().Recv() == nil
}

// callMayReadLate reports whether an operand of a go statement is something
// else than constants and variables that keep their values.
func (p *pass) callMayReadLate(call *ast.CallExpr, body *ast.BlockStmt, loop bool) bool {
	operands := call.Args
	if p.callee(call) == nil {
		operands = append([]ast.Expr{call.Fun}, operands...)
	} else if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && p.info.Selections[sel] != nil {
		operands = append([]ast.Expr{sel.X}, operands...)
	}
	return slices.ContainsFunc(operands, func(e ast.Expr) bool {
		_, isIdent := ast.Unparen(e).(*ast.Ident)
		return !p.isConstant(e) && (!isIdent || p.readsLate(e, body, loop))
	})
}

// startByParameters turns go x.f(a) into go func(x T, a A) { x.f(a) }(x, a). It
// returns false where the types have no names.
func (p *pass) startByParameters(call *ast.CallExpr) bool {
	if p.builtin(call) != "" || p.info.Types[call.Fun].IsType() {
		return false
	}
	w := wrapper{pass: p, at: call.Pos(), ok: true}
	called := w.function(call.Fun)
	var args []string
	for _, arg := range call.Args {
		args = append(args, w.add(p.typeOf(arg)))
	}
	if !w.ok {
		return false
	}
	list := strings.Join(args, ", ")
	if call.Ellipsis.IsValid() {
		list += "..."
	}
	p.insert(call.Pos(), "func("+strings.Join(w.params, ", ")+") { "+called+"("+list+") }("+w.prefix)
	switch {
	case !w.operand.IsValid():
		p.replace(call.Pos(), call.Lparen+1, "")
	case len(args) == 0:
		p.replace(w.operand, call.Lparen+1, "")
	default:
		p.replace(w.operand, call.Lparen+1, ", ")
	}
	if call.Ellipsis.IsValid() {
		p.replace(call.Ellipsis, call.Ellipsis+token.Pos(len("...")), "")
	}
	return true
}
