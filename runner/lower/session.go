package lower

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"notebook"
)

// newSession returns a session without cells.
func newSession(note *notebook.Note, imp types.Importer) *session {
	return &session{
		note:  note,
		imp:   imp,
		fset:  token.NewFileSet(),
		scope: newScope(),
		defs:  map[types.Object]*def{},
		cells: map[*types.Package]*Cell{},

		strayed: map[*def]*Cell{},
	}
}

// add analyzes the next cell of the session and defines its names for the
// cells after it.
func (s *session) add(cell *Cell) {
	a := &analysis{cell: cell, own: map[string]*def{}, uses: map[*def]bool{}, sets: map[*def]bool{},
		inits: map[*ast.FuncDecl]string{}, methods: map[*ast.FuncDecl]*def{}}
	if cell.Broken || len(cell.Problems) > 0 {
		s.scope.lose(cell.Label, declaredNames(cell.Code))
		return
	}
	var syntax *scanner.Error
	if a.parsed, syntax = parse(s.fset, cell.Code); syntax != nil {
		cell.problem(syntax.Pos.Offset, syntax.Msg, "")
	} else {
		s.analyze(a)
	}
	if len(cell.Problems) > 0 || len(cell.Lost) > 0 {
		s.scope.lose(cell.Label, declaredNames(cell.Code))
		return
	}
	s.export(a)
	s.done = append(s.done, a)
}

// analyze resolves, checks and records the cell.
func (s *session) analyze(a *analysis) {
	a.declareOwn()
	file, ok := s.surroundings(a)
	if !ok {
		return
	}
	s.liftOwnVars(a, &file)
	if len(a.cell.Problems) > 0 {
		return
	}
	file.bodies = true
	s.report(a, s.check(a, file))
	if len(a.cell.Problems) > 0 || len(a.cell.Lost) > 0 {
		return
	}
	s.bind(a)
	s.findLast(a)
	s.checkRecord(a)
}

// declareOwn makes a def for each name that the cell declares.
func (a *analysis) declareOwn() {
	for _, id := range a.ownDecls() {
		a.own[id.Name] = &def{kind: declDef, name: id.Name, cell: a.cell, uses: map[*def]bool{}}
	}
	for _, id := range a.ownVars() {
		if d := a.own[id.Name]; d != nil && d.kind == declDef {
			a.cell.problem(a.offset(id.Pos()), id.Name+" is declared twice in this cell", "rename one of the two")
			continue
		}
		if a.own[id.Name] == nil {
			a.own[id.Name] = &def{kind: varDef, name: id.Name, cell: a.cell}
		}
	}
	for _, decl := range a.decls.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil {
			if base := receiverBase(f); a.own[base] == nil {
				a.methods[f] = &def{kind: declDef, name: base + "." + f.Name.Name, cell: a.cell, uses: map[*def]bool{}}
			}
		}
	}
}

// surroundings collects what the cell sees of the cells before it and of the
// standard library. It reports false after a problem with an import.
func (s *session) surroundings(a *analysis) (checkedFile, bool) {
	var file checkedFile
	a.imports = a.ownImports()
	named := map[string]bool{}
	for i, u := range a.imports {
		name, ok := s.importName(a, u)
		if !ok {
			continue
		}
		a.imports[i].name = name
		named[name] = true
	}
	file.imports = slices.Clone(a.imports)
	for _, path := range s.scope.dots {
		file.imports = append(file.imports, importUse{name: ".", path: path})
	}
	free := a.free()
	for _, name := range slices.Sorted(maps.Keys(free)) {
		if own := a.own[name]; named[name] || (own != nil && own.kind == declDef) {
			continue
		}
		d := s.scope.defs[name]
		switch {
		case d == nil && types.Universe.Lookup(name) == nil && a.own[name] == nil && s.scope.lost[name] == "":
			s.addMissing(a, &file, name, free[name])
		case d == nil:
		case d.kind == importDef:
			file.imports = append(file.imports, importUse{name: name, path: d.path})
		default:
			file.objects = append(file.objects, d.obj)
		}
	}
	return file, len(a.cell.Problems) == 0
}

// importName returns the name that an import declaration declares. It reports
// false, with a problem, when the package cannot be imported.
func (s *session) importName(a *analysis, u importUse) (string, bool) {
	off := a.offset(u.pos)
	if u.path == "C" {
		a.cell.problem(off, "cgo is not supported in a cell", "put the C code into a package of its own module and import that")
		return "", false
	}
	pkg, err := s.imp.Import(u.path)
	if err != nil {
		a.cell.problem(off, err.Error(), hintOf(err))
		return "", false
	}
	if u.name != "" {
		return u.name, true
	}
	return pkg.Name(), true
}

// addMissing adds the import of a standard package for a name that nothing
// declares.
func (s *session) addMissing(a *analysis, file *checkedFile, name string, selected []string) {
	if len(selected) == 0 {
		return
	}
	switch paths := findStd(name, selected); len(paths) {
	case 0:
	case 1:
		file.imports = append(file.imports, importUse{name: name, path: paths[0]})
	default:
		a.cell.problem(a.firstUse(name), ambiguous(name, paths), "import the one you mean")
	}
}

// firstUse returns the offset of the first free use of a name.
func (p *parsed) firstUse(name string) int {
	off := len(p.code)
	for _, file := range []*ast.File{p.decls, p.stmts} {
		for _, id := range file.Unresolved {
			if id.Name == name {
				off = min(off, p.offset(id.Pos()))
			}
		}
	}
	return off
}

// liftOwnVars makes the variables of the cell that its functions use visible to
// them: it checks the cell once without function bodies to learn their types
// and declares them for the package. Statements that stand before the
// declaration keep seeing the definition of an earlier cell.
func (s *session) liftOwnVars(a *analysis, file *checkedFile) {
	lifted := map[string]*def{}
	for _, id := range a.decls.Unresolved {
		if d := a.own[id.Name]; d != nil && d.kind == varDef {
			lifted[id.Name] = d
		}
	}
	if len(lifted) == 0 && len(a.methods) == 0 {
		return
	}
	s.check(a, *file)
	s.attachMethods(a)
	w := s.checkWriter(a, file)
	for _, id := range a.ownVars() {
		d := lifted[id.Name]
		obj := a.info.Defs[id]
		if d == nil || obj == nil {
			continue
		}
		d.shared = true
		text, err := w.text(obj.Type())
		if err != nil {
			a.cell.problem(a.offset(id.Pos()), "a function of this cell uses "+id.Name+", but "+err.Error(), "pass it to the function as an argument")
			continue
		}
		typ, err := parser.ParseExpr(text)
		if err != nil {
			continue // the type is invalid: the next check says why
		}
		file.shared = append(file.shared, &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{
			&ast.ValueSpec{Names: []*ast.Ident{ast.NewIdent(id.Name)}, Type: typ},
		}})
	}
	for name, path := range w.imports {
		file.imports = append(file.imports, importUse{name: name, path: path})
	}
	s.keepOld(a, file, lifted)
}

// checkWriter writes types for the second check of a cell: types of earlier
// cells by their unique name, which is added to what the file sees.
func (s *session) checkWriter(a *analysis, file *checkedFile) *typeWriter {
	seen := map[string]bool{}
	return &typeWriter{cells: maps.Clone(s.cells), imports: map[string]string{}, nameOf: func(cell *Cell, name string) string {
		d := s.typeDef(cell, name)
		if cell == a.cell || d == nil {
			return name
		}
		if u := d.unique(); !seen[u] {
			seen[u] = true
			file.objects = append(file.objects, types.NewTypeName(token.NoPos, nil, u, d.obj.Type()))
		}
		return d.unique()
	}}
}

// typeDef returns the definition of a type by its cell and name.
func (s *session) typeDef(cell *Cell, name string) *def {
	for _, a := range s.done {
		if a.cell == cell {
			return a.own[name]
		}
	}
	return nil
}

// keepOld gives the statements that stand before a lifted declaration the
// definition of an earlier cell, under a name of its own.
func (s *session) keepOld(a *analysis, file *checkedFile, lifted map[string]*def) {
	hidden := map[string]*def{}
	file.objects = slices.DeleteFunc(file.objects, func(obj types.Object) bool {
		if lifted[obj.Name()] == nil {
			return false
		}
		hidden[obj.Name()] = s.scope.defs[obj.Name()]
		return true
	})
	for _, id := range a.stmts.Unresolved {
		old := hidden[id.Name]
		if old == nil {
			continue
		}
		obj := aliasOf(old)
		id.Name = old.unique()
		s.defs[obj] = old
		file.objects = slices.DeleteFunc(file.objects, func(o types.Object) bool { return o.Name() == obj.Name() })
		file.objects = append(file.objects, obj)
	}
}

// aliasOf returns an object for d under its unique name.
func aliasOf(d *def) types.Object {
	name, pkg, typ := d.unique(), d.obj.Pkg(), d.obj.Type()
	switch obj := d.obj.(type) {
	case *types.Const:
		return types.NewConst(token.NoPos, pkg, name, typ, obj.Val())
	case *types.TypeName:
		return types.NewTypeName(token.NoPos, pkg, name, typ)
	case *types.Func:
		return types.NewFunc(token.NoPos, pkg, name, obj.Signature())
	}
	return types.NewVar(token.NoPos, pkg, name, typ)
}

// attachMethods gives the types of earlier cells the methods that this cell
// declares for them.
func (s *session) attachMethods(a *analysis) {
	for _, decl := range a.decls.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || a.methods[f] == nil {
			continue
		}
		s.attachMethod(a, f)
	}
}

func (s *session) attachMethod(a *analysis, f *ast.FuncDecl) {
	base, off := receiverBase(f), a.offset(f.Name.Pos())
	d := s.scope.defs[base]
	if d == nil || d.kind != declDef {
		return // the check of the receiver says what is wrong
	}
	named, ok := types.Unalias(d.obj.Type()).(*types.Named)
	if _, isType := d.obj.(*types.TypeName); !isType || !ok {
		return
	}
	where := "define type " + base + " again in this cell, with all its methods"
	for m := range named.Methods() {
		if m.Name() == f.Name.Name {
			a.cell.problem(off, "method "+base+"."+m.Name()+" is defined in an earlier cell", where)
			return
		}
	}
	if named.TypeParams().Len() > 0 {
		a.cell.problem(off, "a method of the generic type "+base+" must stand in the cell of the type", where)
		return
	}
	check, ok := a.funcObject(f)
	if !ok {
		return
	}
	sig := check.Signature()
	params := slices.Collect(sig.Params().Variables())
	if len(params) == 0 {
		return
	}
	m := types.NewFunc(f.Name.Pos(), named.Obj().Pkg(), f.Name.Name,
		types.NewSignatureType(params[0], nil, nil, types.NewTuple(params[1:]...), sig.Results(), sig.Variadic()))
	named.AddMethod(m)
	s.defs[m] = a.methods[f]
}

// funcObject returns the object of a function declaration as it was checked.
func (a *analysis) funcObject(f *ast.FuncDecl) (*types.Func, bool) {
	for id, obj := range a.info.Defs {
		if id.NamePos == f.Name.NamePos {
			fn, ok := obj.(*types.Func)
			return fn, ok
		}
	}
	return nil, false
}
