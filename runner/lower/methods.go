package lower

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// attachMethods gives the types of earlier cells the methods that this cell
// declares for them.
func (s *session) attachMethods(a *analysis) {
	for _, decl := range a.decls.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || a.methods[f] == nil {
			continue
		}
		s.attachMethod(a, f)
	}
}

func (s *session) attachMethod(a *analysis, f *ast.FuncDecl) {
	base, off := receiverBase(f), a.offset(f.Name.Pos())
	d := s.scope.defs[base]
	if d == nil || d.kind != declDef {
		return // the check of the receiver says what is wrong
	}
	named, ok := types.Unalias(d.obj.Type()).(*types.Named)
	if _, isType := d.obj.(*types.TypeName); !isType || !ok {
		return
	}
	where := "define type " + base + " again in this cell, with all its methods"
	for m := range named.Methods() {
		if m.Name() == f.Name.Name {
			a.cell.problem(off, "method "+base+"."+m.Name()+" is defined in an earlier cell", where)
			return
		}
	}
	if named.TypeParams().Len() > 0 {
		a.cell.problem(off, "a method of the generic type "+base+" must stand in the cell of the type", where)
		return
	}
	check, ok := a.funcObject(f)
	if !ok {
		return
	}
	sig := check.Signature()
	params := slices.Collect(sig.Params().Variables())
	if len(params) == 0 {
		return
	}
	m := types.NewFunc(f.Name.Pos(), named.Obj().Pkg(), f.Name.Name,
		types.NewSignatureType(params[0], nil, nil, types.NewTuple(params[1:]...), sig.Results(), sig.Variadic()))
	named.AddMethod(m)
	s.defs[m] = a.methods[f]
}

// funcObject returns the object of a function declaration as it was checked.
func (a *analysis) funcObject(f *ast.FuncDecl) (*types.Func, bool) {
	for id, obj := range a.info.Defs {
		if id.NamePos == f.Name.NamePos {
			fn, ok := obj.(*types.Func)
			return fn, ok
		}
	}
	return nil, false
}

// keepDecls makes the next check of a cell that adds methods to types of
// earlier cells use the types and constants that the first one found: the
// parameters of those methods have the first types, and a check makes new ones.
func (a *analysis) keepDecls(file *checkedFile, errs []types.Error) {
	if len(a.methods) == 0 || slices.ContainsFunc(errs, a.isDeclError) || a.hasGenericMethod() {
		return
	}
	for _, id := range a.ownDecls() {
		switch obj := a.info.Defs[id].(type) {
		case *types.TypeName, *types.Const:
			file.objects = append(file.objects, obj)
		}
	}
	file.kept = a.info
}

// isDeclError reports whether an error of a check without bodies lies in a
// declaration: then the next check is to report it.
func (a *analysis) isDeclError(e types.Error) bool {
	return a.inDecls(e.Pos) && !strings.HasSuffix(e.Msg, " body") // that there is none
}

// hasGenericMethod reports whether the cell has a method of a generic type,
// which cannot be checked apart from the type.
func (a *analysis) hasGenericMethod() bool {
	return slices.ContainsFunc(a.decls.Decls, func(decl ast.Decl) bool {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv == nil {
			return false
		}
		return slices.ContainsFunc(f.Recv.List, func(recv *ast.Field) bool {
			generic := false
			ast.Inspect(recv.Type, func(n ast.Node) bool {
				switch n.(type) {
				case *ast.IndexExpr, *ast.IndexListExpr:
					generic = true
				}
				return true
			})
			return generic
		})
	})
}
