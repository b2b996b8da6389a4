package dialect

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// results: a result of a function begins with what the same call returned
// before, not with zero. So named results are set to zero; and where a function
// may end without a return statement, by a recovered panic, results get names.
func results(p *pass, n ast.Node, _ []ast.Node) {
	var typ *ast.FuncType
	var body *ast.BlockStmt
	switch n := n.(type) {
	case *ast.FuncDecl:
		typ, body = n.Type, n.Body
	case *ast.FuncLit:
		typ, body = n.Type, n.Body
	}
	if body == nil || typ.Results.NumFields() == 0 {
		return
	}
	isDefer := func(n ast.Node) bool {
		_, ok := n.(*ast.DeferStmt)
		return ok
	}
	var zeros strings.Builder
	for _, field := range typ.Results.List {
		for _, id := range field.Names {
			if id.Name != "_" {
				zeros.WriteString(p.setZero(renamed(id.Name), field.Type))
			}
		}
		if len(field.Names) == 0 && find(isDefer, body) != nil {
			name := p.unique("result")
			p.nameResult(typ.Results, field, name)
			zeros.WriteString(p.setZero(name, field.Type))
		}
	}
	if zeros.Len() > 0 {
		p.insert(body.Lbrace+1, zeros.String())
	}
}

// nameResult gives a result a name.
func (p *pass) nameResult(list *ast.FieldList, result *ast.Field, name string) {
	if list.Opening.IsValid() {
		p.insert(result.Type.Pos(), name+" ")
		return
	}
	p.wrap(result.Type, "("+name+" ", ")")
}

// setZero returns a statement that sets a variable to the zero value of its
// type.
func (p *pass) setZero(name string, typ ast.Expr) string {
	if basic, ok := p.typeOf(typ).Underlying().(*types.Basic); ok && basic.Info()&types.IsNumeric != 0 {
		return " " + name + " = 0;"
	}
	zero := p.unique("zero")
	return fmt.Sprintf(" var %s %s; %s = %s;", zero, p.text(typ), name, zero)
}

// parameters: a parameter without a name has no place of its own, so that it
// is put where something else belongs.
func parameters(p *pass, n ast.Node, _ []ast.Node) {
	var lists []*ast.FieldList
	switch n := n.(type) {
	case *ast.FuncDecl:
		lists = []*ast.FieldList{n.Recv, n.Type.Params}
	case *ast.FuncLit:
		lists = []*ast.FieldList{n.Type.Params}
	}
	for _, list := range lists {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			if len(field.Names) == 0 {
				p.insert(field.Type.Pos(), "_ ")
			}
		}
	}
}
