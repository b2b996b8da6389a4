package dialect

import (
	"go/ast"
	"go/types"
)

// ownPredeclared: yaegi takes every nil and iota for the predeclared one.
func ownPredeclared(p *pass, n ast.Node, _ []ast.Node) {
	id, ok := n.(*ast.Ident)
	if !ok || id.Name != "nil" && id.Name != "iota" {
		return
	}
	obj := p.info.ObjectOf(id)
	if v, isVar := obj.(*types.Var); obj == nil || obj.Pkg() != p.pkg || isVar && v.IsField() {
		return
	}
	if f, isFunc := obj.(*types.Func); isFunc && f.Signature().Recv() != nil {
		return
	}
	p.replace(id.Pos(), id.End(), renamed(id.Name))
}

// renamed returns the name of a variable or function of the note in translated
// code.
func renamed(name string) string {
	if name == "nil" || name == "iota" {
		return name + "ǃ0"
	}
	return name
}
