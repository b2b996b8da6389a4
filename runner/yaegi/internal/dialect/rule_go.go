package dialect

import (
	"go/ast"
	"strings"
)

// goStatements: an imported function reads the arguments of a go statement
// when it starts, not where the statement stands.
func goStatements(p *pass, n ast.Node, path []ast.Node) {
	g, ok := n.(*ast.GoStmt)
	if !ok || !p.imported(p.callee(g.Call)) {
		return
	}
	_, body := enclosingFunc(path)
	if body == nil {
		return
	}
	if p.callReadsLate(g.Call, body, inLoop(path)) {
		p.differs(g.Pos(), "a go statement with an imported function whose arguments change later")
	}
}

// synchronous are packages whose functions do not keep the functions that they
// are given.
var synchronous = map[string]bool{"sort": true, "slices": true, "strings": true, "bytes": true, "maps": true}

// functionArguments: a function literal that is the argument of an imported
// function sees the variables of the last iteration. As the value of a
// parameter of an interpreted function it keeps its own.
func functionArguments(p *pass, n ast.Node, path []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok || !inLoop(path) || !p.imported(p.callee(call)) || synchronous[p.callee(call).Pkg().Path()] {
		return
	}
	fn, _ := enclosingFunc(path)
	var literals []*ast.FuncLit
	simple := true
	for _, arg := range call.Args {
		if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok && p.capturesLocal(lit, fn) {
			literals = append(literals, lit)
		} else {
			simple = simple && !containsFunction(arg)
		}
	}
	if len(literals) == 0 {
		return
	}
	_, isStmt := path[len(path)-1].(*ast.ExprStmt)
	if !isStmt || len(literals) > 1 || !simple || containsFunction(call.Fun) {
		p.differs(call.Pos(), "a function literal in a loop that an imported function gets")
		return
	}
	p.passByParameter(call, literals[0])
}

// passByParameter turns f(a, func() {...}) into
// func(g func()) { f(a, g) }(func() {...}).
func (p *pass) passByParameter(call *ast.CallExpr, lit *ast.FuncLit) {
	name := p.unique("f")
	var args []string
	for _, arg := range call.Args {
		if ast.Unparen(arg) == lit {
			args = append(args, name)
		} else {
			args = append(args, p.text(arg))
		}
	}
	body := p.text(call.Fun) + "(" + strings.Join(args, ", ") + ")"
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && p.callee(call).FullName() == "(*sync.WaitGroup).Go" {
		// The function that an imported one gets is made for one call at a time:
		// several goroutines that begin in it at once may mix their variables.
		group := p.text(sel.X)
		body = group + ".Add(1); go func() { defer " + group + ".Done(); " + name + "() }()"
	}
	p.replace(call.Pos(), lit.Pos(), "func("+name+" "+p.text(lit.Type)+") { "+body+" }(")
	p.replace(lit.End(), call.End(), ")")
}

// containsFunction reports whether an expression holds a function literal or a
// call.
func containsFunction(e ast.Expr) bool {
	return contains(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit, *ast.CallExpr:
			return true
		}
		return false
	})
}
