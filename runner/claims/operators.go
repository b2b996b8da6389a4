package claims

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"notebook"
)

// binary looks at the two sides of an operator. An outcome or a verdict can be
// compared with those that there are only.
func (r *reader) binary(n *ast.BinaryNode) {
	if n.Operator == "??" {
		r.fail(n, "", "no value is missing: ?? is no part of a predicate")
		return
	}
	r.words(n.Left, n.Right)
	r.words(n.Right, n.Left)
	r.unquoted(n)
	r.nodes(&n.Left, &n.Right)
}

// unquoted refuses a name that is compared with a text, where there is no such
// variable: it is a text without its quotes.
func (r *reader) unquoted(n *ast.BinaryNode) {
	name, ok := n.Right.(*ast.IdentifierNode)
	if !ok || !r.isText(n.Left) || callable()[name.Value] {
		return
	}
	if _, known := r.scope.Variables[name.Value]; !known {
		r.fail(name, fmt.Sprintf("a text stands in quotes: %q", name.Value), "there is no variable %s above", name.Value)
	}
}

// isText reports whether a node is a text that a cell gave.
func (r *reader) isText(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return r.scope.Variables[n.Value].Kind == notebook.TextKind
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		return ok && functions[callee.Value].kind == notebook.TextKind
	}
	return false
}

// words checks the texts that the result of a function is compared with.
func (r *reader) words(call, with ast.Node) {
	c, ok := call.(*ast.CallNode)
	if !ok {
		return
	}
	callee, ok := c.Callee.(*ast.IdentifierNode)
	if !ok {
		return
	}
	known := map[string][]string{"outcome": outcomes(), "verdict": append(verdictKinds(), noVerdict)}[callee.Value]
	if known == nil || len(c.Arguments) > 1 {
		return
	}
	list := []ast.Node{with}
	if array, ok := with.(*ast.ArrayNode); ok {
		list = array.Nodes
	}
	for _, n := range list {
		switch n.(type) {
		case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
			r.fail(n, "known: "+strings.Join(known, ", "), "%s is a text in quotes", callee.Value)
		}
		if s, ok := n.(*ast.StringNode); ok {
			r.word(n, s.Value, callee.Value, known)
		}
	}
}

// word checks a text that the result of a function is compared with.
func (r *reader) word(n ast.Node, text, function string, known []string) {
	together := ""
	if function == "verdict" {
		together = joined(text)
	}
	switch {
	case slices.Contains(known, text), text == together:
	case together != "":
		r.fail(n, fmt.Sprintf("write them in this order: %q", together), "there is no verdict %q", text)
	default:
		r.fail(n, notebook.DidYouMean(text, known), "there is no %s %q", function, text)
	}
}

// joined returns the kinds of verdicts in a text as the function verdict joins
// them where several were found; "" where another word is among them.
func joined(s string) string {
	words, kinds := strings.Split(s, " and "), verdictKinds()
	for _, word := range words {
		if !slices.Contains(kinds, word) {
			return ""
		}
	}
	slices.SortFunc(words, func(a, b string) int { return slices.Index(kinds, a) - slices.Index(kinds, b) })
	return strings.Join(slices.Compact(words), " and ")
}

// noVerdict is what verdict gives where nothing was found.
const noVerdict = "none"

// outcomes returns the ends of cells that claims can be applied to.
func outcomes() []string {
	var words []string
	for _, o := range []notebook.Outcome{
		notebook.OK, notebook.Mismatch, notebook.CompileError, notebook.Panic, notebook.Fatal, notebook.Deadlock,
		notebook.Stuck, notebook.Timeout, notebook.Limit, notebook.Exit, notebook.Killed,
	} {
		words = append(words, string(o))
	}
	return words
}

// checkOperators refuses what would make large texts of small ones. The types
// of the tree are known.
func (r *reader) checkOperators(n ast.Node) error {
	v := &operatorVisitor{reader: r}
	ast.Walk(&n, v)
	if r.err != nil {
		return r.err
	}
	return nil
}

type operatorVisitor struct{ *reader }

// Visit implements ast.Visitor.
func (v *operatorVisitor) Visit(n *ast.Node) {
	b, ok := (*n).(*ast.BinaryNode)
	if ok && b.Operator == "+" && (b.Left.Type().Kind() == reflect.String || b.Right.Type().Kind() == reflect.String) {
		v.fail(b, "compare the texts one by one", "+ adds numbers, not texts")
	}
}
