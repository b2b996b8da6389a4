package claims

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"notebook"
)

// A reader parses a predicate and replaces what it asks for.
type reader struct {
	scope   *Scope
	text    text
	replace func(Datum, notebook.ValueKind) ast.Node
	count   func(*part) ast.Node           // for each call of some or every
	time    func(seconds float64) ast.Node // for each literal of a duration; nil: it stays
	inside  *part                          // what is being read of such a call
	loops   int                            // conditions on elements around what is being read
	bounded bool                           // loops count their steps
	// replaced holds the nodes that were put in: in 1 < x < 3 the node of x has
	// two parents.
	replaced map[ast.Node]bool
	err      *Error
}

// read parses the text and returns a tree in which replace was called for each
// datum, and count for each part that is about several runs.
func (r *reader) read(bounded bool) (*parser.Tree, error) {
	r.bounded, r.replaced = bounded, map[ast.Node]bool{}
	tree, err := parser.ParseWithConfig(r.text.read, newConfig())
	if err != nil {
		return nil, r.text.asError(err)
	}
	r.node(&tree.Node)
	if r.err != nil {
		return nil, r.err
	}
	return tree, nil
}

// fail keeps the first error.
func (r *reader) fail(n ast.Node, hint, format string, args ...any) {
	if r.err == nil {
		r.err = &Error{Offset: r.text.offset(n.Location().From), Message: fmt.Sprintf(format, args...), Hint: hint}
	}
}

// node looks at a node and those below it.
func (r *reader) node(at *ast.Node) {
	if r.replaced[*at] {
		return
	}
	if seconds, ok := r.text.duration(*at); ok && r.time != nil {
		r.put(at, r.time(seconds))
		return
	}
	switch n := (*at).(type) {
	case *ast.IdentifierNode:
		r.variable(at, n)
	case *ast.CallNode:
		r.call(at, n)
	case *ast.BuiltinNode:
		r.builtin(n)
	case *ast.BinaryNode:
		r.binary(n)
	case *ast.MemberNode:
		r.member(n)
	case *ast.PointerNode:
		if n.Name != "" && n.Name != "index" {
			r.fail(n, "", "unknown name #%s", n.Name)
		}
	default:
		r.parts(n)
	}
}

// parts looks at the parts of a node that needs no other look: what is not
// among these is not in the language.
func (r *reader) parts(n ast.Node) {
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode:
	case *ast.UnaryNode:
		r.node(&n.Node)
	case *ast.PredicateNode:
		r.node(&n.Node)
	case *ast.ConditionalNode:
		r.nodes(&n.Cond, &n.Exp1, &n.Exp2)
	case *ast.SliceNode:
		r.nodes(&n.Node, &n.From, &n.To)
	case *ast.ArrayNode:
		for i := range n.Nodes {
			r.node(&n.Nodes[i])
		}
	case *ast.NilNode:
		r.fail(n, "for a list write len(xs) == 0; of an error, assign err == nil to a variable of a cell", "no value that a claim can know is nil")
	default:
		r.fail(n, "write comparisons, and, or, not, and functions", "this is no part of a predicate")
	}
}

func (r *reader) member(n *ast.MemberNode) {
	if name, ok := n.Node.(*ast.IdentifierNode); ok && r.foreign(name, n.Property) {
		return
	}
	r.nodes(&n.Node)
	if _, named := n.Property.(*ast.StringNode); named || n.Optional {
		r.fail(n, "values are numbers, texts, bools and lists of these", "a value has no fields")
		return
	}
	r.nodes(&n.Property)
}

func (r *reader) nodes(list ...*ast.Node) {
	for _, n := range list {
		if *n != nil { // an end of a slice may be missing
			r.node(n)
		}
	}
}

// variable replaces the name of a variable.
func (r *reader) variable(at *ast.Node, n *ast.IdentifierNode) {
	v, ok := r.scope.Variables[n.Value]
	switch {
	case !ok && callable()[n.Value]:
		r.fail(n, "write "+n.Value+"()", "%s is a function", n.Value)
	case !ok:
		r.fail(n, r.unknown(n.Value), "there is no variable %s above", n.Value)
	case v.Why != "":
		r.fail(n, v.Hint, "%s", v.Why)
	default:
		r.swap(at, Datum{Name: n.Value}, v.Kind)
	}
}

func (r *reader) swap(at *ast.Node, d Datum, kind notebook.ValueKind) {
	r.put(at, r.replace(d, kind))
}

// put puts a node in the place of another one.
func (r *reader) put(at *ast.Node, node ast.Node) {
	node.SetLocation((*at).Location())
	r.replaced[node] = true
	*at = node
}

// call replaces the call of a measuring function.
func (r *reader) call(at *ast.Node, n *ast.CallNode) {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		r.fail(n, "assign what Go computes to a variable of a cell, and name that", "a predicate cannot call functions of Go")
		return
	}
	if quantifiers[callee.Value] {
		r.quantifier(at, n, callee.Value)
		return
	}
	f, known := functions[callee.Value]
	if _, ofGo := r.scope.Variables[callee.Value]; ofGo && !known {
		r.fail(n, "assign what it gives to a variable of a cell, and name that", "a predicate cannot call %s of Go", callee.Value)
		return
	}
	if !known {
		r.fail(n, nearestFunction(callee.Value), "there is no function %s", callee.Value)
		return
	}
	d, ok := r.datum(n, callee.Value, f)
	if !ok {
		return
	}
	if d.IsTime() && r.inside != nil {
		r.fail(n, "claim it of the median: wall() < 1s", "%s is about exact values, and %s is a time", r.inside.function, callee.Value)
		return
	}
	kind := f.kind
	if d.Verdict != "" {
		kind = notebook.BoolKind
	}
	if kind == "" {
		if kind = r.scope.Values[d.Name]; kind == "" {
			r.fail(n, "end the cell with an expression", "%s displays no value", notebook.CellName(d.Name))
			return
		}
	}
	r.swap(at, d, kind)
}

// datum reads the arguments of a measuring function.
func (r *reader) datum(n *ast.CallNode, name string, f function) (Datum, bool) {
	d := Datum{Function: name, Name: r.scope.Nearest}
	most := 1
	switch {
	case f.machine:
		d.Name, most = "", 0
	case name == "verdict":
		most = 2
	}
	if len(n.Arguments) > most {
		r.fail(n.Arguments[most], "", "%s takes %s", name, []string{"no argument", "one label", "a label and a kind"}[most])
		return d, false
	}
	for i, arg := range n.Arguments {
		s, ok := arg.(*ast.StringNode)
		if !ok {
			label := "label"
			if id, ok := arg.(*ast.IdentifierNode); ok && slices.Contains(r.scope.Cells, id.Value) {
				label = id.Value
			}
			r.fail(arg, fmt.Sprintf("write %s(%q)", name, label), "the argument of %s must be a text in quotes", name)
			return d, false
		}
		if i == 1 {
			d.Verdict = s.Value
		} else {
			d.Name = s.Value
		}
	}
	if name == "gomaxprocs" && len(n.Arguments) == 0 {
		d.Name = ""
		return d, true
	}
	return d, r.checkDatum(n, d, f)
}

func (r *reader) checkDatum(n *ast.CallNode, d Datum, f function) bool {
	switch {
	case f.machine:
	case d.Name == "":
		r.fail(n, fmt.Sprintf("name a cell: %s(\"label\")", d.Function), "no cell above runs")
		return false
	case !slices.Contains(r.scope.Cells, d.Name) && d.Function == "verdict" && slices.Contains(verdictKinds(), d.Name):
		r.fail(n.Arguments[0], fmt.Sprintf("write verdict(%q, %q)", cmp.Or(r.scope.Nearest, "label"), d.Name), "the first argument of verdict is the label of a cell")
		return false
	case !slices.Contains(r.scope.Cells, d.Name):
		hint := notebook.DidYouMean(d.Name, r.scope.Cells)
		if label := r.scope.Models[d.Name]; label != "" {
			hint = fmt.Sprintf("a cell is named by its label: %s(%q)", d.Function, label)
		}
		r.fail(n.Arguments[0], hint, "there is no cell %q", d.Name)
		return false
	}
	if d.Function == "speedup" && !slices.Contains(r.scope.Compared, d.Name) {
		r.fail(n, "write compare: name in each of the cells to compare", "%s is not compared with another one", notebook.CellName(d.Name))
		return false
	}
	if kinds := verdictKinds(); d.Verdict != "" && !slices.Contains(kinds, d.Verdict) {
		r.fail(n.Arguments[1], notebook.DidYouMean(d.Verdict, kinds), "there is no verdict %q", d.Verdict)
		return false
	}
	return true
}

func verdictKinds() []string {
	return []string{string(notebook.RaceVerdict), string(notebook.DeadlockVerdict), string(notebook.LeakVerdict)}
}

// builtin looks at the call of a function of expr.
func (r *reader) builtin(n *ast.BuiltinNode) {
	if !builtins[n.Name] {
		r.fail(n, nearestFunction(n.Name), "there is no function %s", n.Name)
		return
	}
	for i := range n.Arguments {
		body, loops := n.Arguments[i].(*ast.PredicateNode)
		if loops {
			r.loops++
		}
		r.node(&n.Arguments[i])
		if loops {
			r.loops--
		}
		if loops && r.bounded {
			count(n.Name, body)
		}
	}
}

// count makes the body of a loop count its steps.
func count(name string, body *ast.PredicateNode) {
	var counted *ast.BinaryNode
	if name == "sum" {
		counted = &ast.BinaryNode{Operator: "+", Left: &ast.CallNode{Callee: &ast.IdentifierNode{Value: zeroName}}, Right: body.Node}
	} else {
		counted = &ast.BinaryNode{Operator: "&&", Left: &ast.CallNode{Callee: &ast.IdentifierNode{Value: stepName}}, Right: body.Node}
	}
	for _, n := range []ast.Node{counted, counted.Left, counted.Left.(*ast.CallNode).Callee} {
		n.SetLocation(body.Node.Location())
	}
	body.Node = counted
}
