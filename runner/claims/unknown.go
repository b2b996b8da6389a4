package claims

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"notebook"
)

// unknown returns what helps where there is no variable of that name.
func (r *reader) unknown(name string) string {
	near := notebook.NearestName(name, r.scope.Visible)
	switch {
	case r.loops > 0:
		return "each element of the list is #: all(xs, # > 0)"
	case near != "":
		return "did you mean " + near + "?"
	case isUnit(name):
		return "a time is a number with its unit behind it: 70" + name
	case slices.Contains(r.scope.Cells, name):
		return fmt.Sprintf("name a cell in a function: wall(%q)", name)
	case len(r.scope.Visible) > 0:
		return "known: " + strings.Join(r.scope.Visible, ", ")
	}
	return "declare it at the top level of a cell above"
}

// foreign refuses names with a point in them that are of Go, or of another
// language, and reports whether it did.
func (r *reader) foreign(n *ast.IdentifierNode, property ast.Node) bool {
	if _, known := r.scope.Variables[n.Value]; known {
		return false
	}
	field, _ := property.(*ast.StringNode)
	switch {
	case field == nil:
		return false
	case n.Value == "time":
		r.fail(n, "write times as 1s, 70ms or 1.5s", "a predicate knows no packages of Go")
	case slices.Contains(r.scope.Cells, n.Value) && notebook.IsMeasuring(field.Value):
		r.fail(n, fmt.Sprintf("write %s(%q)", field.Value, n.Value), "there is no variable %s above", n.Value)
	default:
		return false
	}
	return true
}

// renamed gives its hint to an error at the name of a variable that is a word
// of the language.
func renamed(err error, variables []string) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	if word, ok := strings.CutPrefix(e.Message, "unexpected "); ok && slices.Contains(variables, word) && reserved[word] {
		e.Hint = fmt.Sprintf("%s is a word of predicates: give the variable another name", word)
	}
	return e
}

// reserved holds the words of the language that can be names of variables in Go.
var reserved = map[string]bool{
	"and": true, "or": true, "not": true, "in": true, "contains": true, "startsWith": true, "endsWith": true,
	"matches": true, "let": true, "nil": true,
}
