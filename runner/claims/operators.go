package claims

import (
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
	r.nodes(&n.Left, &n.Right)
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
		if s, ok := n.(*ast.StringNode); ok && !slices.Contains(known, s.Value) {
			r.fail(n, notebook.DidYouMean(s.Value, known), "there is no %s %q", callee.Value, s.Value)
		}
	}
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
