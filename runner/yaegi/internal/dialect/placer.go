package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A placer makes the statements of a function note where they are.
type placer struct {
	*pass
	function string
}

// here returns an expression for what has been noted.
func (m placer) here(pos token.Pos) string {
	return nativeName + ".Here(" + m.place(m.function, pos) + ")"
}

// mark notes the place of a node in front of a position.
func (m placer) mark(at token.Pos, n ast.Node) {
	m.insert(at, m.at(m.function, n.Pos())+"; ")
}

// before notes, in front of a position, where a goroutine may wait in one of the
// nodes, or else where it works.
func (m placer) before(at token.Pos, nodes ...ast.Node) {
	if n := find(m.waits, nodes...); n != nil {
		m.mark(at, n)
	} else if n := find(m.works, nodes...); n != nil {
		m.mark(at, n)
	}
}

func (m placer) list(statements []ast.Stmt) {
	for _, s := range statements {
		m.statement(s, s.Pos())
	}
}

// statement deals with a statement in front of which text may stand at a
// position: in front of its label where the label is about the statement.
func (m placer) statement(s ast.Stmt, at token.Pos) {
	switch s := s.(type) {
	case *ast.LabeledStmt:
		switch s.Stmt.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			m.statement(s.Stmt, at)
		default:
			m.statement(s.Stmt, s.Stmt.Pos())
		}
	case *ast.BlockStmt:
		m.list(s.List)
	case *ast.IfStmt:
		m.branch(s, at)
	case *ast.ForStmt, *ast.RangeStmt:
		m.loop(s, at)
	case *ast.SwitchStmt:
		m.before(at, append(heads(s.Body), optional(s.Init, s.Tag)...)...)
		m.clauses(s.Body)
	case *ast.TypeSwitchStmt:
		m.before(at, append(optional(s.Init, nil), s.Assign)...)
		m.clauses(s.Body)
	case *ast.SelectStmt:
		m.mark(at, s)
		m.clauses(s.Body)
	case *ast.GoStmt:
		m.goroutine(s, at)
	case *ast.DeferStmt:
		m.deferred(s, at)
	case *ast.ExprStmt:
		m.before(at, s)
		if m.startsByCall(s) {
			m.start(s, "", at)
		}
	default:
		m.before(at, s)
	}
}

// optional returns the nodes that are there.
func optional(s ast.Stmt, e ast.Expr) []ast.Node {
	var nodes []ast.Node
	if s != nil {
		nodes = append(nodes, s)
	}
	if e != nil {
		nodes = append(nodes, e)
	}
	return nodes
}

// branch deals with an if statement.
func (m placer) branch(s *ast.IfStmt, at token.Pos) {
	m.before(at, optional(s.Init, s.Cond)...)
	for {
		m.list(s.Body.List)
		next, ok := s.Else.(*ast.IfStmt)
		if !ok {
			break
		}
		if find(m.waits, optional(next.Init, next.Cond)...) != nil {
			m.insert(next.Pos(), "{ ")
			m.branch(next, next.Pos())
			m.insert(next.End(), " }")
			return
		}
		s = next
	}
	if last, ok := s.Else.(*ast.BlockStmt); ok {
		m.list(last.List)
	}
}

// loop deals with a loop. The place of one without calls is noted too: it may
// run for long.
func (m placer) loop(s ast.Stmt, at token.Pos) {
	m.mark(at, s)
	switch s := s.(type) {
	case *ast.RangeStmt:
		m.list(s.Body.List)
	case *ast.ForStmt:
		if s.Cond != nil && find(m.waits, s.Cond) != nil {
			m.insert(s.Cond.Pos(), m.at(m.function, s.Cond.Pos())+" == nil && (")
			m.insert(s.Cond.End(), ")")
		}
		m.list(s.Body.List)
	}
}

// heads returns the expressions of the cases of a switch statement.
func heads(body *ast.BlockStmt) []ast.Node {
	var list []ast.Node
	for _, c := range body.List {
		for _, e := range c.(*ast.CaseClause).List {
			list = append(list, e)
		}
	}
	return list
}

func (m placer) clauses(body *ast.BlockStmt) {
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			m.list(c.Body)
		case *ast.CommClause:
			m.list(c.Body)
		}
	}
}

// goroutine notes for a goroutine where it was started.
func (m placer) goroutine(s *ast.GoStmt, at token.Pos) {
	m.before(at, operands(s.Call)...)
	m.start(s, m.calledName(s.Call), at)
}

// start notes, for the goroutine that a statement starts, where that is and
// which function it runs.
func (m placer) start(s ast.Stmt, function string, at token.Pos) {
	labels := m.unique("here")
	m.insert(at, "{ "+labels+" := "+m.here(s.Pos())+"; "+nativeName+".Start("+m.place(function, s.Pos())+"); ")
	m.insert(s.End(), "; "+nativeName+".Leave("+labels+") }")
}

// calledName returns the name, as Go prints it, of the function that a call
// calls, or "" where it has none.
func (m placer) calledName(call *ast.CallExpr) string {
	f := m.callee(call)
	if f == nil {
		return ""
	}
	name := f.Name()
	if recv := f.Signature().Recv(); recv != nil {
		typ := recv.Type()
		if p, ok := typ.(*types.Pointer); ok {
			typ = p.Elem()
		}
		if named, ok := typ.(*types.Named); ok {
			name = named.Obj().Name() + "." + name
		}
	}
	if f.Pkg() == nil {
		return name
	}
	return f.Pkg().Name() + "." + name
}

// startsByCall reports whether a statement is a call of an imported method Go,
// which starts a goroutine with a function that it gets.
func (m placer) startsByCall(s *ast.ExprStmt) bool {
	call, ok := s.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	f := m.callee(call)
	return m.imported(f) && f.Name() == "Go" && f.Signature().Recv() != nil
}

// deferred notes where a deferred call stands that may wait, just before it
// runs.
func (m placer) deferred(s *ast.DeferStmt, at token.Pos) {
	m.before(at, operands(s.Call)...)
	if m.mayWait(m.callee(s.Call)) {
		m.insert(s.End(), "; defer "+nativeName+".Note("+m.place(m.function, s.Pos())+")")
	}
}

// operands returns what a go or defer statement evaluates at once.
func operands(call *ast.CallExpr) []ast.Node {
	list := []ast.Node{call.Fun}
	for _, arg := range call.Args {
		list = append(list, arg)
	}
	return list
}
