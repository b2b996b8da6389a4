package lower

import (
	"cmp"
	"errors"
	"fmt"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A typeWriter writes types as Go source that means the same in the file of
// another cell.
type typeWriter struct {
	cells   map[*types.Package]*Cell
	nameOf  func(cell *Cell, name string) string // how a type of the session is called
	imports map[string]string                    // name -> path that the text needs
}

var cellType = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(string(mark) + `(\d+)\.([\pL_][\pL\pN_]*)`)
})

// text returns the source of t, or an error when t has no name outside of the
// package that declares it.
func (w *typeWriter) text(t types.Type) (string, error) {
	if why := unnameable(t, map[types.Type]bool{}); why != "" {
		return "", errors.New(why)
	}
	cells := map[string]*Cell{}
	s := types.TypeString(t, func(pkg *types.Package) string {
		if cell := w.cells[pkg]; cell != nil {
			cells[strconv.Itoa(cell.Index)] = cell
			return string(mark) + strconv.Itoa(cell.Index)
		}
		return w.alias(pkg)
	})
	if strings.Contains(s, "invalid type") {
		return "", errors.New("its type is not known")
	}
	return cellType().ReplaceAllStringFunc(s, func(m string) string {
		parts := cellType().FindStringSubmatch(m)
		return w.nameOf(cells[parts[1]], parts[2])
	}), nil
}

// alias returns a name for an import that no note uses.
func (w *typeWriter) alias(pkg *types.Package) string {
	alias := pkg.Name() + string(mark)
	for w.imports[alias] != "" && w.imports[alias] != pkg.Path() {
		alias += string(mark)
	}
	w.imports[alias] = pkg.Path()
	return alias
}

// unnameable says why only another package can write the type t, or "".
func unnameable(t types.Type, seen map[types.Type]bool) string {
	if seen[t] {
		return ""
	}
	seen[t] = true
	each := func(list ...types.Type) string {
		for _, t := range list {
			if why := unnameable(t, seen); why != "" {
				return why
			}
		}
		return ""
	}
	switch t := t.(type) {
	case *types.Alias:
		return unnamedObject(t.Obj(), t.TypeArgs(), each)
	case *types.Named:
		return unnamedObject(t.Obj(), t.TypeArgs(), each)
	case *types.Pointer:
		return each(t.Elem())
	case *types.Slice:
		return each(t.Elem())
	case *types.Array:
		return each(t.Elem())
	case *types.Chan:
		return each(t.Elem())
	case *types.Map:
		return each(t.Key(), t.Elem())
	case *types.Signature:
		return each(append(tupleTypes(t.Params()), tupleTypes(t.Results())...)...)
	case *types.Struct:
		for f := range t.Fields() {
			if why := cmp.Or(foreignMember(f), each(f.Type())); why != "" {
				return why
			}
		}
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			if why := cmp.Or(foreignMember(m), each(m.Type())); why != "" {
				return why
			}
		}
		return each(slices.Collect(t.EmbeddedTypes())...)
	}
	return ""
}

// foreignMember says why a field or method is no one that a cell could declare,
// or "".
func foreignMember(obj types.Object) string {
	if obj.Exported() || isOfSession(obj.Pkg()) {
		return ""
	}
	return fmt.Sprintf("its type has the unexported member %s of package %s", obj.Name(), obj.Pkg().Name())
}

// isOfSession reports whether a package is that of a cell.
func isOfSession(pkg *types.Package) bool { return pkg == nil || pkg.Path() == "main" }

func unnamedObject(obj *types.TypeName, args *types.TypeList, each func(...types.Type) string) string {
	if pkg := obj.Pkg(); !isOfSession(pkg) {
		if !obj.Exported() || strings.Contains("/"+pkg.Path()+"/", "/internal/") {
			return fmt.Sprintf("its type %s.%s is not exported", pkg.Name(), obj.Name())
		}
	}
	var list []types.Type
	for t := range args.Types() {
		list = append(list, t)
	}
	return each(list...)
}

func tupleTypes(t *types.Tuple) []types.Type {
	var list []types.Type
	for v := range t.Variables() {
		list = append(list, v.Type())
	}
	return list
}
