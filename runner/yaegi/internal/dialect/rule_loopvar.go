package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
)

// loopVariables: yaegi has one variable for all iterations, as Go had before
// 1.22. A copy makes one for each, unless the loop would miss what the body
// does to it.
func loopVariables(p *pass, n ast.Node, _ []ast.Node) {
	switch loop := n.(type) {
	case *ast.RangeStmt:
		if loop.Tok == token.DEFINE {
			p.copyVariables([]ast.Expr{loop.Key, loop.Value}, loop.Body, nil)
		}
	case *ast.ForStmt:
		if init, ok := loop.Init.(*ast.AssignStmt); ok && init.Tok == token.DEFINE {
			p.copyVariables(init.Lhs, loop.Body, loop)
		}
	}
}

// copyVariables copies the variables that can be told from one iteration to
// the next. The loop is nil where the body cannot change what the loop does.
func (p *pass) copyVariables(names []ast.Expr, body *ast.BlockStmt, loop *ast.ForStmt) {
	for _, e := range names {
		id, ok := e.(*ast.Ident)
		if !ok || id.Name == "_" || p.declared[id] {
			continue
		}
		v := p.info.Defs[id]
		if v == nil || (!p.captured(v, body) && !p.addressed(v, body)) {
			continue
		}
		if loop != nil && (p.assigned(v, body) || capturedByHead(p, v, loop)) {
			p.differs(id.Pos(), "the loop variable %s, which the body changes and a function keeps", id.Name)
			continue
		}
		p.insert(body.Lbrace+1, " "+id.Name+" := "+id.Name+";")
	}
}

func capturedByHead(p *pass, v types.Object, loop *ast.ForStmt) bool {
	for _, n := range []ast.Node{loop.Cond, loop.Post} {
		switch n := n.(type) {
		case ast.Expr:
			if n != nil && p.captured(v, n) {
				return true
			}
		case ast.Stmt:
			if n != nil && p.captured(v, n) {
				return true
			}
		}
	}
	return false
}
