package claims

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"notebook"
)

// A Scope is what a predicate can see from its place in a note.
type Scope struct {
	Cells     []string            // labels of the cells of the note
	Compared  []string            // labels of those that take part in a comparison
	Models    map[string]string   // labels by the names of models and comparisons, for hints
	Nearest   string              // label of the cell that a function without a label means; "": none
	Variables map[string]Variable // of the session, by name: those that the predicate may name
	Visible   []string            // names of all variables of the session, for hints
	// Values holds the kind of the value that a cell displays, by its label;
	// cells that display none are not in it.
	Values map[string]notebook.ValueKind
}

// A Variable is what a predicate may know of a variable of the session.
type Variable struct {
	Kind notebook.ValueKind
	Why  string // why it cannot be used; "": it can
	Hint string // what helps
}

// A Predicate is a predicate that can be evaluated. It does not change.
type Predicate struct {
	text    text
	scope   Scope
	data    []Datum
	kinds   []notebook.ValueKind // of the data
	direct  map[int]bool         // which data stand outside of parts
	parts   []*part              // that are about several runs
	program *vm.Program
	tree    *parser.Tree
	config  *conf.Config
	boolean bool
}

// Limits of a predicate.
const (
	maxDepth = 100   // of brackets and signs within each other
	maxNodes = 1_000 // of the syntax tree
)

// Compile parses and checks a predicate. The error is an *[Error].
func Compile(source string, scope Scope) (*Predicate, error) {
	p := &Predicate{text: rewrite(source), scope: scope, direct: map[int]bool{}}
	if err := refuse(source); err != nil {
		return nil, err
	}
	r := &reader{scope: &p.scope, text: p.text}
	r.replace = func(d Datum, kind notebook.ValueKind) ast.Node { return p.use(d, kind, r.inside) }
	r.count = p.add
	tree, err := r.read(true)
	if err != nil {
		return nil, renamed(err, scope.Visible)
	}
	p.tree, p.config = tree, newConfig()
	p.config.WithEnv(p.types())
	result, err := checker.Check(tree, p.config)
	if err != nil {
		return nil, p.text.asError(err)
	}
	if err := r.checkOperators(tree.Node); err != nil {
		return nil, err
	}
	if err := p.compileParts(r); err != nil {
		return nil, err
	}
	p.boolean = p.canBeBool(result)
	if p.program, err = compiler.Compile(tree, p.config); err != nil {
		return nil, p.text.asError(err)
	}
	return p, nil
}

// Data returns what the predicate asks for, each once.
func (p *Predicate) Data() []Datum { return slices.Clone(p.data) }

// IsBool reports whether the predicate is true or false: a claim has to be. It
// may be where a value is of any kind.
func (p *Predicate) IsBool() bool { return p.boolean }

// IsTime reports whether the predicate is nothing but a measured time.
func (p *Predicate) IsTime() bool {
	id, ok := p.tree.Node.(*ast.IdentifierNode)
	if !ok || len(p.data) != 1 || id.Value != nameOf(0) {
		return false
	}
	return p.data[0].Function == "wall" || p.data[0].Function == "cpu"
}

// NotBool returns the error of a claim whose predicate is not true or false.
func (p *Predicate) NotBool() *Error {
	kind := readable(p.tree.Node.Type().String())
	return &Error{Message: fmt.Sprintf("a claim must be true or false, and this is a %s", kind), Hint: "compare it with something: wall() < 1s"}
}

// use returns the node that stands for a datum in the tree, or in a part of it.
func (p *Predicate) use(d Datum, kind notebook.ValueKind, in *part) ast.Node {
	i := slices.Index(p.data, d)
	if i < 0 {
		i = len(p.data)
		p.data, p.kinds = append(p.data, d), append(p.kinds, kind)
	}
	if in == nil {
		p.direct[i] = true
	} else {
		in.data[i] = true
	}
	return &ast.IdentifierNode{Value: nameOf(i)}
}

// add returns the node that stands for a part.
func (p *Predicate) add(part *part) ast.Node {
	p.parts = append(p.parts, part)
	return &ast.IdentifierNode{Value: countName(len(p.parts) - 1)}
}

// nameOf returns the name of a datum in the environment of the program. No
// predicate can hold it, since it is no identifier.
func nameOf(i int) string { return fmt.Sprintf("%d#", i) }

// stepName and zeroName are functions that count the steps of loops.
const (
	stepName = "step#"
	zeroName = "zero#"
)

// canBeBool reports whether values of a type can be true or false: one that is
// not known may be, where a value is of any kind.
func (p *Predicate) canBeBool(t reflect.Type) bool {
	return t.Kind() == reflect.Bool || t.Kind() == reflect.Interface && slices.Contains(p.kinds, notebook.AnyKind)
}

// types returns an environment of the types of the data.
func (p *Predicate) types() types.Map {
	env := types.Map{
		stepName: types.TypeOf(func() bool { return true }),
		zeroName: types.TypeOf(func() int { return 0 }),
	}
	for i, kind := range p.kinds {
		if env[nameOf(i)] = types.Any; kind != notebook.AnyKind {
			env[nameOf(i)] = types.TypeOf(zero(kind))
		}
	}
	for i := range p.parts {
		env[countName(i)] = types.Bool
	}
	return env
}

func newConfig() *conf.Config {
	c := conf.CreateNew()
	c.MaxNodes = maxNodes
	c.Optimize = false // it would count ranges of constants before they are bounded
	return c
}

// refuse refuses what no parser has to see.
func refuse(source string) *Error {
	switch {
	case strings.TrimSpace(source) == "":
		return &Error{Message: "the predicate is empty", Hint: "write what is true: wall() < 1s"}
	case strings.HasPrefix(source, "{go}"):
		return &Error{Message: "a predicate does not begin with {go}", Hint: "leave it out: it is for values in the text"}
	}
	return tooDeep(source)
}

// tooDeep refuses what takes a parser that calls itself too deep.
func tooDeep(source string) *Error {
	depth, signs := 0, 0
	for i, c := range source {
		switch c {
		case '(', '[', '{', '?':
			depth++
		case ')', ']', '}':
			depth--
		case '!', '-', '+':
			signs++
		}
		if depth > maxDepth || signs > maxDepth {
			return &Error{Offset: i, Message: "the predicate is nested too deeply", Hint: "compute a part of it in a cell"}
		}
	}
	return nil
}
