package lower

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// declareMethods makes a def for each method of a type that is not the cell's
// own. Other receivers are left to the checker. It reports false after a
// problem.
func (s *session) declareMethods(a *analysis) bool {
	for _, f := range a.methodDecls() {
		base := a.receiverBase(f)
		if own := a.own[base]; own != nil {
			if own.kind == varDef {
				a.cell.problem(a.offset(f.Recv.Pos()), base+" is not a type", "")
			}
			continue
		}
		if d := s.seen(a, base); d != nil {
			if _, isType := d.obj.(*types.TypeName); isType {
				a.methods[f] = &def{kind: declDef, name: base + "." + f.Name.Name, cell: a.cell, uses: map[*def]bool{}}
			}
		}
	}
	return len(a.cell.Problems) == 0
}

// methodDecls returns the methods that the cell declares.
func (p *parsed) methodDecls() []*ast.FuncDecl {
	var methods []*ast.FuncDecl
	for _, decl := range p.decls.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil {
			methods = append(methods, f)
		}
	}
	return methods
}

// seen returns what the cell sees under a name of what it does not declare.
func (s *session) seen(a *analysis, name string) *def {
	return cmp.Or(a.dots[name], s.scope.defs[name])
}

// declaredMethods guesses from the tokens alone which methods a cell declares,
// as Type.Method.
func declaredMethods(code string) []string {
	var methods []string
	for _, c := range split(code) {
		if name := methodName(lex(code[c.start:c.end])); name != "" {
			methods = append(methods, name)
		}
	}
	return methods
}

func methodName(lexemes []lexeme) string {
	is := func(tok token.Token) func(lexeme) bool { return func(l lexeme) bool { return l.tok == tok } }
	end := slices.IndexFunc(lexemes, is(token.RPAREN))
	if end < 3 || end+1 == len(lexemes) || lexemes[end+1].tok != token.IDENT || lexemes[0].tok != token.FUNC || lexemes[1].tok != token.LPAREN {
		return ""
	}
	receiver := lexemes[2:end]
	if i := slices.IndexFunc(receiver, is(token.LBRACK)); i > 0 {
		receiver = receiver[:i]
	}
	return receiver[len(receiver)-1].lit + "." + lexemes[end+1].lit
}

// withoutMethod is compiled when it is needed, since classes of letters take long.
var withoutMethod = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`type \*?([\pL_][\pL\pN_]*)\S* has no (?:field or )?method ([\pL_][\pL\pN_]*)` +
		`|([\pL_][\pL\pN_]*)\S* does not implement .*\(missing method ([\pL_][\pL\pN_]*)\)`)
})

// missingMethod returns the Type.Method that a message of the checker says is
// missing, or "".
func missingMethod(msg string) string {
	m := withoutMethod().FindStringSubmatch(msg)
	if m == nil {
		return ""
	}
	return m[1] + m[3] + "." + m[2] + m[4]
}

// attachMethods gives the types of earlier cells the methods that this cell
// declares for them.
func (s *session) attachMethods(a *analysis) {
	for _, f := range a.methodDecls() {
		if a.methods[f] != nil {
			s.attachMethod(a, f)
		}
	}
}

func (s *session) attachMethod(a *analysis, f *ast.FuncDecl) {
	if named, ok := s.receiver(a, f); ok && f.Name.Name != "_" && s.isNewMethod(a, named, f) {
		sig := a.funcObject(f).Signature()
		params := slices.Collect(sig.Params().Variables())
		m := types.NewFunc(f.Name.Pos(), named.Obj().Pkg(), f.Name.Name,
			types.NewSignatureType(params[0], nil, nil, types.NewTuple(params[1:]...), sig.Results(), sig.Variadic()))
		named.AddMethod(m)
		a.attached = true
		d, typ := a.methods[f], s.defs[named.Obj()]
		s.defs[m] = d
		typ.methods = append(typ.methods, d)
	}
}

// isNewMethod reports whether a type has neither a method nor a field of a
// method's name. It adds a problem otherwise.
func (s *session) isNewMethod(a *analysis, named *types.Named, f *ast.FuncDecl) bool {
	base, name, off := named.Obj().Name(), f.Name.Name, a.offset(f.Name.Pos())
	for m := range named.Methods() {
		if m.Name() != name {
			continue
		}
		if d := s.defs[m]; d != nil && d.cell == a.cell {
			a.cell.problem(off, "method "+base+"."+name+" is declared twice in this cell", "rename one of the two")
		} else {
			a.cell.problem(off, "method "+base+"."+name+" is defined in an earlier cell", defineAgain(base))
		}
		return false
	}
	if fields, ok := named.Underlying().(*types.Struct); ok {
		for field := range fields.Fields() {
			if field.Name() == name {
				a.cell.problem(off, "field and method with the same name "+name, "")
				return false
			}
		}
	}
	return true
}

func defineAgain(base string) string {
	return "define type " + base + " again in this cell, with all its methods"
}

// funcObject returns the object of a function declaration as it was checked, or
// nil.
func (a *analysis) funcObject(f *ast.FuncDecl) *types.Func {
	for id, obj := range a.info.Defs {
		if id.NamePos == f.Name.NamePos {
			fn, _ := obj.(*types.Func)
			return fn
		}
	}
	return nil
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
	return slices.ContainsFunc(a.methodDecls(), func(f *ast.FuncDecl) bool {
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
