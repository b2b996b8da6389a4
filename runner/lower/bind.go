package lower

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"notebook"
)

// bind connects the identifiers of a checked cell with the definitions that
// they stand for and records what the cell uses.
func (s *session) bind(a *analysis) {
	s.bindOwn(a)
	for _, decl := range a.decls.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			s.bindNode(a, d, s.ownersOf(a, d))
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				s.bindNode(a, spec, ownersOfSpec(a, spec))
			}
		}
	}
	s.bindNode(a, a.body, nil)
	slices.SortFunc(a.refs, func(x, y ref) int { return cmp.Compare(x.start, y.start) })
	s.findAssigned(a)
}

// bindOwn maps the objects of the cell's own definitions to them.
func (s *session) bindOwn(a *analysis) {
	for _, id := range a.ownVars() {
		d, obj := a.own[id.Name], a.info.Defs[id]
		if d == nil || obj == nil {
			continue
		}
		d.typ, d.repeats = obj.Type(), a.repeats(id.Pos())
		// Later cells see a variable of the package, not this local one.
		d.obj = types.NewVar(id.Pos(), a.pkg, id.Name, obj.Type())
		s.defs[obj], s.defs[d.obj] = d, d
	}
	for name, d := range a.own {
		// An object that is known belongs to an earlier cell.
		if obj := a.pkg.Scope().Lookup(name); obj != nil && s.defs[obj] == nil {
			s.defs[obj] = d
			if d.kind == declDef {
				d.obj = obj
			}
		}
	}
}

// repeats reports whether a goto leads from behind a declaration at the top
// level of the cell to before it.
func (p *parsed) repeats(decl token.Pos) bool {
	labels := map[string]bool{} // those before the declaration
	found := false
	ast.Inspect(p.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // its labels are its own
		case *ast.LabeledStmt:
			labels[n.Label.Name] = n.Pos() <= decl
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO && n.Pos() > decl && labels[n.Label.Name]
		}
		return true
	})
	return found
}

// ownersOf returns the definitions that a function declaration belongs to: a
// method belongs to its type too, since who uses the type may call it.
func (s *session) ownersOf(a *analysis, f *ast.FuncDecl) []*def {
	if d := a.methods[f]; d != nil {
		return []*def{d}
	}
	if f.Recv != nil {
		return []*def{a.own[a.receiverBase(f)]}
	}
	if d := a.own[f.Name.Name]; d != nil {
		return []*def{d}
	}
	return nil // init: it belongs to the statements
}

func ownersOfSpec(a *analysis, spec ast.Spec) []*def {
	switch sp := spec.(type) {
	case *ast.TypeSpec:
		return []*def{a.own[sp.Name.Name]}
	case *ast.ValueSpec:
		var owners []*def
		for _, id := range specIdents(sp) {
			owners = append(owners, a.own[id.Name])
		}
		return owners
	}
	return nil
}

// bindNode records the identifiers below node; owners are the definitions that
// they are a part of, none for the statements of the cell.
func (s *session) bindNode(a *analysis, node ast.Node, owners []*def) {
	if startsGoroutines(node, a.info) {
		a.noteStarts(owners)
	}
	inDecls := a.inDecls(node.Pos())
	ast.Inspect(node, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && a.isPackage(sel.X) {
			return false
		}
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		d, name := s.defOf(a, id)
		if d == nil {
			return true
		}
		a.addRef(id, name, d)
		if d.kind == dotDef {
			return true
		}
		switch {
		case d.kind == varDef && (inDecls || d.cell != a.cell):
			s.share(a, id, d)
		case d.kind == declDef && d.cell != a.cell:
			s.reachStrayed(a, id, d)
		}
		if len(owners) == 0 {
			a.uses[d] = true
		}
		for _, owner := range owners {
			if owner != d {
				owner.uses[d] = true
			}
		}
		return true
	})
}

// isPackage reports whether an expression is the name of an import.
func (a *analysis) isPackage(expr ast.Expr) bool {
	id, ok := expr.(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = a.info.Uses[id].(*types.PkgName)
	return ok
}

// defOf returns the definition that an identifier stands for and the name by
// which the author calls it there; nil for anything local.
func (s *session) defOf(a *analysis, id *ast.Ident) (*def, string) {
	obj := a.info.Uses[id]
	if obj == nil {
		obj = a.info.Defs[id]
	}
	switch o := obj.(type) {
	case nil:
		return nil, ""
	case *types.Func:
		obj = o.Origin()
	case *types.Var:
		if o.IsField() {
			return s.embeddedType(o.Origin())
		}
	}
	d := s.defs[obj]
	if d == nil {
		return nil, ""
	}
	return d, d.name
}

// embeddedType returns the definition that gives an embedded field its name.
func (s *session) embeddedType(field *types.Var) (*def, string) {
	if !field.Embedded() {
		return nil, ""
	}
	t := field.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	var obj types.Object
	switch t := t.(type) {
	case *types.Alias:
		obj = t.Obj()
	case *types.Named:
		obj = t.Origin().Obj()
	}
	d := s.defs[obj]
	if d == nil || d.kind == dotDef {
		return nil, "" // the name of the field stays as it is
	}
	return d, d.name
}

// addRef records the place of an identifier whose text may have to change.
func (a *analysis) addRef(id *ast.Ident, name string, d *def) {
	if !id.Pos().IsValid() {
		return
	}
	start := a.offset(id.Pos())
	r := ref{start, start + len(name), d}
	if r.end <= len(a.code) && a.code[r.start:r.end] == name {
		a.refs = append(a.refs, r)
	}
}

// share makes d a variable of the package, or says why the cell cannot use it.
func (s *session) share(a *analysis, id *ast.Ident, d *def) {
	if d.cell != a.cell {
		if why, hint := s.cannotUse(d); why != "" {
			a.cell.problem(a.offset(id.Pos()), why, hint)
			return
		}
	}
	d.shared = true
}

// cannotUse says why a later cell cannot use a variable, or "", and what helps.
func (s *session) cannotUse(d *def) (why, hint string) {
	outside := d.name + " cannot be used outside " + notebook.CellName(d.cell.Label) + ": "
	if why := unnameable(d.typ, map[types.Type]bool{}); why != "" {
		return outside + why, "assign it to a variable of an interface type, or use it in its own cell"
	}
	if d.repeats {
		return outside + "goto runs its declaration again, which makes a new variable each time", "declare " + d.name + " before the label"
	}
	return s.isStrayed(d)
}

// isStrayed says why the session does not see the value of a variable, or "",
// and what helps.
func (s *session) isStrayed(d *def) (why, hint string) {
	hint = "set " + d.name + " in a cell that runs with this one"
	setter := d.cell
	if other := s.strayed[d]; other != nil {
		setter = other
	}
	switch {
	case setter.Mode == notebook.CompileOnly:
		return d.name + " is set in " + notebook.CellName(setter.Label) + ", which is not run", hint
	case setter.Options.Isolate:
		return d.name + " is set in " + notebook.CellName(setter.Label) + ", which runs in a process of its own", hint
	}
	return "", ""
}

// reachStrayed reports a declaration of an earlier cell that uses a variable
// whose value the session does not see.
func (s *session) reachStrayed(a *analysis, id *ast.Ident, d *def) {
	if !slices.ContainsFunc(s.done, func(done *analysis) bool { return done.cell.isApart() }) {
		return
	}
	vars := slices.SortedFunc(maps.Keys(reachable(false, d)), func(v, w *def) int {
		return cmp.Or(cmp.Compare(v.cell.Index, w.cell.Index), cmp.Compare(v.name, w.name))
	})
	for _, v := range vars {
		if why, hint := s.isStrayed(v); why != "" {
			a.cell.problem(a.offset(id.Pos()), d.name+" uses "+v.name+", and "+why, hint)
			return
		}
	}
}

// isApart reports whether the session does not see what the cell does.
func (c *Cell) isApart() bool { return c.Options.Isolate || c.Mode == notebook.CompileOnly }

// findAssigned records the variables of earlier cells that the statements
// assign to.
func (s *session) findAssigned(a *analysis) {
	assigned := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			if d := s.defs[a.info.Uses[id]]; d != nil && d.kind == varDef && d.cell != a.cell {
				a.sets[d] = true
			}
		}
	}
	ast.Inspect(a.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				assigned(lhs)
			}
		case *ast.IncDecStmt:
			assigned(n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				assigned(n.Key)
				if n.Value != nil {
					assigned(n.Value)
				}
			}
		}
		return true
	})
}

// export defines the names of a cell for the cells after it.
func (s *session) export(a *analysis) {
	for _, u := range a.imports {
		if u.name != "_" && u.name != "." {
			s.scope.define(&def{kind: importDef, name: u.name, path: u.path, cell: a.cell})
		}
	}
	for _, d := range a.dots {
		s.scope.define(d)
	}
	for _, d := range a.own {
		s.scope.define(d)
	}
	if a.cell.isApart() {
		for d := range a.sets {
			s.strayed[d] = a.cell
		}
	}
}
