package dialect

import (
	"go/ast"
	"go/types"
	"slices"
)

// A box is a type of the note with methods whose values become those of an
// interface, or an interface whose values become those of another one.
type box struct{ from, to types.Type }

// boxesIn returns the boxes of files, apart from arguments that are printed at
// once.
func (p *pass) boxesIn(files []*ast.File) []box {
	var list []box
	add := func(from, to types.Type) {
		if p.boxes(from, to) || isInterface(from) && isInterface(to) && !types.Identical(from, to) {
			list = append(list, box{from, to})
		}
	}
	for _, file := range files {
		walk(file, func(n ast.Node, path []ast.Node) {
			if p.reads(n) {
				return
			}
			if assert, ok := n.(*ast.TypeAssertExpr); ok && assert.Type != nil {
				add(p.typeOf(assert.X), p.typeOf(assert))
			}
			p.conversions(n, path, func(value ast.Expr, to types.Type) { add(p.typeOf(value), to) })
			if spec, ok := n.(*ast.ValueSpec); ok {
				p.noteOwnValues(spec)
			}
		})
	}
	return list
}

// boxed returns the first type of the note with methods whose values may be
// those of an interface type and that passes a test, or nil.
func (p *pass) boxed(t types.Type, test func(types.Type) bool) types.Type {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	for _, b := range p.boxList {
		if !isInterface(b.from) && types.Implements(b.from, iface) && test(b.from) && p.reaches(b.to, t, nil) {
			return b.from
		}
	}
	return nil
}

// reaches reports whether values of an interface may become those of another
// one.
func (p *pass) reaches(from, to types.Type, seen []types.Type) bool {
	if types.Identical(from, to) {
		return true
	}
	return slices.ContainsFunc(p.boxList, func(b box) bool {
		return types.Identical(b.from, from) && !slices.Contains(seen, b.to) && p.reaches(b.to, to, append(seen, b.to))
	})
}

// noteOwnValues notes the variables of a package that are declared with a value
// that is one of a type of the note.
func (p *pass) noteOwnValues(spec *ast.ValueSpec) {
	for i, id := range spec.Names {
		if i < len(spec.Values) && p.own(p.typeOf(spec.Values[i])) != nil {
			p.ownValues[p.info.Defs[id]] = true
		}
	}
}
