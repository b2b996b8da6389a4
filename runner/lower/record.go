package lower

import (
	"fmt"
	"go/ast"
	"slices"
)

// checkRecord reports names of the option record that are no variables at the
// top level of the cell or of an earlier one.
func (s *session) checkRecord(a *analysis) {
	for _, name := range a.cell.Options.Record {
		d := a.recordDef(s, name)
		if d == nil {
			a.cell.problem(0, fmt.Sprintf("record: no variable %s at the top level of this cell", name), "record names variables that the cell declares outside of blocks and functions")
			continue
		}
		a.recorded = append(a.recorded, d)
		if d.cell != a.cell {
			d.shared = true
			a.uses[d] = true
		}
	}
}

func (a *analysis) recordDef(s *session, name string) *def {
	d := a.own[name]
	if d == nil {
		d = s.scope.defs[name]
	}
	if d == nil || d.kind != varDef {
		return nil
	}
	return d
}

// record sends the recorded variables to the harness when the cell ends. The
// call is deferred behind the declaration: a variable that the cell did not
// reach has no value to record.
func (e *emitter) record() {
	for _, d := range e.recorded {
		e.imports[harnessName] = harnessPath
		call := fmt.Sprintf("defer %s.Record(%q, &%s)", harnessName, d.name, d.emitted)
		if d.cell != e.cell {
			e.prologue = append(e.prologue, call)
			continue
		}
		for _, stmt := range e.analysis.body.List {
			if slices.ContainsFunc(definedBy(stmt), func(id *ast.Ident) bool { return id.Name == d.name && e.info.Defs[id] != nil }) {
				e.splicer.after(e.offset(stmt.End()), "; "+call)
			}
		}
	}
}
