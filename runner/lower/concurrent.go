package lower

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// startsGoroutines reports whether code has what starts goroutines, or regions
// of a trace: a go statement, a method Go, AfterFunc, net/http, runtime/trace.
// What its functions do when they are called is not looked at.
func startsGoroutines(node ast.Node, info *types.Info) bool {
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.Ident:
			found = found || isConcurrent(info.Uses[n])
		}
		return !found
	})
	return found
}

func isConcurrent(obj types.Object) bool {
	if pkg, ok := obj.(*types.PkgName); ok {
		path := pkg.Imported().Path()
		return path == "runtime/trace" || path == "net/http" || strings.HasPrefix(path, "net/http/")
	}
	f, ok := obj.(*types.Func)
	return ok && (f.Name() == "AfterFunc" || f.Name() == "Go" && f.Signature().Recv() != nil)
}

// countsGoroutines reports whether code asks how many goroutines there are.
func countsGoroutines(info *types.Info) bool {
	for _, obj := range info.Uses {
		if f, ok := obj.(*types.Func); ok && f.FullName() == "runtime.NumGoroutine" {
			return true
		}
	}
	return false
}

// noteStarts notes that the owners of code, or the statements of the cell where
// it has none, start goroutines. A function that the statements assign to a
// variable may do so when another cell calls it.
func (a *analysis) noteStarts(owners []*def) {
	for _, d := range owners {
		if d != nil {
			d.starts = true
		}
	}
	if len(owners) > 0 {
		return
	}
	a.starts = true
	for _, d := range a.own {
		if d.kind != varDef || d.typ == nil {
			continue
		}
		if _, isFunc := d.typ.Underlying().(*types.Signature); isFunc {
			d.starts = true
		}
	}
}

// concurrent reports whether the statements of the cell start goroutines, or
// use something of the session that does: a variable by the methods of its type.
func (s *session) concurrent(a *analysis) bool {
	seen := map[*def]bool{}
	var starts func(*def) bool
	starts = func(d *def) bool {
		if d == nil || seen[d] {
			return false
		}
		seen[d] = true
		return d.starts || starts(s.typeOf(d)) || slices.ContainsFunc(d.methods, starts) || anyOf(d.uses, starts)
	}
	return a.starts || anyOf(a.uses, starts)
}

func anyOf(defs map[*def]bool, is func(*def) bool) bool {
	for d := range defs {
		if is(d) {
			return true
		}
	}
	return false
}

// typeOf returns the definition of the type of a variable, or nil.
func (s *session) typeOf(d *def) *def {
	if d.kind != varDef || d.typ == nil {
		return nil
	}
	typ := d.typ
	if p, ok := typ.(*types.Pointer); ok {
		typ = p.Elem()
	}
	named, ok := typ.(*types.Named)
	if !ok {
		return nil
	}
	return s.defs[named.Obj()]
}
