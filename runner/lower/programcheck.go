package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
)

// checkProgram type-checks a program cell with the imports that are added to
// it, asks for a function main, and returns what names stand for.
func checkProgram(c *Cell, fset *token.FileSet, file *ast.File, added map[string]string, imp types.Importer) *types.Info {
	whole := *file
	whole.Decls = slices.Clone(file.Decls)
	for name, path := range added {
		spec := &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}}
		whole.Decls = append(whole.Decls, &ast.GenDecl{Tok: token.IMPORT, Specs: []ast.Spec{spec}})
	}
	offset := func(pos token.Pos) int { return fset.Position(pos).Offset }
	pkg := types.NewPackage("main", "main")
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	errs := asCompiler(c.typeErrors(offset, func(report func(error)) {
		conf := types.Config{Importer: imp, Error: report}
		// The error is the first of those that were reported.
		_ = types.NewChecker(&conf, fset, pkg, info).Files([]*ast.File{&whole})
	}), &whole)
	for _, e := range errs {
		c.problem(offset(e.Pos), Readable(e.Msg), "")
	}
	c.checkBodies(file.Decls, offset)
	if len(c.Problems) == 0 && pkg.Scope().Lookup("main") == nil {
		c.problem(offset(file.Name.Pos()), "function main is undeclared in the main package", "add func main()")
	}
	return info
}

// checkBodies reports functions without a body, which the type checker leaves
// to the compiler. Only one that a directive links to another has none.
func (c *Cell) checkBodies(decls []ast.Decl, offset func(token.Pos) int) {
	if len(c.Problems) > 0 {
		return
	}
	for _, decl := range decls {
		f, ok := decl.(*ast.FuncDecl)
		if ok && f.Body == nil && FindDirective(c.Code, "//go:linkname "+f.Name.Name) < 0 {
			c.problem(offset(f.Name.Pos()), "missing function body", "")
		}
	}
}
