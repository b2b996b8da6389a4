package lower

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"slices"

	"notebook"
)

// recorder returns the cell that records a variable for a claim: the last one
// so far that may have set it. No other cell has to run for that.
func (o *observer) recorder(d *def) (a *analysis, why, hint string) {
	if why, hint := o.isStrayed(d); why != "" {
		setter := d.cell
		if other := o.strayed[d]; other != nil {
			setter = other
		}
		if setter.Mode == notebook.CompileOnly {
			return nil, why, hint
		}
		return o.analysisOf(setter), "", ""
	}
	own := o.analysisOf(d.cell)
	if why, _ := o.cannotUse(d); why != "" {
		return own, "", ""
	}
	for _, a := range slices.Backward(o.setters(d)) {
		if a.records() {
			return a, "", ""
		}
	}
	return own, "", ""
}

// setters returns the cells so far whose statements may have set a variable:
// its own one, and those that reach it or something that shares a cell with it,
// such as a pointer.
func (o *observer) setters(d *def) []*analysis {
	o.kin.link(o.done)
	var setters []*analysis
	for _, a := range o.done {
		if reached := o.kin.of[a]; reached != nil && o.kin.first(reached) == o.kin.first(d) {
			setters = append(setters, a)
		}
	}
	return setters
}

// records reports whether the statements of the cell can record variables of
// the session.
func (a *analysis) records() bool {
	return !a.cell.isApart() && !a.cell.Inline && len(a.body.List) > 0
}

// witness returns the last cell so far where that is behind the recorder of a
// variable and a goroutine may have set the variable meanwhile, else nil. It
// records what it finds, but does not use the variable: nothing runs again for
// it, and where the setters of the variable did not run in its process, what it
// records is worth nothing.
func (o *observer) witness(d *def, recorder *analysis) *analysis {
	last := o.lastRecorder()
	if last == recorder || !recorder.records() {
		return nil
	}
	setters := o.setters(d)
	if !o.outlives(d, setters) {
		return nil
	}
	d.shared = true
	last.record(d)
	last.watch(d, setters)
	return last
}

// lastRecorder returns the last cell so far that can record variables, or nil.
func (o *observer) lastRecorder() *analysis {
	for _, a := range slices.Backward(o.done) {
		if a.records() {
			return a
		}
	}
	return nil
}

// outlives reports whether a goroutine that one of these cells started may set
// the variable when the cells have ended.
func (o *observer) outlives(d *def, setters []*analysis) bool {
	if why, _ := o.cannotUse(d); why != "" {
		return false
	}
	return slices.ContainsFunc(setters, o.concurrent) &&
		slices.ContainsFunc(setters, func(a *analysis) bool { return o.captures(a, d) })
}

// captures reports whether something besides the statements of a cell can set a
// variable: a function, or what holds its address. The elements of a list can
// be set by anyone who has the list.
func (s *session) captures(a *analysis, d *def) bool {
	if _, list := valueKind(d.typ).Element(); list {
		return true
	}
	for _, own := range a.declared() {
		if own.uses[d] {
			return true
		}
	}
	found := false
	look := func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if ok {
			used, _ := s.defOf(a, id)
			found = found || used == d
		}
		return !found
	}
	ast.Inspect(a.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			ast.Inspect(n, look)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				ast.Inspect(n.X, look)
			}
		case *ast.SelectorExpr: // a method with a pointer receiver
			ast.Inspect(n.X, look)
		}
		return !found
	})
	return found
}

// record lets the cell record a variable when it ends.
func (a *analysis) record(d *def) {
	if !slices.Contains(a.recorded, d) {
		a.recorded = append(a.recorded, d)
	}
}

// watch notes that what the cell records of a variable needs the setters of the
// variable in the same process.
func (a *analysis) watch(d *def, setters []*analysis) {
	var labels []string
	for _, setter := range setters {
		if !setter.cell.Inline {
			labels = append(labels, setter.cell.Label)
		}
	}
	a.watched[d.name] = labels
}

// Watched returns the labels of the cells that set a variable which the cell
// records without using it: where one of them did not run in the process of the
// cell, what it recorded is worth nothing. Nil: the cell uses the variable.
func (s *Source) Watched(label, name string) []string {
	if a := s.analyses[s.Cell(label)]; a != nil {
		return a.watched[name]
	}
	return nil
}

// disturbed returns the labels of the broken cells that mention a variable: one
// of them was perhaps to set it.
func (s *session) disturbed(d *def) []string {
	var labels []string
	for _, c := range s.broken {
		if !c.Inline && c.Index > d.cell.Index && mentions(c.Code, d.name) {
			labels = append(labels, c.Label)
		}
	}
	return labels
}

// mentions reports whether a name occurs in code, which may be broken.
func mentions(code, name string) bool {
	var sc scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	sc.Init(file, []byte(code), func(token.Position, string) {}, 0)
	for {
		_, tok, lit := sc.Scan()
		switch {
		case tok == token.EOF:
			return false
		case tok == token.IDENT && lit == name:
			return true
		}
	}
}
