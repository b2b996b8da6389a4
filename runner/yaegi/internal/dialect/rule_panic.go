package dialect

import (
	"fmt"
	"go/ast"
)

// The native package that translated code may call.
const (
	nativeName = "nativeǃ"
	nativePath = "notebook/runner/yaegi/native"
)

// callsPanic: what recover returns after a panic of interpreted code has lost
// its type, and a crash does not print its text. The native function panics as
// Go does, and its first argument tells the place.
func callsPanic(p *pass, n ast.Node, path []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok || p.builtin(call) != "panic" || len(call.Args) != 1 {
		return
	}
	if p.isConstantNil(call.Args[0]) {
		p.missing(call.Pos(), "a panic with nil")
		return
	}
	switch path[len(path)-1].(type) {
	case *ast.DeferStmt, *ast.GoStmt:
		return
	}
	place := p.fset.Position(call.Pos())
	where := fmt.Sprintf("%s:%d:%d", p.name, place.Line, place.Column)
	p.native = true
	p.replace(call.Fun.Pos(), call.Lparen+1, fmt.Sprintf("%s.Panic(%q, ", nativeName, where))
}
