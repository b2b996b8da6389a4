package lower

import (
	"go/ast"
	"go/token"
	"maps"
	"slices"

	"notebook"
)

// Needs returns the labels of the session cells whose definitions the cell
// uses directly, in the order of the note.
func (s *Source) Needs(label string) []string {
	a := s.analyses[s.Cell(label)]
	if a == nil {
		return nil
	}
	used := map[*Cell]bool{}
	for d := range a.uses {
		used[d.cell] = true
	}
	for _, own := range a.declared() {
		for d := range own.uses {
			used[d.cell] = true
		}
	}
	var labels []string
	for _, c := range s.Cells {
		if used[c] && c != a.cell {
			labels = append(labels, c.Label)
		}
	}
	return labels
}

// declared returns the definitions of the cell that can use others.
func (a *analysis) declared() []*def {
	var defs []*def
	for _, d := range a.own {
		defs = append(defs, d)
	}
	for _, d := range a.methods {
		defs = append(defs, d)
	}
	return defs
}

// Replay returns the labels of the earlier cells that must run again, in this
// order, to rebuild the variables that the cell uses. Any use of a variable
// counts as a change of it: what a pointer, map or channel leads to may have
// been changed.
func (s *Source) Replay(label string) []string {
	target := s.Cell(label)
	a := s.analyses[target]
	if a == nil {
		return nil
	}
	needed := a.variables()
	chosen := map[*Cell]bool{}
	for changed := true; changed; {
		changed = false
		for _, c := range s.Cells[:slices.Index(s.Cells, target)] {
			before := s.analyses[c]
			if before == nil || chosen[c] || !touches(before.variables(), needed) {
				continue
			}
			chosen[c], changed = true, true
			for d := range before.variables() {
				needed[d] = true
			}
		}
	}
	var labels []string
	for _, c := range s.Cells {
		if chosen[c] && c.Func != "" && !c.Inline { // a value was shown, and is not again
			labels = append(labels, c.Label)
		}
	}
	return labels
}

func touches(a, b map[*def]bool) bool {
	for d := range a {
		if b[d] {
			return true
		}
	}
	return false
}

// variables returns the shared variables that the statements of the cell
// reach, directly and through functions and types.
func (a *analysis) variables() map[*def]bool {
	return reachable(true, slices.Collect(maps.Keys(a.uses))...)
}

// reachable returns the shared variables among definitions and what these use.
// On demand a type uses the methods that later cells declare for it.
func reachable(methods bool, from ...*def) map[*def]bool {
	reached, vars := map[*def]bool{}, map[*def]bool{}
	var visit func(*def)
	visit = func(d *def) {
		if reached[d] {
			return
		}
		reached[d] = true
		if d.kind == varDef && d.shared {
			vars[d] = true
		}
		for used := range d.uses {
			visit(used)
		}
		if methods {
			for _, m := range d.methods {
				visit(m)
			}
		}
	}
	for _, d := range from {
		visit(d)
	}
	return vars
}

// deferWarnings warns of calls deferred to the end of their cell that concern
// a variable of a later cell.
func (s *session) deferWarnings() []notebook.Diagnostic {
	var warnings []notebook.Diagnostic
	for i, a := range s.done {
		for _, stmt := range a.body.List {
			d, ok := unlabel(stmt).(*ast.DeferStmt)
			if !ok {
				continue
			}
			if name, user := s.usedLater(a, d, s.done[i+1:]); user != nil {
				warnings = append(warnings, s.warning(a, d.Pos(),
					"this deferred call runs when "+notebook.CellName(a.cell.Label)+" ends, but "+notebook.CellName(user.Label)+" uses "+name,
					"call it at the end of the last cell that uses "+name))
			}
		}
	}
	return warnings
}

// usedLater returns the first variable of a deferred call that a later cell
// uses, and that cell.
func (s *session) usedLater(a *analysis, d *ast.DeferStmt, later []*analysis) (string, *Cell) {
	var name string
	var user *Cell
	ast.Inspect(d.Call, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || user != nil {
			return user == nil
		}
		used := s.defs[a.info.Uses[id]]
		if used == nil || used.kind != varDef {
			return true
		}
		for _, l := range later {
			if l.uses[used] {
				name, user = used.name, l.cell
				return false
			}
		}
		return true
	})
	return name, user
}

func (s *session) warning(a *analysis, pos token.Pos, message, hint string) notebook.Diagnostic {
	line, col := place(a.code, a.offset(pos))
	return notebook.Diagnostic{
		File: s.note.Name, Position: a.cell.NotePosition(line, col), Severity: notebook.Warning, Cell: a.cell.Label,
		Message: message, Hint: hint,
	}
}
