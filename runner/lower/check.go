package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A checkedFile is a cell as one file for the type checker: imports,
// declarations, and the statements as the body of a function.
type checkedFile struct {
	imports []importUse
	shared  []*ast.GenDecl // variables of the cell that its functions use
	objects []types.Object // definitions of earlier cells
	bodies  bool           // check the bodies of functions too
	kept    *types.Info    // of a check whose types and constants are among the objects
}

// check type-checks the cell and returns the errors, unfiltered.
func (s *session) check(a *analysis, f checkedFile) []types.Error {
	a.pkg = types.NewPackage("main", "main")
	s.cells[a.pkg] = a.cell
	a.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{},
		Defs:  map[*ast.Ident]types.Object{},
		Uses:  map[*ast.Ident]types.Object{},
	}
	if f.kept != nil {
		maps.Copy(a.info.Defs, f.kept.Defs)
		maps.Copy(a.info.Uses, f.kept.Uses)
	}
	for _, obj := range f.objects {
		a.pkg.Scope().Insert(obj)
	}
	if a.parsed.list >= 0 {
		a.pkg.Scope().Insert(listFunc(a.pkg))
	}
	file := a.merge(f)
	return asCompiler(a.cell.typeErrors(a.offset, func(report func(error)) {
		conf := types.Config{Importer: s.imp, DisableUnusedImportCheck: true, Error: report}
		// The error is the first of those that were reported.
		_ = types.NewChecker(&conf, s.fset, a.pkg, a.info).Files([]*ast.File{file})
	}), file)
}

// listFunc is the function that a last expression list is checked as an
// argument list of.
func listFunc(pkg *types.Package) types.Object {
	param := types.NewParam(token.NoPos, pkg, "", types.NewSlice(types.Universe.Lookup("any").Type()))
	sig := types.NewSignatureType(nil, nil, nil, types.NewTuple(param), nil, true)
	return types.NewFunc(token.NoPos, pkg, strings.TrimSuffix(listCall, "("), sig)
}

// merge builds the file.
func (a *analysis) merge(f checkedFile) *ast.File {
	file := &ast.File{Package: a.stmts.Package, Name: ast.NewIdent("main")}
	for _, u := range f.imports {
		spec := &ast.ImportSpec{Path: &ast.BasicLit{ValuePos: u.pos, Kind: token.STRING, Value: strconv.Quote(u.path)}}
		if u.name != "" {
			spec.Name = &ast.Ident{NamePos: u.pos, Name: u.name}
		}
		file.Imports = append(file.Imports, spec)
		file.Decls = append(file.Decls, &ast.GenDecl{TokPos: u.pos, Tok: token.IMPORT, Specs: []ast.Spec{spec}})
	}
	for _, d := range f.shared {
		file.Decls = append(file.Decls, d)
	}
	for _, decl := range a.decls.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			if d.Tok != token.IMPORT && f.kept == nil {
				file.Decls = append(file.Decls, a.checkedTypes(d))
			}
		case *ast.FuncDecl:
			file.Decls = append(file.Decls, a.checkedFunc(d, f))
		}
	}
	file.Decls = append(file.Decls, a.stmts.Decls[0])
	return file
}

// checkedTypes returns a declaration as the checker is to see it, with "type B A"
// as "type B (A)" where A is not from this cell: go/types follows bare names in
// search of a cycle, and expects each that is a type to be from the same run.
func (a *analysis) checkedTypes(d *ast.GenDecl) *ast.GenDecl {
	c := *d
	c.Specs = slices.Clone(d.Specs)
	for i, spec := range c.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		id, ok := t.Type.(*ast.Ident)
		if !ok || a.own[id.Name] != nil && a.own[id.Name].kind == declDef {
			continue
		}
		typ := *t
		typ.Type = &ast.ParenExpr{Lparen: id.Pos(), X: id, Rparen: id.End()}
		c.Specs[i] = &typ
	}
	return &c
}

// checkedFunc returns a function declaration as the checker is to see it. A
// method of a type of an earlier cell or check is checked as a function:
// go/types adds methods only to types of the same run.
func (a *analysis) checkedFunc(d *ast.FuncDecl, f checkedFile) *ast.FuncDecl {
	c := *d
	if !f.bodies {
		c.Body = nil
	}
	if _, ok := a.methods[d]; ok || d.Recv != nil && f.kept != nil {
		typ := *d.Type
		typ.Params = &ast.FieldList{List: named(slices.Concat(d.Recv.List, d.Type.Params.List))}
		c.Recv, c.Type = nil, &typ
		c.Name = &ast.Ident{NamePos: d.Name.NamePos, Name: "_"}
	}
	return &c
}

// named gives parameters without a name the blank one: a list must not have
// both kinds.
func named(params []*ast.Field) []*ast.Field {
	for i, p := range params {
		if len(p.Names) == 0 {
			c := *p
			c.Names = []*ast.Ident{ast.NewIdent("_")}
			params[i] = &c
		}
	}
	return params
}
