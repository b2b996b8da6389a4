package dialect

import (
	"go/token"
	"go/types"
)

// typeText returns a type as code that means it at a position. It returns false
// where no code does: a name is hidden there, or its package not imported.
func (p *pass) typeText(t types.Type, at token.Pos) (string, bool) {
	w := typeWriter{pass: p, scope: p.pkg.Scope().Innermost(at), at: at, ok: true}
	if w.scope == nil {
		return "", false
	}
	w.check(t)
	return types.TypeString(t, w.qualifier), w.ok
}

// A typeWriter finds out whether the names in a type can be written.
type typeWriter struct {
	*pass
	scope *types.Scope
	at    token.Pos
	ok    bool
}

// qualifier returns the name that an imported package has at the position.
func (w *typeWriter) qualifier(pkg *types.Package) string {
	if pkg == w.pkg {
		return ""
	}
	for scope := w.scope; scope != nil; scope = scope.Parent() {
		for _, name := range scope.Names() {
			imported, ok := scope.Lookup(name).(*types.PkgName)
			if ok && imported.Imported() == pkg && w.visible(name, imported) {
				return name
			}
		}
	}
	w.ok = false
	return pkg.Name()
}

// visible reports whether a name means an object at the position.
func (w *typeWriter) visible(name string, object types.Object) bool {
	_, found := w.scope.LookupParent(name, w.at)
	return found == object
}

// object checks that the name of a type can be written.
func (w *typeWriter) object(o types.Object) {
	if o.Pkg() != nil && o.Pkg() != w.pkg {
		w.ok = w.ok && o.Exported()
		return
	}
	w.ok = w.ok && w.visible(o.Name(), o)
}

// check checks the names in a type.
func (w *typeWriter) check(t types.Type) {
	switch t := t.(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer || t.Info()&types.IsUntyped != 0 || t.Kind() == types.Invalid {
			w.ok = false
			return
		}
		w.object(types.Universe.Lookup(t.Name()))
	case *types.Alias:
		w.object(t.Obj())
		w.arguments(t.TypeArgs())
	case *types.Named:
		w.object(t.Obj())
		w.arguments(t.TypeArgs())
	case *types.TypeParam:
		w.object(t.Obj())
	case *types.Tuple:
		for v := range t.Variables() {
			w.check(v.Type())
		}
	case *types.Signature:
		w.check(t.Params())
		w.check(t.Results())
	case *types.Map:
		w.check(t.Key())
		w.check(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			w.check(f.Type())
		}
	case *types.Interface:
		w.ok = w.ok && t.Empty()
	case interface{ Elem() types.Type }: // pointers, slices, arrays and channels
		w.check(t.Elem())
	default:
		w.ok = false
	}
}

func (w *typeWriter) arguments(list *types.TypeList) {
	for t := range list.Types() {
		w.check(t)
	}
}
