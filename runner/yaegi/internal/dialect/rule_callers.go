package dialect

import "go/ast"

// callers: stacks show the interpreter's own functions.
func callers(p *pass, n ast.Node, _ []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	f := p.callee(call)
	for _, name := range []string{"Caller", "Callers", "CallersFrames", "FuncForPC", "Stack"} {
		if isFunc(f, "runtime", name) {
			p.differs(call.Pos(), "runtime.%s", name)
		}
	}
	for _, name := range []string{"Stack", "PrintStack"} {
		if isFunc(f, "runtime/debug", name) {
			p.differs(call.Pos(), "debug.%s", name)
		}
	}
}
