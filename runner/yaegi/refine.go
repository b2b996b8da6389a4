package yaegi

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"notebook/runner/yaegi/internal/dialect"
	"notebook/runner/yaegi/internal/interpreter"
)

// refine looks for the place in a function where it was left: the only call of
// the function that panicked, or the only place that fits the message. Of several
// it is one on the line that the goroutine noted last. A frame with no such place
// is not exact.
func refine(j *job, f interpreter.Frame, called, message string, noted int) interpreter.Frame {
	cell := j.cell(f.File)
	if cell == nil {
		return f
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, cell.Label, cell.Source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return f
	}
	body := functionAt(fset, file, f)
	if body == nil {
		return f
	}
	fits := fitting(message)
	if called != "" {
		fits = calls(called)
	}
	var places []token.Position
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || fits == nil || dialect.NotesPlace(n) {
			return false
		}
		if fits(n) {
			places = append(places, fset.Position(n.Pos()))
		}
		_, isFunc := n.(*ast.FuncLit)
		return !isFunc
	})
	if len(places) > 1 {
		places = slices.DeleteFunc(places, func(p token.Position) bool { return p.Line != noted })
	}
	if len(places) > 0 {
		f.Line, f.Col, f.Exact = places[0].Line, places[0].Column, true
	}
	return f
}

// functionAt returns the body of the innermost function around the place of a
// frame. The brace that opens a function may be of generated code, in a line that
// says nothing about the note.
func functionAt(fset *token.FileSet, file *ast.File, f interpreter.Frame) *ast.BlockStmt {
	var innermost *ast.BlockStmt
	before := func(a, b token.Position) bool {
		return a.Line < b.Line || a.Line == b.Line && a.Column <= b.Column
	}
	at := token.Position{Line: f.Line, Column: f.Col}
	ast.Inspect(file, func(n ast.Node) bool {
		var body *ast.BlockStmt
		switch n := n.(type) {
		case *ast.FuncDecl:
			body = n.Body
		case *ast.FuncLit:
			body = n.Body
		}
		if body != nil && len(body.List) > 0 && before(fset.Position(body.List[0].Pos()), at) && before(at, fset.Position(body.Rbrace)) {
			innermost = body
		}
		return true
	})
	return innermost
}

// calls returns a test for calls of a function, by the name that the
// interpreter gives it.
func calls(function string) func(ast.Node) bool {
	function = strings.TrimPrefix(function, "main.")
	if name, _, isLiteral := strings.Cut(function, "."); isLiteral || name == "" {
		return func(n ast.Node) bool { // of a literal where it stands
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return false
			}
			_, isLit := call.Fun.(*ast.FuncLit)
			return isLit
		}
	}
	return func(n ast.Node) bool { return calledName(n) == function }
}

func calledName(n ast.Node) string {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return ""
	}
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// fitting returns a test for the places where the message of a panic can come
// from, or nil.
func fitting(message string) func(ast.Node) bool {
	has := func(part string) bool { return strings.Contains(message, part) }
	switch {
	case has("close of "):
		return func(n ast.Node) bool { return calledName(n) == "close" }
	case has("send on closed channel"):
		return is[*ast.SendStmt]
	case has("nil map"):
		return assignsElement
	case has("divide by zero"):
		return divides
	case has("index out of range"):
		return is[*ast.IndexExpr]
	case has("slice bounds"), has("slice index out of bounds"):
		return is[*ast.SliceExpr]
	case has("negative WaitGroup counter"):
		return func(n ast.Node) bool { return calledName(n) == "Done" || calledName(n) == "Add" }
	case has("call of nil function"):
		return is[*ast.CallExpr]
	case has("on zero Value"), has("nil pointer"):
		return is[*ast.SelectorExpr]
	}
	return nil
}

func is[T ast.Node](n ast.Node) bool {
	_, ok := n.(T)
	return ok
}

func assignsElement(n ast.Node) bool {
	switch s := n.(type) {
	case *ast.AssignStmt:
		for _, e := range s.Lhs {
			if is[*ast.IndexExpr](e) {
				return true
			}
		}
	case *ast.IncDecStmt:
		return is[*ast.IndexExpr](s.X)
	}
	return false
}

func divides(n ast.Node) bool {
	switch e := n.(type) {
	case *ast.BinaryExpr:
		return e.Op == token.QUO || e.Op == token.REM
	case *ast.AssignStmt:
		return e.Tok == token.QUO_ASSIGN || e.Tok == token.REM_ASSIGN
	}
	return false
}
