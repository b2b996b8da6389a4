package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// harnessPath is the import path of the package that cells report to.
const harnessPath = "notebook/runner/harness/inside"

// harnessName is the name of that package in generated files.
const harnessName = "nb" + string(mark)

// An emitter writes the file of one cell.
type emitter struct {
	*analysis
	s        *session
	splicer  *splicer
	writer   *typeWriter
	imports  map[string]string // name -> path
	prologue []string          // statements before the cell's own
	removed  []edit            // regions of the code that the file does not hold
}

// emit writes the file of an analyzed cell.
func (s *session) emit(a *analysis) {
	e := &emitter{analysis: a, s: s, imports: map[string]string{}}
	e.splicer = newSplicer(a.code, baseName(s.note.Name), a.cell.Line)
	e.writer = &typeWriter{cells: s.cells, imports: e.imports, nameOf: func(cell *Cell, name string) string {
		if d := s.typeDef(cell, name); d != nil {
			return d.emitted
		}
		return name
	}}
	vars := e.vars()
	e.edit()
	body := e.body()
	var w strings.Builder
	w.WriteString("package main\n")
	e.usedImports()
	e.writeImports(&w)
	w.WriteString(vars)
	w.WriteString(body)
	a.cell.File = []byte(w.String())
	a.cell.Imports = slices.Sorted(maps.Values(e.imports))
}

// baseName returns the file name of a note as //line directives carry it.
func baseName(note string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return '_'
		}
		return r
	}, filepath.Base(note))
}

// vars returns the declarations of the cell's shared variables.
func (e *emitter) vars() string {
	var w strings.Builder
	for _, id := range e.ownVars() {
		d := e.own[id.Name]
		if !d.shared || e.info.Defs[id] == nil {
			continue
		}
		text, err := e.writer.text(d.typ)
		if err != nil {
			e.cell.problem(e.offset(id.Pos()), d.name+" cannot be shared: "+err.Error(), "")
			continue
		}
		line, col := e.splicer.place(e.offset(id.Pos()))
		fmt.Fprintf(&w, "//line %s:%d:%d\nvar %s %s\n", e.splicer.base, line, col, d.emitted, text)
	}
	return w.String()
}

// edit collects the edits of the cell's code.
func (e *emitter) edit() {
	for _, r := range e.refs {
		switch {
		case r.def.kind == dotDef:
			e.splicer.replace(r.start, r.end, e.writer.alias(r.def.obj.Pkg())+"."+r.def.name)
		case r.def.emitted != r.def.name:
			e.splicer.replace(r.start, r.end, r.def.emitted)
		}
	}
	e.aliasPredeclared()
	n := 0
	for _, decl := range e.decls.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			n++
			e.inits[f] = fmt.Sprintf("init%c%d_%d", mark, e.cell.Index, n)
			e.splicer.replace(e.offset(f.Name.Pos()), e.offset(f.Name.End()), e.inits[f])
		}
	}
	for _, stmt := range e.analysis.body.List {
		e.editStmt(stmt)
	}
	e.record()
	if e.last.show != "" {
		e.imports[harnessName] = harnessPath
		e.splicer.before(e.last.start, harnessName+"."+e.last.show+"(")
		e.splicer.after(e.last.end, ")")
	}
	e.splicer.sort()
}

// editStmt turns a declaration of shared variables into an assignment and
// uses variables that the cell does not use.
func (e *emitter) editStmt(stmt ast.Stmt) {
	switch s := unlabel(stmt).(type) {
	case *ast.AssignStmt:
		idents := definedBy(s)
		switch {
		case s.Tok != token.DEFINE || !e.anyShared(idents):
		case e.anyKept(idents):
			e.convert(s)
			e.assignBehind(idents, s.End())
		default:
			off := e.offset(s.TokPos)
			e.splicer.replace(off, off+2, " =")
		}
		e.useUnused(definedBy(s), s.End())
	case *ast.DeclStmt:
		if d := s.Decl.(*ast.GenDecl); d.Tok == token.VAR {
			e.editVar(d)
			e.useUnused(definedBy(s), s.End())
		}
	}
}

func (e *emitter) anyShared(idents []*ast.Ident) bool {
	return slices.ContainsFunc(idents, func(id *ast.Ident) bool { return e.own[id.Name].shared })
}

// useUnused adds "_ = x" for local variables that nothing uses: at the top
// level of a cell that is no error.
func (e *emitter) useUnused(idents []*ast.Ident, end token.Pos) {
	for _, id := range idents {
		if d := e.own[id.Name]; !d.shared && e.idle[id.Pos()] {
			e.splicer.after(e.offset(end), "; _ = "+id.Name)
		}
	}
}

// editVar turns the shared specs of a var declaration into assignments.
func (e *emitter) editVar(d *ast.GenDecl) {
	shared := slices.ContainsFunc(d.Specs, func(spec ast.Spec) bool {
		return e.anyShared(specIdents(spec.(*ast.ValueSpec)))
	})
	if !shared {
		return
	}
	e.splicer.replace(e.offset(d.TokPos), e.offset(d.TokPos)+len("var"), "   ")
	if d.Lparen.IsValid() {
		e.splicer.replace(e.offset(d.Lparen), e.offset(d.Lparen)+1, " ")
		e.splicer.replace(e.offset(d.Rparen), e.offset(d.Rparen)+1, " ")
	}
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		switch idents := specIdents(v); {
		case !e.anyShared(idents):
			e.splicer.before(e.offset(v.Pos()), "var ")
		case e.anyKept(idents):
			e.splicer.before(e.offset(v.Pos()), "var ")
			e.assignBehind(idents, v.End())
		default:
			e.assign(v)
		}
	}
}

// anyKept reports whether a new variable stays local because nobody can write
// its type.
func (e *emitter) anyKept(idents []*ast.Ident) bool {
	return slices.ContainsFunc(idents, func(id *ast.Ident) bool { return e.info.Defs[id] != nil && !e.own[id.Name].shared })
}

// assignBehind lets a statement declare other variables instead of the shared
// ones, and sets these behind it.
func (e *emitter) assignBehind(idents []*ast.Ident, end token.Pos) {
	var shared, others []string
	for _, id := range idents {
		d := e.own[id.Name]
		if !d.shared {
			continue
		}
		other := d.name + string(mark) + "0" // no cell has that number
		shared, others = append(shared, d.emitted), append(others, other)
		e.rewrite(id, other)
	}
	e.splicer.after(e.offset(end), "; "+strings.Join(shared, ", ")+" = "+strings.Join(others, ", "))
}

// convert gives the values of variables that := only assigns to their types: it
// declares others instead, which take the types of the values.
func (e *emitter) convert(s *ast.AssignStmt) {
	for i, lhs := range s.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok || id.Name == "_" || e.info.Defs[id] != nil || !e.own[id.Name].shared || len(s.Lhs) != len(s.Rhs) {
			continue
		}
		e.convertTo(e.own[id.Name].typ, s.Rhs[i])
	}
}

// convertTo converts a value to a type.
func (e *emitter) convertTo(t types.Type, value ast.Expr) {
	text, err := e.writer.text(t)
	if err != nil {
		return // vars has reported it
	}
	e.splicer.before(e.offset(value.Pos()), "("+text+")(")
	e.splicer.after(e.offset(value.End()), ")")
}

// rewrite replaces the text of a node and the edits within it.
func (e *emitter) rewrite(n ast.Node, text string) {
	start, end := e.offset(n.Pos()), e.offset(n.End())
	e.splicer.edits = slices.DeleteFunc(e.splicer.edits, func(ed edit) bool { return ed.within(start, end) })
	e.splicer.replace(start, end, text)
}

// assign turns "x, y T = a, b" into "x, y = a, b" and "x T" into "x = *new(T)".
func (e *emitter) assign(v *ast.ValueSpec) {
	if v.Type == nil {
		return
	}
	e.removed = append(e.removed, edit{start: e.offset(v.Type.Pos()), end: e.offset(v.Type.End())})
	if len(v.Values) > 0 {
		e.rewrite(v.Type, "")
		for i, id := range v.Names {
			if id.Name == "_" && len(v.Names) == len(v.Values) {
				e.convertTo(e.info.Types[v.Type].Type, v.Values[i])
			}
		}
		return
	}
	text, err := e.writer.text(e.info.Types[v.Type].Type)
	if err != nil {
		return // vars has reported it
	}
	zero := "*new(" + text + ")"
	e.rewrite(v.Type, "= "+zero+strings.Repeat(", "+zero, len(v.Names)-1))
}

// body returns the declarations of the cell and the function of its statements.
func (e *emitter) body() string {
	var decls, stmts strings.Builder
	for _, c := range e.chunks {
		switch c.kind {
		case declChunk:
			e.splicer.copy(&decls, c.start, c.end)
			e.callInits(&stmts, c)
		case stmtChunk:
			e.splicer.copy(&stmts, c.start, c.end)
		}
	}
	if stmts.Len() == 0 {
		return decls.String()
	}
	e.cell.Func = fmt.Sprintf("cell%c%d", mark, e.cell.Index)
	return fmt.Sprintf("%sfunc %s() {\n%s\n%s}\n", decls.String(), e.cell.Func, strings.Join(e.prologue, "\n"), stmts.String())
}

// callInits calls the init and main functions of a chunk at their place.
func (e *emitter) callInits(w *strings.Builder, c chunk) {
	for _, decl := range e.decls.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil {
			continue
		}
		if off := e.offset(f.Pos()); off < c.first || off >= c.end {
			continue
		}
		name := e.inits[f]
		if f.Name.Name == "main" {
			name = e.own["main"].emitted
		}
		if name != "" {
			line, col := e.splicer.place(e.offset(f.Pos()))
			fmt.Fprintf(w, "//line %s:%d:%d\n%s()\n", e.splicer.base, line, col, name)
		}
	}
}

// usedImports adds the packages that the cell's code uses.
func (e *emitter) usedImports() {
	for id, obj := range e.info.Uses {
		name, ok := obj.(*types.PkgName)
		if ok && !strings.ContainsRune(name.Name(), mark) && !e.isRemoved(id) {
			e.imports[name.Name()] = name.Imported().Path()
		}
	}
	for _, u := range e.hidden {
		e.imports[u.name] = u.path
	}
}

func (e *emitter) isRemoved(id *ast.Ident) bool {
	off := e.offset(id.Pos())
	return slices.ContainsFunc(e.removed, func(r edit) bool { return r.start <= off && off < r.end })
}

// writeImports writes the import declarations.
func (e *emitter) writeImports(w *strings.Builder) {
	for _, name := range slices.Sorted(maps.Keys(e.imports)) {
		fmt.Fprintf(w, "import %s %q\n", name, e.imports[name])
	}
	for _, u := range e.analysis.imports {
		if u.name == "_" {
			fmt.Fprintf(w, "import _ %q\n", u.path)
			e.imports["_"+u.path] = u.path
		}
	}
}
