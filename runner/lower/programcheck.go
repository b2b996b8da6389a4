package lower

import (
	"cmp"
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"notebook"
)

// checkProgram type-checks a program cell with the imports that are added to
// it, and asks for a function main.
func checkProgram(c *Cell, fset *token.FileSet, file *ast.File, added map[string]string, imp types.Importer) {
	whole := *file
	whole.Decls = slices.Clone(file.Decls)
	for name, path := range added {
		spec := &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}}
		whole.Decls = append(whole.Decls, &ast.GenDecl{Tok: token.IMPORT, Specs: []ast.Spec{spec}})
	}
	conf := types.Config{Importer: imp, Error: func(err error) {
		var e types.Error
		if errors.As(err, &e) {
			c.problem(fset.Position(e.Pos).Offset, Readable(e.Msg), "")
		}
	}}
	// The error is the first of those that were reported.
	pkg, _ := conf.Check("main", fset, []*ast.File{&whole}, nil)
	slices.SortStableFunc(c.Problems, func(a, b notebook.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	if len(c.Problems) == 0 && pkg.Scope().Lookup("main") == nil {
		c.problem(fset.Position(file.Name.Pos()).Offset, "function main is undeclared in the main package", "add func main()")
	}
}
