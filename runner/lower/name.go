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

// shareTogether makes variables shared that stand in one := with a shared one,
// so that the statement becomes an assignment as a whole. Those whose type
// nobody can write stay local.
func (s *session) shareTogether() {
	for _, a := range s.done {
		for changed := true; changed; {
			changed = false
			for _, stmt := range a.body.List {
				for _, group := range definedTogether(stmt) {
					changed = a.shareGroup(group) || changed
				}
			}
		}
	}
}

// shareGroup shares the new variables of a group in which one is shared and
// reports whether that changed anything.
func (a *analysis) shareGroup(group []*ast.Ident) bool {
	changed := false
	if !slices.ContainsFunc(group, func(id *ast.Ident) bool { return a.own[id.Name].shared }) {
		return false
	}
	for _, id := range group {
		if d := a.own[id.Name]; !d.shared && a.info.Defs[id] != nil && unnameable(d.typ, map[types.Type]bool{}) == "" {
			d.shared, changed = true, true
		}
	}
	return changed
}

// name gives every definition its name in the generated source: its own or, to
// all but one of those with the same name, a unique one.
func (s *session) name() {
	s.findEmbedded()
	taken, best := s.takenNames(), map[string]*def{}
	for _, a := range s.done {
		for _, d := range a.own {
			if b := best[d.name]; !d.isLocal() && !taken[d.name] && (b == nil || d.visibility() >= b.visibility()) {
				best[d.name] = d
			}
		}
	}
	for _, a := range s.done {
		for _, d := range a.own {
			d.emitted = d.name
			if !d.isLocal() && d != best[d.name] {
				d.emitted = d.unique()
			}
		}
		for _, d := range a.methods {
			d.emitted = d.name
		}
	}
}

// takenNames returns the names that no definition of the package can have.
func (s *session) takenNames() map[string]bool {
	taken := map[string]bool{"main": true, "init": true}
	for _, name := range types.Universe.Names() {
		taken[name] = true
	}
	for _, a := range s.done {
		for _, obj := range a.info.Uses {
			if pkg, ok := obj.(*types.PkgName); ok {
				taken[pkg.Name()] = true
			}
		}
		for _, u := range a.hidden {
			taken[u.name] = true
		}
	}
	return taken
}

// isLocal reports whether d stays a variable of the function of its cell.
func (d *def) isLocal() bool { return d.kind == varDef && !d.shared }

// visibility tells how much of the running program shows the name of d: that of
// an embedded type is one of a field, which encoders and templates look for;
// types are printed with their name; functions are named by stack traces.
func (d *def) visibility() int {
	switch obj := d.obj.(type) {
	case *types.TypeName:
		switch {
		case d.embedded:
			return 3
		case !obj.IsAlias():
			return 2
		}
	case *types.Func:
		return 1
	}
	return 0
}

// findEmbedded marks the types that are embedded.
func (s *session) findEmbedded() {
	for _, a := range s.done {
		for d := range s.embeddedIn(a) {
			d.embedded = true
		}
	}
}

// embeddedIn returns the types that structs of the cell embed, with a place of
// each.
func (s *session) embeddedIn(a *analysis) map[*def]token.Pos {
	places := map[*def]token.Pos{}
	for id, obj := range a.info.Defs {
		if field, ok := obj.(*types.Var); ok && field.IsField() && a.fset.File(id.Pos()) != nil {
			if d, _ := s.embeddedType(field); d != nil && (places[d] == token.NoPos || id.Pos() < places[d]) {
				places[d] = id.Pos()
			}
		}
	}
	return places
}

// embedWarnings warns of embedded types that could not keep their name.
func (s *session) embedWarnings() []notebook.Diagnostic {
	var warnings []notebook.Diagnostic
	for _, a := range s.done {
		places := s.embeddedIn(a)
		for _, d := range slices.SortedFunc(maps.Keys(places), func(d, e *def) int { return cmp.Compare(places[d], places[e]) }) {
			if d.emitted != d.name && ast.IsExported(d.name) {
				warnings = append(warnings, s.warning(a, places[d],
					"encoders, templates and reflection do not know this field as "+d.name+", a name that is defined again",
					"give the field a name, or one of the definitions another one"))
			}
		}
	}
	return warnings
}

// Renamed returns the names in the generated source that differ from those in
// the note, with the latter; the function of a cell is called cell. A running
// program may show them.
func (s *Source) Renamed() map[string]string {
	names := map[string]string{}
	for c, a := range s.analyses {
		if c.Func != "" {
			names[c.Func] = "cell"
		}
		for _, d := range a.own {
			if d.emitted != d.name {
				names[d.emitted] = d.name
			}
		}
		for f, name := range a.inits {
			names[name] = f.Name.Name
		}
	}
	return names
}
