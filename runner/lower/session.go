package lower

import (
	"fmt"
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
// cells after it. It reports false where the cell is broken and has given
// methods to types of earlier cells: these cannot be taken back.
func (s *session) add(cell *Cell) bool {
	a := &analysis{
		cell: cell, own: map[string]*def{}, uses: map[*def]bool{}, sets: map[*def]bool{},
		inits: map[*ast.FuncDecl]string{}, methods: map[*ast.FuncDecl]*def{}, dots: map[string]*def{}, idle: map[token.Pos]bool{},
		watched: map[string][]string{},
	}
	cell.refuseEmbed()
	if cell.Broken || len(cell.Problems) > 0 || len(cell.Lost) > 0 {
		s.lose(cell)
		return true
	}
	var syntax *scanner.Error
	if a.parsed, syntax = parse(s.fset, cell.Code); syntax != nil {
		cell.problem(syntax.Pos.Offset, syntax.Msg, "")
	} else {
		s.analyze(a)
	}
	if len(cell.Problems) > 0 || len(cell.Lost) > 0 {
		s.lose(cell)
		return !a.attached
	}
	s.export(a)
	s.done = append(s.done, a)
	return true
}

// lose keeps the later cells from using what a broken cell was to define.
func (s *session) lose(cell *Cell) {
	s.scope.lose(cell.Label, cell.Code)
	s.broken = append(s.broken, cell)
}

// analyze resolves, checks and records the cell.
func (s *session) analyze(a *analysis) {
	a.declareOwn()
	file, ok := s.surroundings(a)
	if !ok || !s.declareMethods(a) {
		return
	}
	s.liftOwnVars(a, &file)
	if len(a.cell.Problems) > 0 {
		return
	}
	file.bodies = true
	errs := s.check(a, file)
	if a.nameFields(errs) {
		errs = s.check(a, file)
	}
	s.report(a, errs)
	if len(a.cell.Problems) > 0 || len(a.cell.Lost) > 0 {
		return
	}
	a.cell.checkBodies(a.decls.Decls, a.offset)
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
			// A variable of the package gets another name than new, which
			// generated code calls.
			a.own[id.Name] = &def{kind: varDef, name: id.Name, cell: a.cell, shared: id.Name == "new"}
		}
	}
}

// surroundings collects what the cell sees of the cells before it and of the
// standard library. It reports false after a problem with an import.
func (s *session) surroundings(a *analysis) (checkedFile, bool) {
	var file checkedFile
	s.loadImports(a)
	for _, u := range a.imports {
		if u.name != "." {
			file.imports = append(file.imports, u)
		}
	}
	used, before := free(a.decls, a.stmts), free(a.stmts)
	for _, name := range slices.Sorted(maps.Keys(used)) {
		own, selected := a.own[name], used[name]
		if own != nil {
			selected = before[name] // functions see the cell's own
		}
		if a.importsName(name) || (own != nil && own.kind == declDef) {
			continue
		}
		d := s.seen(a, name)
		switch {
		case d == nil:
			s.addMissing(a, &file, name, selected)
		case d.kind == importDef:
			file.imports = append(file.imports, importUse{name: name, path: d.path})
		default:
			file.objects = append(file.objects, d.obj)
		}
	}
	a.hidePredeclared(&file)
	return file, len(a.cell.Problems) == 0
}

// loadImports gives the imports of the cell their names. It adds a problem for
// each that cannot be had.
func (s *session) loadImports(a *analysis) {
	a.imports = a.ownImports()
	for i, u := range a.imports {
		off := a.offset(u.pos)
		if u.path == "C" {
			a.cell.problem(off, "cgo is not supported in a cell", "put the C code into a package of its own module and import that")
			continue
		}
		pkg, err := s.imp.Import(u.path)
		if err != nil {
			a.cell.problem(off, err.Error(), hintOf(err))
			continue
		}
		switch u.name {
		case "":
			a.imports[i].name = pkg.Name()
		case ".":
			s.importNames(a, u, pkg)
		}
	}
	for _, id := range a.ownDecls() {
		if d := a.dots[id.Name]; d != nil {
			a.cell.problem(a.offset(id.Pos()), id.Name+" already declared through dot-import of package "+d.obj.Pkg().Name(), "")
		}
	}
}

// importNames defines the exported names of a package under a dot import.
func (s *session) importNames(a *analysis, u importUse, pkg *types.Package) {
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		if !obj.Exported() {
			continue
		}
		if other := a.dots[name]; other != nil {
			hint := "import one of the two by its name"
			a.cell.problem(a.offset(u.pos), fmt.Sprintf("%s redeclared: it is also in package %s", name, other.obj.Pkg().Path()), hint)
			return // one name is enough
		}
		d := &def{kind: dotDef, name: name, cell: a.cell, obj: obj}
		a.dots[name], s.defs[obj] = d, d
	}
}

// importsName reports whether an import declaration of the cell declares name.
func (a *analysis) importsName(name string) bool {
	return slices.ContainsFunc(a.imports, func(u importUse) bool { return u.name == name })
}

// addMissing adds the import of a standard package for a name that nothing
// declares.
func (s *session) addMissing(a *analysis, file *checkedFile, name string, selected []string) {
	if len(selected) == 0 || types.Universe.Lookup(name) != nil || s.scope.lost[name] != "" {
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
	for _, id := range freeIdents(a.decls) {
		if d := a.own[id.Name]; d != nil && d.kind == varDef && !a.importsName(id.Name) {
			lifted[id.Name] = d
		}
	}
	if len(lifted) == 0 && len(a.methods) == 0 {
		return
	}
	errs := s.check(a, *file)
	if len(a.cell.Problems) > 0 {
		return
	}
	s.attachMethods(a)
	a.keepDecls(file, errs)
	w := s.checkWriter(a, file)
	for _, id := range a.ownVars() {
		obj := a.info.Defs[id]
		if lifted[id.Name] == nil || obj == nil {
			continue
		}
		text, err := w.text(obj.Type())
		if err != nil && !a.isNamed(id.Name) {
			continue // functions only have a field of that name
		}
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

// isNamed reports whether a declaration of the cell uses a name that it does
// not declare.
func (a *analysis) isNamed(name string) bool {
	return slices.ContainsFunc(a.decls.Unresolved, func(id *ast.Ident) bool { return id.Name == name })
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

// keepOld gives the statements that stand before a lifted declaration what the
// name meant there, under a name of its own.
func (s *session) keepOld(a *analysis, file *checkedFile, lifted map[string]*def) {
	old := map[string]string{}
	for i, obj := range file.objects {
		if lifted[obj.Name()] == nil {
			continue
		}
		d := s.defs[obj]
		alias := aliasOf(d)
		file.objects[i], s.defs[alias] = alias, d
		old[obj.Name()] = alias.Name()
	}
	for i, u := range file.imports {
		if lifted[u.name] == nil {
			continue
		}
		a.hidden = append(a.hidden, u)
		old[u.name] = u.name + string(mark) + "0" // no cell has that number
		file.imports[i].name = old[u.name]
	}
	for _, id := range freeIdents(a.stmts) {
		field, ok := a.info.Uses[id].(*types.Var)
		if name := old[id.Name]; name != "" && !(ok && field.IsField()) {
			id.Name = name
		}
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
