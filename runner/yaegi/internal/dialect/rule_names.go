package dialect

import (
	"go/ast"
	"go/types"
	"strconv"
)

// inNative are functions of the standard library that the native package has.
var inNative = map[string]map[string]string{"slices": {"Sort": "Sort", "Reverse": "Reverse"}}

// standardFunctions: some generic functions are there under another name.
func standardFunctions(p *pass, n ast.Node, _ []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	f := p.callee(call)
	if f == nil || f.Pkg() == nil || inNative[f.Pkg().Path()][f.Name()] == "" || len(call.Args) != 1 {
		return
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	p.native = true
	p.here[sel.Sel] = true
	p.replace(sel.Pos(), sel.End(), nativeName+"."+inNative[f.Pkg().Path()][f.Name()])
}

// missingNames: yaegi's tables of the standard library are older than Go, and
// hold no generic names but a few.
func missingNames(p *pass, n ast.Node, _ []ast.Node) {
	switch n := n.(type) {
	case *ast.ImportSpec:
		path, err := strconv.Unquote(n.Path.Value)
		if err == nil && path != harnessPath && !p.known(path, "") {
			p.missing(n.Pos(), "package %s", path)
		}
	case *ast.Ident:
		obj := p.info.Uses[n]
		if obj == nil || p.here[n] || obj.Pkg() == nil || obj.Pkg() == p.pkg || obj.Pkg().Path() == harnessPath {
			return
		}
		if obj.Parent() != obj.Pkg().Scope() {
			return // a method or field: those are all there
		}
		if _, isPackage := obj.(*types.PkgName); !isPackage && p.known(obj.Pkg().Path(), "") && !p.known(obj.Pkg().Path(), obj.Name()) {
			p.missing(n.Pos(), "%s.%s", obj.Pkg().Name(), obj.Name())
		}
	}
}
