package lower

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// nameFields writes "T{a, b}" as "T{x: a, y: b}" in the syntax of the cell,
// where T is from an earlier cell: the checker takes unexported fields from
// there for those of another package, which only accepts them by name. It
// reports whether the errors of a check are due to that.
func (a *analysis) nameFields(errs []types.Error) bool {
	if !slices.ContainsFunc(errs, isFieldOfSession) {
		return false
	}
	named := false
	for _, file := range []*ast.File{a.decls, a.stmts} {
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok {
				named = a.nameElements(lit) || named
			}
			return true
		})
	}
	return named
}

// isFieldOfSession reports whether an error says that a struct literal sets an
// unexported field of a type of the session without its name.
func isFieldOfSession(e types.Error) bool {
	return strings.HasPrefix(e.Msg, "implicit assignment to unexported field ") && strings.Contains(e.Msg, " of type main.")
}

// nameElements names the elements of one literal. Where their number is wrong
// it does not: that is the error to report.
func (a *analysis) nameElements(lit *ast.CompositeLit) bool {
	t := a.info.TypeOf(lit)
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem() // the & of an element may be left out
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok || fields.NumFields() != len(lit.Elts) {
		return false
	}
	named := false
	for i, elt := range lit.Elts {
		field := fields.Field(i)
		if _, ok := elt.(*ast.KeyValueExpr); ok || field.Pkg().Path() != a.pkg.Path() {
			return named
		}
		lit.Elts[i] = &ast.KeyValueExpr{Key: ast.NewIdent(field.Name()), Value: elt}
		named = true
	}
	return named
}
