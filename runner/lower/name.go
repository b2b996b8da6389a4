package lower

import (
	"go/ast"
	"go/types"
	"slices"
)

// shareTogether makes variables shared that stand in one := with a shared one:
// the statement can only become an assignment as a whole.
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
		if d := a.own[id.Name]; !d.shared && a.info.Defs[id] != nil {
			d.shared, changed = true, true
		}
	}
	return changed
}

// name gives every definition its name in the generated source: its own where
// no other definition of the package has it, else a unique one.
func (s *session) name() {
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
	for _, a := range s.done {
		for _, d := range a.own {
			switch {
			case d.kind == varDef && !d.shared:
				d.emitted = d.name
			case taken[d.name]:
				d.emitted = d.unique()
			default:
				d.emitted = d.name
				taken[d.name] = true
			}
		}
		for _, d := range a.methods {
			d.emitted = d.name
		}
	}
}
