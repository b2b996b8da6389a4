package dialect

import (
	"go/ast"
	"go/token"
)

// switches: the default of a switch statement changes places with the last
// case, so that the cases are tried in another order, and fallthrough goes to
// another one.
func switches(p *pass, n ast.Node, _ []ast.Node) {
	s, ok := n.(*ast.SwitchStmt)
	if !ok {
		return
	}
	at, last := -1, len(s.Body.List)-1
	falls, constant := false, s.Tag != nil
	for i, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if clause.List == nil {
			at = i
		}
		for _, e := range clause.List {
			constant = constant && p.isConstant(e)
		}
		falls = falls || fallsThrough(clause)
	}
	if at >= 0 && (at < last && falls || at < last-1 && !constant) {
		p.differs(s.Body.List[at].Pos(), "a switch whose default is not its last case")
	}
}

// fallsThrough reports whether a case ends with fallthrough.
func fallsThrough(clause *ast.CaseClause) bool {
	if len(clause.Body) == 0 {
		return false
	}
	branch, ok := clause.Body[len(clause.Body)-1].(*ast.BranchStmt)
	return ok && branch.Tok == token.FALLTHROUGH
}
