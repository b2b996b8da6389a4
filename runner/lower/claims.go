package lower

import (
	"fmt"
	"go/constant"
	"go/types"
	"slices"
	"strings"
	"time"

	"notebook"
)

// A Variable is a name of the session as an expression in the text of the note
// sees it.
type Variable struct {
	Kind notebook.ValueKind
	// Cell is the label of the cell that records the value when it ends; "" for
	// a constant, whose value is Constant.
	Cell     string
	Constant any // int, float64, string or bool
	// Last is the label of the last cell before the expression, which records
	// what a goroutine of an earlier cell may have set meanwhile; "": none can.
	Last string
	// Disturbed holds the labels of the broken cells that mention the variable,
	// and might have set it.
	Disturbed []string
	Missing   string // why there is no value, though there is such a variable; "": there is one
	Why       string // why the value cannot be known; "": it can
	Hint      string // what helps
}

// Variables returns what the names in the expression of a claim, or of an
// inline value that measures, stand for at their place in the note.
func (s *Source) Variables(e *notebook.Expression) map[string]Variable { return s.variables[e] }

// Visible returns the names of all variables that claims can know where the
// expression stands, sorted.
func (s *Source) Visible(e *notebook.Expression) []string { return s.visible[e] }

// Values returns the kinds of the values that cells display, by label: any kind
// for cells that do not compile.
func (s *Source) Values() map[string]notebook.ValueKind {
	kinds := map[string]notebook.ValueKind{}
	for _, c := range s.Cells {
		if !c.OK() {
			kinds[c.Label] = notebook.AnyKind
		}
	}
	for c, a := range s.analyses {
		if kind := a.shownKind(); kind != "" {
			kinds[c.Label] = kind
		}
	}
	return kinds
}

// observed returns the expressions of a note that can name variables, in its
// order.
func observed(note *notebook.Note) []*notebook.Expression {
	var list []*notebook.Expression
	for _, c := range note.Claims {
		list = append(list, &c.Expression)
	}
	for _, v := range note.Values {
		if v.Measures {
			list = append(list, &v.Expression)
		}
	}
	slices.SortStableFunc(list, func(a, b *notebook.Expression) int {
		return comparePlaces(a.Position, b.Position)
	})
	return list
}

func comparePlaces(a, b notebook.Position) int {
	if a.Line != b.Line {
		return a.Line - b.Line
	}
	return a.Col - b.Col
}

// An observer lets cells record what expressions between them name.
type observer struct {
	*session
	kin     kin
	left    []*notebook.Expression // those behind the cells so far
	found   map[*notebook.Expression]map[string]Variable
	visible map[*notebook.Expression][]string
}

func (s *session) newObserver() *observer {
	return &observer{
		session: s, left: observed(s.note),
		found: map[*notebook.Expression]map[string]Variable{}, visible: map[*notebook.Expression][]string{},
	}
}

// before looks at the expressions before a cell, or at all that are left.
func (o *observer) before(c *Cell) {
	for len(o.left) > 0 && (c == nil || comparePlaces(o.left[0].Position, c.Fence) < 0) {
		e := o.left[0]
		o.left, o.found[e], o.visible[e] = o.left[1:], map[string]Variable{}, o.scope.variables()
		for _, name := range e.Names {
			if v, ok := o.observe(name); ok {
				o.found[e][name] = v
			}
		}
	}
}

// missing says why there is no value of a variable that a broken cell declares.
func (o *observer) missing(name, label string) string {
	what := "does not compile"
	if c := o.note.Cell(label); c != nil && c.Broken {
		what = "has an error in its options"
	}
	return fmt.Sprintf("%s is declared in %s, which %s", name, notebook.CellName(label), what)
}

// variables returns the names of the variables that claims can know, sorted.
func (s *scope) variables() []string {
	var names []string
	for name, d := range s.defs {
		if d.kind == varDef && valueKind(d.typ) != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// observe finds out what a name means and lets a cell record it.
func (o *observer) observe(name string) (Variable, bool) {
	d := o.scope.defs[name]
	switch {
	case d == nil && o.scope.lost[name] != "":
		return Variable{Kind: notebook.AnyKind, Missing: o.missing(name, o.scope.lost[name])}, true
	case d == nil:
		hint := o.declarer(name, nil, "a claim sees only the cells above it")
		return Variable{Why: fmt.Sprintf("there is no variable %s above", name), Hint: hint}, hint != ""
	case d.kind != varDef:
		return constantOf(d)
	}
	kind := valueKind(d.typ)
	if kind == "" {
		return Variable{
			Why:  fmt.Sprintf("%s is %s, which claims cannot know", name, withArticle(nameOfType(d.typ))),
			Hint: "claims know numbers, texts, bools, durations and lists of these: " + knowable(name, d.typ),
		}, true
	}
	a, why, hint := o.recorder(d)
	if why != "" {
		return Variable{Why: why, Hint: hint}, true
	}
	a.record(d)
	if d.cell != a.cell {
		d.shared = true
		a.uses[d] = true
	}
	v := Variable{Kind: kind, Cell: a.cell.Label, Disturbed: o.disturbed(d)}
	if last := o.witness(d, a); last != nil {
		v.Last = last.cell.Label
	}
	return v, true
}

func (s *session) analysisOf(c *Cell) *analysis {
	for _, a := range s.done {
		if a.cell == c {
			return a
		}
	}
	return nil
}

// constantOf returns a constant as a variable that nobody sets.
func constantOf(d *def) (Variable, bool) {
	c, ok := d.obj.(*types.Const)
	if !ok {
		if d.kind == importDef {
			return Variable{}, false
		}
		return Variable{Why: d.name + " is no variable", Hint: "assign its value to a variable"}, true
	}
	kind := valueKind(types.Default(c.Type()))
	value, ok := constantValue(c, kind)
	if !ok {
		return Variable{Why: d.name + " is a constant that claims cannot know"}, true
	}
	return Variable{Kind: kind, Constant: value}, true
}

func constantValue(c *types.Const, kind notebook.ValueKind) (any, bool) {
	switch kind {
	case notebook.IntKind:
		v, exact := constant.Int64Val(constant.ToInt(c.Val()))
		return int(v), exact
	case notebook.FloatKind:
		v, _ := constant.Float64Val(constant.ToFloat(c.Val()))
		if isDuration(c.Type()) {
			v /= float64(time.Second)
		}
		return v, true
	case notebook.TextKind:
		return constant.StringVal(c.Val()), true
	case notebook.BoolKind:
		return constant.BoolVal(c.Val()), true
	}
	return nil, false
}

// valueKind returns the kind of the values of a type as the harness records them,
// or "".
func valueKind(t types.Type) notebook.ValueKind {
	if t == nil {
		return ""
	}
	if isDuration(t) {
		return notebook.FloatKind
	}
	switch t := t.Underlying().(type) {
	case *types.Slice:
		return valueKind(t.Elem()).List()
	case *types.Array:
		return valueKind(t.Elem()).List()
	case *types.Basic:
		switch info := t.Info(); {
		case info&types.IsInteger != 0 && t.Kind() != types.UnsafePointer:
			return notebook.IntKind
		case info&types.IsFloat != 0:
			return notebook.FloatKind
		case info&types.IsString != 0:
			return notebook.TextKind
		case info&types.IsBoolean != 0:
			return notebook.BoolKind
		}
	}
	return ""
}

func isDuration(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Duration" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "time"
}

func nameOfType(t types.Type) string {
	if t == nil {
		return "variable of a type that is not known"
	}
	return Readable(types.TypeString(t, func(p *types.Package) string { return p.Name() }))
}

// shownKind returns the kind of the value that the cell displays: text where
// it is shown in another form than predicates know; "" where there is none.
func (a *analysis) shownKind() notebook.ValueKind {
	stmt := a.lastStmt()
	if a.last.show == "" || stmt == nil {
		return ""
	}
	t := a.info.Types[stmt.X].Type
	if a.list >= 0 || t == nil {
		return notebook.TextKind
	}
	kind := valueKind(types.Default(t))
	if _, list := kind.Element(); list || kind == "" || printsItself(t) && !isDuration(t) {
		return notebook.TextKind
	}
	return kind
}

// printsItself reports whether values of a type have a text of their own.
func printsItself(t types.Type) bool {
	for _, name := range []string{"String", "Error", "Format", "GoString"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj != nil {
			return true
		}
	}
	return false
}

// withArticle puts a or an before the name of a type.
func withArticle(name string) string {
	if strings.ContainsAny(name[:min(len(name), 1)], "aeiouAEIO") && !strings.HasPrefix(name, "uint") {
		return "an " + name
	}
	return "a " + name
}
