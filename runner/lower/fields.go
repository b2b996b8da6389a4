package lower

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// nameFields writes "T{a, b}" as "T{x: a, y: b}" in the syntax of the cell,
// where T is from an earlier cell: the checker takes unexported fields from
// there for those of another package, which only accepts them by name. It
// reports whether the errors of a check are due to that.
func (a *analysis) nameFields(errs []types.Error) bool {
	if !slices.ContainsFunc(errs, a.isFieldOfSession) {
		return false
	}
	named := false
	for _, lit := range a.literals() {
		named = a.nameElements(lit) || named
	}
	return named
}

// literals returns the composite literals of the cell, the inner ones last.
func (p *parsed) literals() []*ast.CompositeLit {
	var literals []*ast.CompositeLit
	for _, file := range []*ast.File{p.decls, p.stmts} {
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok {
				literals = append(literals, lit)
			}
			return true
		})
	}
	return literals
}

// isFieldOfSession reports whether an error says that a struct literal sets an
// unexported field of a type of an earlier cell without its name.
func (a *analysis) isFieldOfSession(e types.Error) bool {
	if !strings.HasPrefix(e.Msg, "implicit assignment to unexported field ") {
		return false
	}
	return slices.ContainsFunc(a.literals(), func(lit *ast.CompositeLit) bool {
		fields := a.foreignFields(lit)
		return fields != nil && slices.ContainsFunc(lit.Elts, func(elt ast.Expr) bool { return elt.Pos() == e.Pos })
	})
}

// foreignFields returns the struct type of a literal if an earlier cell declares
// its fields, else nil.
func (a *analysis) foreignFields(lit *ast.CompositeLit) *types.Struct {
	t := a.info.TypeOf(lit)
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem() // the & of an element may be left out
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok || fields.NumFields() == 0 || fields.Field(0).Pkg() == a.pkg || !isOfSession(fields.Field(0).Pkg()) {
		return nil
	}
	return fields
}

// nameElements names the elements of one literal. Where their number is wrong
// it does not: that is the error to report.
func (a *analysis) nameElements(lit *ast.CompositeLit) bool {
	fields := a.foreignFields(lit)
	if fields == nil || fields.NumFields() != len(lit.Elts) {
		return false
	}
	if _, ok := lit.Elts[0].(*ast.KeyValueExpr); ok {
		return false
	}
	var named []ast.Expr
	for i, elt := range lit.Elts {
		field := fields.Field(i)
		if field.Name() != "_" {
			named = append(named, &ast.KeyValueExpr{Key: ast.NewIdent(field.Name()), Value: elt})
		} else if !a.fitsBlank(elt, field) {
			return false
		}
	}
	lit.Elts = named
	return true
}

// fitsBlank reports whether the element of a blank field has the field's type,
// apart from the literal: no element can name that field. It adds a problem
// otherwise.
func (a *analysis) fitsBlank(elt ast.Expr, field *types.Var) bool {
	pkg := types.NewPackage("main", "main")
	name := strings.TrimSuffix(listCall, "(")
	param := types.NewTuple(types.NewParam(token.NoPos, pkg, "", field.Type()))
	pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, name, types.NewSignatureType(nil, nil, nil, param, nil, false)))
	off := a.offset(elt.Pos())
	_, err := types.Eval(token.NewFileSet(), pkg, token.NoPos, name+"("+a.code[off:a.offset(elt.End())]+")")
	var e types.Error
	switch {
	case err == nil:
		return true
	case errors.As(err, &e) && !strings.HasPrefix(e.Msg, "undefined: "):
		a.cell.problem(off, Readable(e.Msg), "")
	default:
		a.cell.problem(off, "the value of a blank field of an earlier cell's type can only be a constant", "name the fields that the literal sets")
	}
	return false
}
