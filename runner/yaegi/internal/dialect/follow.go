package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// A follower finds out what depends on code that may run differently: such code
// sets variables that later files read, and is in functions that they call.
type follower struct {
	*pass
	from map[types.Object]string // the name of the file that makes an object so
	own  []Difference            // of the file that is looked at
	seen map[types.Object]bool   // reported in that file
}

// follow reports, for each file without a difference of its own, the names in
// it that depend on a difference in a file before it.
func (p *pass) follow(names []File, files []*ast.File, translations []Translation) {
	f := follower{pass: p, from: map[types.Object]string{}}
	for i, file := range files {
		p.file, p.name, p.differences = p.fset.File(file.FileStart), names[i].Name, nil
		f.own, f.seen = translations[i].Differences, map[types.Object]bool{}
		for known := -1; known < len(f.from); { // until nothing new depends on it
			known = len(f.from)
			for _, decl := range file.Decls {
				f.declaration(decl)
			}
		}
		if len(f.own) == 0 {
			translations[i].Differences = p.differences
		}
	}
}

// declaration follows what a declaration declares, and what the statements in
// it set.
func (f follower) declaration(decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.GenDecl:
		if f.differsIn(d) {
			for _, id := range declared(d) {
				f.mark(f.info.Defs[id])
			}
		}
	case *ast.FuncDecl:
		if d.Body == nil {
			return
		}
		for _, s := range d.Body.List {
			if !f.differsIn(s) {
				continue
			}
			f.mark(f.info.Defs[d.Name])
			for _, v := range f.sets(s) {
				f.mark(v)
			}
		}
	}
}

// mark notes that an object depends on code that may run differently.
func (f follower) mark(o types.Object) {
	if o != nil && f.from[o] == "" {
		f.from[o] = f.name
	}
}

// declared returns the names that a declaration declares.
func declared(d *ast.GenDecl) []*ast.Ident {
	var list []*ast.Ident
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			list = append(list, s.Name)
		case *ast.ValueSpec:
			list = append(list, s.Names...)
		}
	}
	return list
}

// differsIn reports whether a node may run differently, and adds a difference
// for each name in it that a file before makes so.
func (f follower) differsIn(n ast.Node) bool {
	found := slices.ContainsFunc(f.own, func(d Difference) bool { return n.Pos() <= d.pos && d.pos < n.End() })
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		o := f.info.Uses[id]
		if fn, ok := o.(*types.Func); ok {
			o = fn.Origin()
		}
		if from := f.from[o]; from != "" {
			found = true
			if from != f.name && !f.seen[o] {
				f.seen[o] = true
				f.report(id.Pos(), "the use of "+o.Name()+", which "+from+" may have made differently", Difference{Follows: true})
			}
		}
		return true
	})
	return found
}

// sets returns the variables of the package that a node may give other values,
// or of which it may change a part.
func (f follower) sets(n ast.Node) []types.Object {
	var list []types.Object
	add := func(targets ...ast.Expr) {
		for _, e := range targets {
			if v := f.base(e); v != nil && v.Parent() == f.pkg.Scope() {
				list = append(list, v)
			}
		}
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.AssignStmt:
			add(s.Lhs...)
		case *ast.IncDecStmt:
			add(s.X)
		case *ast.RangeStmt:
			add(s.Key, s.Value)
		case *ast.SendStmt:
			add(s.Chan)
		case *ast.UnaryExpr:
			if s.Op == token.AND {
				add(s.X)
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(s.Fun).(*ast.SelectorExpr); ok && f.info.Selections[sel] != nil {
				add(sel.X)
			}
		}
		return true
	})
	return list
}

// base returns the variable that an expression is a part of, or is reached
// through, or nil.
func (f follower) base(e ast.Expr) *types.Var {
	switch e := e.(type) {
	case *ast.Ident:
		return f.variable(e)
	case *ast.ParenExpr:
		return f.base(e.X)
	case *ast.StarExpr:
		return f.base(e.X)
	case *ast.IndexExpr:
		return f.base(e.X)
	case *ast.SelectorExpr:
		return f.base(e.X)
	}
	return nil
}
