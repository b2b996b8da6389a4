package lower

import (
	"cmp"
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"notebook"
)

// Chance says what makes a variable have another value in the next run: a
// clock, random numbers, or a race. It looks at the assignments of the cells
// that set the variable, and returns "" where it finds nothing: that does not
// mean that the value is always the same.
func (s *Source) Chance(e *notebook.Expression, name string) string {
	a := s.analyses[s.Cell(s.variables[e][name].Cell)]
	if a == nil {
		return ""
	}
	for _, d := range a.recorded {
		if d.name == name {
			if by := s.chance.settle(s.chance.of(d)); by != "" {
				return by
			}
		}
	}
	return ""
}

// ChanceOfValue is like [Source.Chance] for the value that a cell displays.
func (s *Source) ChanceOfValue(label string) string {
	a := s.analyses[s.Cell(label)]
	if a == nil || a.last.show == "" {
		return ""
	}
	return s.chance.settle(s.chance.in(a, a.lastStmt().X))
}

// ChanceOfOutput is like [Source.Chance] for what a cell prints with package
// fmt.
func (s *Source) ChanceOfOutput(label string) string {
	a := s.analyses[s.Cell(label)]
	if a == nil {
		return ""
	}
	by := ""
	ast.Inspect(a.body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && by == "" && a.isIgnored(call) {
			for _, arg := range call.Args {
				if found := s.chance.in(a, arg); found != "" {
					by = found
				}
			}
		}
		return by == ""
	})
	return s.chance.settle(by)
}

// A chance follows what values come from. It is asked about many that come from
// each other, and keeps what it has found out.
type chance struct {
	source *Source
	// What variables and functions come from; "" while they are looked at.
	known  map[*def]string
	locals map[*types.Var]string
}

func (s *Source) newChance() *chance {
	return &chance{source: s, known: map[*def]string{}, locals: map[*types.Var]string{}}
}

// settle ends a question that had this answer. Where it is "", all that was
// looked at comes from nothing. Else what is in a circle with the rest may have
// been taken to come from nothing while that was looked at: it is forgotten.
func (c *chance) settle(by string) string {
	if by != "" {
		maps.DeleteFunc(c.known, func(_ *def, by string) bool { return by == "" })
		maps.DeleteFunc(c.locals, func(_ *types.Var, by string) bool { return by == "" })
	}
	return by
}

// of returns what a variable or a function of the session comes from.
func (c *chance) of(d *def) string {
	if by, seen := c.known[d]; seen {
		return by
	}
	c.known[d] = ""
	switch {
	case d.kind == varDef:
		c.known[d] = c.ofVariable(d)
	case d.kind == declDef:
		c.known[d] = c.ofFunction(d)
	}
	return c.known[d]
}

// ofVariable looks at what the cells assign to a variable.
func (c *chance) ofVariable(d *def) string {
	for _, cell := range c.source.Cells {
		a := c.source.analyses[cell]
		if a == nil || cell != d.cell && !a.sets[d] {
			continue
		}
		if cell.Options.Expects(notebook.RaceVerdict) {
			return "a race"
		}
		if by := c.assigned(a, a.standsFor(d)); by != "" {
			return by
		}
		if a.sharedUnlocked(d) {
			return "goroutines that set it without a lock"
		}
	}
	return ""
}

// ofLocal looks at what a cell assigns to a variable within one of its blocks.
func (c *chance) ofLocal(a *analysis, v *types.Var) string {
	if by, seen := c.locals[v]; seen {
		return by
	}
	c.locals[v] = ""
	c.locals[v] = c.assigned(a, func(id *ast.Ident) bool { return a.info.Defs[id] == v || a.info.Uses[id] == v })
	return c.locals[v]
}

// ofFunction looks at what a function calls.
func (c *chance) ofFunction(d *def) string {
	a := c.source.analyses[d.cell]
	if a == nil {
		return ""
	}
	for _, decl := range a.decls.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == d.name && f.Body != nil {
			return c.in(a, f.Body)
		}
	}
	return ""
}

// in returns what chance takes part in code of a cell, or "".
func (c *chance) in(a *analysis, code ast.Node) string {
	by := ""
	ast.Inspect(code, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || by != "" {
			return by == ""
		}
		if f, ok := a.info.Uses[id].(*types.Func); ok && f.Pkg() != nil && f.Pkg() != a.pkg {
			by = chanceOf(f.Pkg().Path(), f.Name())
		}
		if d := a.refAt(id); by == "" && d != nil {
			by = c.of(d)
		} else if v, ok := a.info.Uses[id].(*types.Var); by == "" && ok && !v.IsField() {
			by = c.ofLocal(a, v)
		}
		return by == ""
	})
	return by
}

// refAt returns the definition that an identifier of the cell stands for, or
// nil.
func (a *analysis) refAt(id *ast.Ident) *def {
	i, found := slices.BinarySearchFunc(a.refs, a.offset(id.Pos()), func(r ref, start int) int { return cmp.Compare(r.start, start) })
	if !found {
		return nil
	}
	return a.refs[i].def
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
