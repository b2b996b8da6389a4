package dialect

import "go/ast"

// closures: a function literal that returns puts the one before it back in the
// place where its statement found it. In a loop, with goroutines, the statement
// may just be about to take another one from there, and would take that of a
// former iteration. In a function of its own it has a place of its own.
func closures(p *pass, n ast.Node, path []ast.Node) {
	if !inLoop(path) {
		return
	}
	switch n := n.(type) {
	case *ast.GoStmt:
		p.wrap(n, "func() { ", " }()")
	case *ast.FuncLit:
		if call, ok := path[len(path)-1].(*ast.CallExpr); ok && (call.Fun == n || p.isSynchronous(call)) {
			return
		}
		p.wrap(n, "func() "+p.text(n.Type)+" { return ", " }()")
	}
}

// isSynchronous reports whether a call is one of an imported function that does
// not keep the functions that it is given.
func (p *pass) isSynchronous(call *ast.CallExpr) bool {
	f := p.callee(call)
	return p.imported(f) && synchronous[f.Pkg().Path()]
}

// synchronous are packages whose functions do not keep the functions that they
// are given.
var synchronous = map[string]bool{"sort": true, "slices": true, "strings": true, "bytes": true, "maps": true}
