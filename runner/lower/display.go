package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A lastExpr is the last statement of a cell where it is an expression to
// display: the region of its code and the function that displays it.
type lastExpr struct {
	start, end int
	show       string // "" for nothing to display
}

// lastStmt returns the last statement where it is an expression, else nil.
// Semicolons behind it do not count.
func (a *analysis) lastStmt() *ast.ExprStmt {
	for _, stmt := range slices.Backward(a.body.List) {
		if _, empty := stmt.(*ast.EmptyStmt); !empty {
			expr, _ := stmt.(*ast.ExprStmt)
			return expr
		}
	}
	return nil
}

// findLast decides whether and how the last expression is displayed.
func (s *session) findLast(a *analysis) {
	stmt := a.lastStmt()
	if stmt == nil || len(a.cell.Problems) > 0 {
		return
	}
	if a.list >= 0 {
		args := stmt.X.(*ast.CallExpr).Args
		a.last = lastExpr{a.offset(args[0].Pos()), a.offset(args[len(args)-1].End()), "Show"}
		return
	}
	show := "Show"
	switch tv := a.info.Types[stmt.X]; {
	case a.cell.Inline && (tv.IsVoid() || tv.IsType()):
		a.cell.problem(a.offset(stmt.X.Pos()), "it has no value to show", "an inline value is an expression that has one")
		return
	case tv.IsVoid() || tv.IsType() || tv.Type == nil || a.isIgnored(stmt.X) && !a.cell.Inline:
		return
	case a.cell.Inline: // its value is what it is there for
	case types.Identical(tv.Type, types.Universe.Lookup("error").Type()):
		show = "ShowError"
	}
	a.last = lastExpr{a.offset(stmt.X.Pos()), a.offset(stmt.X.End()), show}
	if tv := a.info.Types[stmt.X]; overflows(tv) {
		a.cell.problem(a.last.start, "constant "+tv.Value.String()+" overflows int", "convert it to a type that holds it")
	}
}

// overflows reports whether a value is an untyped constant that is too large to
// be displayed, as an int.
func overflows(tv types.TypeAndValue) bool {
	if b, ok := tv.Type.(*types.Basic); !ok || tv.Value == nil || b.Kind() != types.UntypedInt {
		return false
	}
	_, exact := constant.Int64Val(tv.Value)
	return !exact
}

// isIgnored reports whether Go authors write the expression for its effect
// alone: a receive, or a call whose results they ignore.
func (a *analysis) isIgnored(expr ast.Expr) bool {
	switch x := ast.Unparen(expr).(type) {
	case *ast.UnaryExpr:
		return x.Op == token.ARROW
	case *ast.CallExpr:
		return a.ignoredCall(ast.Unparen(x.Fun))
	}
	return false
}

func (a *analysis) ignoredCall(fun ast.Expr) bool {
	switch f := fun.(type) {
	case *ast.Ident:
		obj := a.info.Uses[f]
		if _, ok := obj.(*types.Builtin); ok {
			return f.Name == "copy" || f.Name == "recover"
		}
		return isPrint(obj)
	case *ast.SelectorExpr:
		name := f.Sel.Name
		return isPrint(a.info.Uses[f.Sel]) || strings.HasPrefix(name, "Write") || name == "Close" || name == "Flush" || name == "Wait"
	}
	return false
}

// isPrint reports whether an object is a function of package fmt that prints.
func isPrint(obj types.Object) bool {
	if f, ok := obj.(*types.Func); !ok || f.Pkg() == nil || f.Pkg().Path() != "fmt" {
		return false
	}
	return strings.HasPrefix(obj.Name(), "Print") || strings.HasPrefix(obj.Name(), "Fprint")
}
