package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"
)

// asCompiler gives the errors of a type check the words and the places of the Go
// compiler, which has another copy of the type checker: the two differ in what
// is said of labels, and in which part of an expression they point to.
func asCompiler(errs []types.Error, file *ast.File) []types.Error {
	for i := range errs {
		errs[i].Msg = compilerWords(errs[i].Msg, file)
		errs[i].Pos = compilerPlace(errs[i], file)
	}
	return errs
}

// labelWords are what the compiler says for what go/types says of labels.
var labelWords = []struct {
	is   *regexp.Regexp
	said string
}{
	{regexp.MustCompile(`^break not in for, switch, or select statement$`), "break is not in a loop, switch, or select"},
	{regexp.MustCompile(`^continue not in for statement$`), "continue is not in a loop"},
	{regexp.MustCompile(`^label (\S+) declared and not used$`), "label $1 defined and not used"},
	{regexp.MustCompile(`^label (\S+) not declared$`), "label $1 not defined"},
}

var invalidLabel = regexp.MustCompile(`^invalid (break|continue) label (\S+)$`)

func compilerWords(msg string, file *ast.File) string {
	for _, w := range labelWords {
		msg = w.is.ReplaceAllString(msg, w.said)
	}
	if m := invalidLabel.FindStringSubmatch(msg); m != nil && !hasLabel(file, m[2]) {
		return fmt.Sprintf("%s label not defined: %s", m[1], m[2])
	}
	return msg
}

func hasLabel(file *ast.File, name string) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		l, ok := n.(*ast.LabeledStmt)
		found = found || ok && l.Label.Name == name
		return !found
	})
	return found
}

// compilerPlace returns the place that the compiler gives for an error.
func compilerPlace(e types.Error, file *ast.File) token.Pos {
	var place func(ast.Node) token.Pos
	switch {
	case strings.HasPrefix(e.Msg, "not enough arguments in call to "):
		place = func(n ast.Node) token.Pos { return lastArgument(n, e.Pos) }
	case strings.HasPrefix(e.Msg, "in call to ") && strings.Contains(e.Msg, ", cannot infer "),
		strings.Contains(e.Msg, " does not satisfy "):
		place = func(n ast.Node) token.Pos { return openParen(n, e.Pos) }
	case strings.HasPrefix(e.Msg, "invalid operation: cannot send to "):
		place = func(n ast.Node) token.Pos { return sendStart(n, e.Pos) }
	case strings.HasPrefix(strings.TrimPrefix(e.Msg, "invalid operation: "), "cannot index "):
		place = func(n ast.Node) token.Pos { return openBracket(n, e.Pos) }
	default:
		return e.Pos
	}
	at := token.NoPos
	ast.Inspect(file, func(n ast.Node) bool {
		if n != nil && !at.IsValid() {
			at = place(n)
		}
		return !at.IsValid()
	})
	if at.IsValid() {
		return at
	}
	return e.Pos
}

// lastArgument returns where the last argument of a call with that closing
// parenthesis is.
func lastArgument(n ast.Node, rparen token.Pos) token.Pos {
	call, ok := n.(*ast.CallExpr)
	if !ok || call.Rparen != rparen || len(call.Args) == 0 {
		return token.NoPos
	}
	return call.Args[len(call.Args)-1].Pos()
}

// openParen returns the opening parenthesis of a call of a function at that
// place.
func openParen(n ast.Node, function token.Pos) token.Pos {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return token.NoPos
	}
	at := call.Fun.Pos()
	if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Pos() == function {
		at = function
	}
	if at != function {
		return token.NoPos
	}
	return call.Lparen
}

func sendStart(n ast.Node, arrow token.Pos) token.Pos {
	if send, ok := n.(*ast.SendStmt); ok && send.Arrow == arrow {
		return send.Pos()
	}
	return token.NoPos
}

func openBracket(n ast.Node, indexed token.Pos) token.Pos {
	if index, ok := n.(*ast.IndexExpr); ok && index.X.Pos() == indexed {
		return index.Lbrack
	}
	return token.NoPos
}
