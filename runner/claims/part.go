package claims

import (
	"fmt"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// quantifiers are the functions that look at all runs of a cell at once.
var quantifiers = map[string]bool{"some": true, "every": true}

// A part is what some or every is about: it has a value in each run.
type part struct {
	function string
	text     string // as it is written
	body     ast.Node
	data     map[int]bool // which data it asks for
	program  *vm.Program
}

// A tally says in how many runs a part was true.
type tally struct{ held, runs int }

// holds reports whether the function is true of what was counted.
func (p *part) holds(t tally) bool {
	if p.function == "some" {
		return t.held > 0
	}
	return t.held == t.runs
}

// measured returns the part and what was counted.
func (p *part) measured(t tally) string {
	return fmt.Sprintf("(%s in %d of %d runs)", p.text, t.held, t.runs)
}

// countName returns the name of a part in the environment of the program.
func countName(i int) string { return fmt.Sprintf("%d##", i) }

// quantifier replaces a call of some or every.
func (r *reader) quantifier(at *ast.Node, n *ast.CallNode, function string) {
	switch {
	case len(n.Arguments) != 1:
		r.fail(n, fmt.Sprintf("write %s(n == 0)", function), "%s takes one argument: what is true or false in a run", function)
		return
	case r.inside != nil:
		r.fail(n, "", "%s cannot stand within %s", function, r.inside.function)
		return
	}
	p := &part{function: function, data: map[int]bool{}, text: n.Arguments[0].String()}
	r.inside = p
	r.node(&n.Arguments[0])
	r.inside = nil
	p.body = n.Arguments[0]
	r.put(at, r.count(p))
}

// compileParts compiles what the functions for several runs are about.
func (p *Predicate) compileParts(r *reader) error {
	for _, part := range p.parts {
		tree := &parser.Tree{Node: part.body, Source: p.tree.Source}
		kind, err := checker.Check(tree, p.config)
		if err != nil {
			return p.text.asError(err)
		}
		if !p.canBeBool(kind) {
			r.fail(part.body, fmt.Sprintf("write %s(n == 0)", part.function), "%s takes what is true or false, and this is a %s", part.function, readable(kind.String()))
			return r.err
		}
		if err := r.checkOperators(tree.Node); err != nil {
			return err
		}
		if part.program, err = compiler.Compile(tree, p.config); err != nil {
			return p.text.asError(err)
		}
	}
	return nil
}

// countRuns counts in how many runs each part is true.
func (e *evaluation) countRuns() error {
	for _, part := range e.parts {
		rows, err := rows(e.values, part.data)
		if err != nil {
			return err
		}
		var t tally
		for _, row := range rows {
			value, err := e.run(part.program, row.values)
			if err != nil {
				return err
			}
			if t.runs += row.runs; value == true {
				t.held += row.runs
			}
		}
		e.counts = append(e.counts, t)
	}
	return nil
}
