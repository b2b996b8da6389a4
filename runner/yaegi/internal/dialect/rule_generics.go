package dialect

import (
	"go/ast"
	"go/types"
	"strings"
)

// generics: yaegi has generic functions and types. It often infers type
// arguments wrongly; so they are written. It does not have fields named like a
// type parameter, and types with several parameters that contain themselves.
func generics(p *pass, n ast.Node, path []ast.Node) {
	switch n := n.(type) {
	case *ast.TypeSpec:
		p.genericFields(n)
		if object := p.info.Defs[n.Name]; object != nil && n.TypeParams.NumFields() > 1 && containsItself(object.Type()) {
			p.missing(n.Pos(), "type %s, which has several type parameters and contains itself", n.Name.Name)
		}
	case *ast.Ident:
		p.instantiate(n, path)
	}
}

// instantiate writes all type arguments of a generic function of the note.
func (p *pass) instantiate(id *ast.Ident, path []ast.Node) {
	instance, ok := p.info.Instances[id]
	f, isFunc := p.info.Uses[id].(*types.Func)
	if !ok || !isFunc || p.imported(f) {
		return
	}
	if instance.TypeArgs.Len() > 1 && !p.isCallee(id, path) {
		p.missing(id.Pos(), "the generic function %s with several type parameters as a value", id.Name)
		return
	}
	var list []string
	for t := range instance.TypeArgs.Types() {
		text, ok := p.typeText(t, id.Pos())
		if !ok {
			p.missing(id.Pos(), "an inferred type argument without a name here, %s", p.typeName(t))
			return
		}
		list = append(list, text)
	}
	arguments := "[" + strings.Join(list, ", ") + "]"
	switch index := path[len(path)-1].(type) {
	case *ast.IndexExpr:
		if index.X == id {
			p.replace(index.Lbrack, index.Rbrack+1, arguments)
			return
		}
	case *ast.IndexListExpr:
		if index.X == id {
			p.replace(index.Lbrack, index.Rbrack+1, arguments)
			return
		}
	}
	p.close(id.End(), arguments)
}

// containsItself reports whether a generic type is among the types of its own
// parts.
func containsItself(t types.Type) bool {
	found := false
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	seen := map[types.Type]bool{}
	var look func(types.Type)
	look = func(t types.Type) {
		if n, ok := types.Unalias(t).(*types.Named); ok {
			n = n.Origin()
			found = found || len(seen) > 0 && n == named.Origin()
			if seen[n] || found {
				return
			}
			seen[n] = true
			t = n.Underlying()
		}
		switch t := t.(type) {
		case *types.Map:
			look(t.Key())
			look(t.Elem())
		case *types.Struct:
			for f := range t.Fields() {
				look(f.Type())
			}
		case *types.Signature:
			for v := range t.Params().Variables() {
				look(v.Type())
			}
			for v := range t.Results().Variables() {
				look(v.Type())
			}
		case interface{ Elem() types.Type }:
			look(t.Elem())
		}
	}
	look(named)
	return found
}

func (p *pass) genericFields(spec *ast.TypeSpec) {
	fields, ok := spec.Type.(*ast.StructType)
	if !ok || spec.TypeParams == nil {
		return
	}
	params := map[string]bool{}
	for _, f := range spec.TypeParams.List {
		for _, id := range f.Names {
			params[id.Name] = true
		}
	}
	for _, f := range fields.Fields.List {
		for _, id := range f.Names {
			if params[id.Name] {
				p.missing(id.Pos(), "a field named like the type parameter %s", id.Name)
			}
		}
	}
}
