package dialect

import (
	"go/ast"
	"go/token"
)

// leavesSelect: break and continue that leave a select statement go to the
// wrong place, or spin for ever. goto goes to the right one, but not always out
// of a loop within the loop.
func leavesSelect(p *pass, n ast.Node, path []ast.Node) {
	branch, ok := n.(*ast.BranchStmt)
	if !ok || (branch.Tok != token.BREAK && branch.Tok != token.CONTINUE) {
		return
	}
	target, through, loops := branchTarget(branch, path)
	if target == nil || !through {
		return
	}
	if loops > 0 {
		p.differs(branch.Pos(), "%s %s in a select statement, out of several loops", branch.Tok, branch.Label.Name)
		return
	}
	at := target.End()
	if branch.Tok == token.CONTINUE {
		at = loopBody(target).Rbrace
	}
	p.replace(branch.Pos(), branch.End(), "goto "+p.label(at))
}

// branchTarget returns the statement that a break or continue is about,
// whether the branch leaves a select statement, and how many other loops it
// leaves.
func branchTarget(branch *ast.BranchStmt, path []ast.Node) (target ast.Stmt, through bool, loops int) {
	for i := len(path) - 1; i >= 0; i-- {
		switch s := path[i].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return nil, false, 0
		case *ast.SelectStmt:
			through = true
			if isTarget(branch, s, path[:i]) && branch.Tok == token.BREAK {
				return s, true, loops
			}
		case *ast.SwitchStmt, *ast.TypeSwitchStmt:
			if isTarget(branch, s, path[:i]) && branch.Tok == token.BREAK {
				return s.(ast.Stmt), through, loops
			}
		case *ast.ForStmt, *ast.RangeStmt:
			if isTarget(branch, s, path[:i]) {
				return s.(ast.Stmt), through, loops
			}
			loops++
		}
	}
	return nil, false, 0
}

// isTarget reports whether a branch without a label, or with the label of s,
// may mean s.
func isTarget(branch *ast.BranchStmt, s ast.Node, path []ast.Node) bool {
	if branch.Label == nil {
		return true
	}
	labeled, ok := path[len(path)-1].(*ast.LabeledStmt)
	return ok && labeled.Stmt == s && labeled.Label.Name == branch.Label.Name
}

func loopBody(loop ast.Stmt) *ast.BlockStmt {
	if r, ok := loop.(*ast.RangeStmt); ok {
		return r.Body
	}
	return loop.(*ast.ForStmt).Body
}

// label returns the label of an empty statement at a position, which it
// inserts when it is asked for the first time.
func (p *pass) label(at token.Pos) string {
	if p.labels[at] == "" {
		p.labels[at] = p.unique("label")
		p.insert(at, "; "+p.labels[at]+": ;")
	}
	return p.labels[at]
}

// receivesInto: a value that a select statement receives into something else
// than a variable is lost.
func receivesInto(p *pass, n ast.Node, _ []ast.Node) {
	clause, ok := n.(*ast.CommClause)
	if !ok {
		return
	}
	assign, ok := clause.Comm.(*ast.AssignStmt)
	if !ok {
		return
	}
	for _, e := range assign.Lhs {
		if _, isIdent := ast.Unparen(e).(*ast.Ident); !isIdent {
			p.differs(assign.Pos(), "a select statement that receives into %s", p.text(e))
		}
	}
}
