package lower

import (
	"go/ast"
	"go/types"

	"notebook"
)

// Chance says what makes a variable have another value in the next run: a
// clock, random numbers, or a race that the author of its cell expects. It
// looks at the assignments of the cell that sets the variable, and returns ""
// where it finds nothing: that does not mean that the value is always the same.
func (s *Source) Chance(e *notebook.Expression, name string) string {
	a := s.analyses[s.Cell(s.variables[e][name].Cell)]
	if a == nil {
		return ""
	}
	setter := a
	for _, d := range a.recorded {
		if d.name == name {
			if owner := s.analyses[d.cell]; owner != nil {
				setter = owner
			}
		}
	}
	if setter.cell.Options.Expects(notebook.RaceVerdict) {
		return "a race"
	}
	return setter.chances()[name]
}

// chances returns what the variables of the cell come from that chance decides.
// What is assigned from such a variable is one too.
func (a *analysis) chances() map[string]string {
	found := map[string]string{}
	for again := true; again; {
		again = false
		ast.Inspect(a.body, func(n ast.Node) bool {
			for name, by := range a.assigned(n, found) {
				if found[name] == "" {
					found[name], again = by, true
				}
			}
			return true
		})
	}
	return found
}

// assigned returns the variables that a node sets by chance.
func (a *analysis) assigned(n ast.Node, known map[string]string) map[string]string {
	set := map[string]string{}
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			right := n.Rhs[min(i, len(n.Rhs)-1)]
			if id, ok := left.(*ast.Ident); ok {
				if by := a.chanceIn(right, known); by != "" {
					set[id.Name] = by
				}
			}
		}
	case *ast.ValueSpec:
		for i, id := range n.Names {
			if len(n.Values) > 0 {
				if by := a.chanceIn(n.Values[min(i, len(n.Values)-1)], known); by != "" {
					set[id.Name] = by
				}
			}
		}
	}
	return set
}

// chanceIn returns what chance an expression takes part in, or "".
func (a *analysis) chanceIn(e ast.Expr, known map[string]string) string {
	by := ""
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || by != "" {
			return by == ""
		}
		if f, ok := a.info.Uses[id].(*types.Func); ok && f.Pkg() != nil {
			by = chanceOf(f.Pkg().Path(), f.Name())
		} else if _, ok := a.info.Uses[id].(*types.Var); ok {
			by = known[id.Name]
		}
		return by == ""
	})
	return by
}

func chanceOf(path, name string) string {
	switch {
	case path == "time" && (name == "Now" || name == "Since" || name == "Until"):
		return "time." + name
	case path == "math/rand", path == "math/rand/v2", path == "crypto/rand":
		return "rand." + name
	case path == "runtime" && (name == "NumGoroutine" || name == "ReadMemStats"):
		return "runtime." + name
	}
	return ""
}
