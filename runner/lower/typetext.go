package lower

import (
	"errors"
	"fmt"
	"go/types"
	"regexp"
	"strconv"
	"strings"
)

// A typeWriter writes types as Go source that means the same in the file of
// another cell.
type typeWriter struct {
	cells   map[*types.Package]*Cell
	nameOf  func(cell *Cell, name string) string // how a type of the session is called
	imports map[string]string                    // name -> path that the text needs
}

var cellType = regexp.MustCompile(string(mark) + `(\d+)\.([\pL_][\pL\pN_]*)`)

// text returns the source of t, or an error when t has no name outside of the
// package that declares it.
func (w *typeWriter) text(t types.Type) (string, error) {
	if name := unnameable(t, map[types.Type]bool{}); name != "" {
		return "", fmt.Errorf("its type %s is not exported", name)
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
	return cellType.ReplaceAllStringFunc(s, func(m string) string {
		parts := cellType.FindStringSubmatch(m)
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

// unnameable returns the first type within t that only its own package can name.
func unnameable(t types.Type, seen map[types.Type]bool) string {
	if seen[t] {
		return ""
	}
	seen[t] = true
	each := func(list ...types.Type) string {
		for _, t := range list {
			if name := unnameable(t, seen); name != "" {
				return name
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
			if name := each(f.Type()); name != "" {
				return name
			}
		}
	case *types.Interface:
		for m := range t.Methods() {
			if name := each(m.Type()); name != "" {
				return name
			}
		}
	}
	return ""
}

func unnamedObject(obj *types.TypeName, args *types.TypeList, each func(...types.Type) string) string {
	if pkg := obj.Pkg(); pkg != nil && pkg.Path() != "main" {
		if !obj.Exported() || strings.Contains("/"+pkg.Path()+"/", "/internal/") {
			return pkg.Name() + "." + obj.Name()
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
