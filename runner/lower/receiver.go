package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// receiverBase returns the name of the type that a method belongs to, or "". An
// alias that the cell declares stands for what it names.
func (p *parsed) receiverBase(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	name := typeName(d.Recv.List[0].Type)
	aliases := p.aliases()
	for range aliases { // an alias of itself has no end
		if target := aliases[name]; target != nil {
			name = typeName(target)
		}
	}
	return name
}

// aliases returns what the aliases that the cell declares stand for.
func (p *parsed) aliases() map[string]ast.Expr {
	aliases := map[string]ast.Expr{}
	for _, decl := range p.decls.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.TYPE {
			for _, spec := range d.Specs {
				if t := spec.(*ast.TypeSpec); t.Assign.IsValid() && t.TypeParams == nil {
					aliases[t.Name.Name] = t.Type
				}
			}
		}
	}
	return aliases
}

// typeName returns the name in a type T, *T, T[int] or *T[int], or "".
func typeName(expr ast.Expr) string {
	expr = ast.Unparen(expr)
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = ast.Unparen(star.X)
	}
	switch x := expr.(type) {
	case *ast.IndexExpr:
		expr = x.X
	case *ast.IndexListExpr:
		expr = x.X
	}
	if id, ok := expr.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// receiver returns the type of an earlier cell that a method belongs to. It
// adds a problem where Go does not allow the receiver.
func (s *session) receiver(a *analysis, f *ast.FuncDecl) (*types.Named, bool) {
	base, last := a.receiverBase(f), f.Recv.List[len(f.Recv.List)-1]
	if f.Recv.NumFields() > 1 {
		a.cell.problem(a.offset(last.Pos()), "method has multiple receivers", "")
		return nil, false
	}
	seen := types.Unalias(s.seen(a, base).obj.Type())
	if named, ok := seen.(*types.Named); ok && named.TypeParams().Len() > 0 && s.cells[named.Obj().Pkg()] != nil {
		a.cell.problem(a.offset(f.Name.Pos()), "a method of the generic type "+base+" must stand in the cell of the type", defineAgain(base))
		return nil, false
	}
	fn := a.funcObject(f)
	if fn == nil || fn.Signature().Params().Len() == 0 {
		return nil, false // the check says what is wrong
	}
	t := fn.Signature().Params().At(0).Type()
	named, why := s.receiverType(t)
	if why != "" {
		a.cell.problem(a.offset(last.Type.Pos()), why, "")
	}
	return named, named != nil && why == ""
}

// receiverType returns the type of a session that a receiver of type t belongs
// to, or why there cannot be such a receiver.
func (s *session) receiverType(t types.Type) (named *types.Named, why string) {
	base := types.Unalias(t)
	if p, ok := base.(*types.Pointer); ok {
		base = types.Unalias(p.Elem())
	}
	text := Readable(types.TypeString(t, (*types.Package).Name))
	named, ok := base.(*types.Named)
	switch {
	case base == types.Typ[types.Invalid]:
		return nil, "" // the check says what is wrong
	case !ok:
		return nil, "invalid receiver type " + text
	case s.cells[named.Obj().Pkg()] == nil:
		return nil, "cannot define new methods on non-local type " + text
	}
	switch named.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return nil, "invalid receiver type " + text + " (pointer or interface type)"
	}
	return named, ""
}
