// A tokenizer, a parser by recursive descent and an evaluator of formulas.
package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode"
)

type kind uint8

const (
	end kind = iota
	number
	name
	operator
	open
	closed
	comma
	numKinds = iota
)

func (k kind) String() string {
	return [numKinds]string{"end", "number", "name", "operator", "(", ")", ","}[k]
}

type token struct {
	kind
	text string
	at   int
}

type syntaxError struct {
	token
	want string
}

func (e *syntaxError) Error() string {
	got := e.text
	if e.kind == end {
		got = e.kind.String()
	}
	return fmt.Sprintf("column %d: got %s, want %s", e.at+1, got, e.want)
}

var errDivide = errors.New("division by zero")

func scan(text string) (tokens []token, err error) {
	runes := []rune(text)
	for i := 0; i < len(runes); {
		start := i
		switch r := runes[i]; {
		case unicode.IsSpace(r):
			i++
			continue
		case unicode.IsDigit(r) || r == '.':
			for i < len(runes) && (unicode.IsDigit(runes[i]) || runes[i] == '.') {
				i++
			}
			tokens = append(tokens, token{number, string(runes[start:i]), start})
		case unicode.IsLetter(r):
			for i < len(runes) && unicode.IsLetter(runes[i]) {
				i++
			}
			tokens = append(tokens, token{name, string(runes[start:i]), start})
		case strings.ContainsRune("+-*/^=%", r):
			i++
			tokens = append(tokens, token{operator, string(r), start})
		case r == '(', r == ')', r == ',':
			i++
			tokens = append(tokens, token{map[rune]kind{'(': open, ')': closed, ',': comma}[r], string(r), start})
		default:
			return nil, &syntaxError{token{operator, strconv.QuoteRune(r), start}, "a formula"}
		}
	}
	return append(tokens, token{end, "", len(runes)}), nil
}

type (
	node interface {
		eval(scope) (float64, error)
		fmt.Stringer
	}
	scope  map[string]float64
	value  float64
	symbol string
	binary struct {
		op          byte
		left, right node
	}
	negated struct{ node }
	call    struct {
		fn   string
		args []node
	}
	assign struct {
		to   symbol
		from node
	}
)

func (v value) eval(scope) (float64, error) { return float64(v), nil }

func (s symbol) eval(vars scope) (float64, error) {
	if v, ok := vars[string(s)]; ok {
		return v, nil
	}
	if v, ok := constants[string(s)]; ok {
		return v, nil
	}
	return 0, fmt.Errorf("no variable %s", string(s))
}

func (b binary) eval(vars scope) (float64, error) {
	l, err := b.left.eval(vars)
	if err != nil {
		return 0, err
	}
	r, err := b.right.eval(vars)
	if err != nil {
		return 0, err
	}
	return operators[b.op].apply(l, r)
}

func (n negated) eval(vars scope) (float64, error) {
	v, err := n.node.eval(vars)
	return -v, err
}

func (c call) eval(vars scope) (float64, error) {
	f, ok := functions[c.fn]
	if !ok {
		return 0, fmt.Errorf("no function %s", c.fn)
	}
	var args []float64
	for _, a := range c.args {
		v, err := a.eval(vars)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", c.fn, err)
		}
		args = append(args, v)
	}
	calls++
	return f(args...)
}

func (a assign) eval(vars scope) (v float64, err error) {
	if v, err = a.from.eval(vars); err == nil {
		vars[string(a.to)] = v
	}
	return
}

func (v value) String() string   { return strconv.FormatFloat(float64(v), 'g', -1, 64) }
func (s symbol) String() string  { return string(s) }
func (b binary) String() string  { return fmt.Sprintf("(%v %c %v)", b.left, b.op, b.right) }
func (n negated) String() string { return "-" + n.node.String() }
func (a assign) String() string  { return a.to.String() + " := " + a.from.String() }
func (c call) String() string {
	parts := make([]string, len(c.args))
	for i, a := range c.args {
		parts[i] = a.String()
	}
	return c.fn + "(" + strings.Join(parts, ", ") + ")"
}

type op struct {
	level int
	right bool
	apply func(a, b float64) (float64, error)
}

func plain(f func(a, b float64) float64) func(a, b float64) (float64, error) {
	return func(a, b float64) (float64, error) { return f(a, b), nil }
}

var operators = map[byte]op{
	'+': {1, false, plain(func(a, b float64) float64 { return a + b })},
	'-': {1, false, plain(func(a, b float64) float64 { return a - b })},
	'*': {2, false, plain(func(a, b float64) float64 { return a * b })},
	'/': {2, false, divide},
	'%': {2, false, plain(math.Mod)},
	'^': {3, true, plain(math.Pow)},
}

func divide(a, b float64) (float64, error) {
	if b == 0 {
		return math.NaN(), errDivide
	}
	return a / b, nil
}

var constants = map[string]float64{"pi": math.Pi, "half": 0.5}

var functions map[string]func(...float64) (float64, error)

var calls int

func init() {
	functions = map[string]func(...float64) (float64, error){
		"sqrt": one(math.Sqrt), "abs": one(math.Abs), "floor": one(math.Floor),
		"max": func(xs ...float64) (m float64, err error) {
			if len(xs) == 0 {
				return 0, errors.New("max of nothing")
			}
			m = xs[0]
			for _, x := range xs[1:] {
				m = max(m, x)
			}
			return
		},
		"count": func(xs ...float64) (float64, error) { return float64(len(xs)), nil },
	}
}

func one(f func(float64) float64) func(...float64) (float64, error) {
	return func(xs ...float64) (float64, error) {
		if len(xs) != 1 {
			return 0, fmt.Errorf("%d arguments, want 1", len(xs))
		}
		return f(xs[0]), nil
	}
}

type parser struct {
	tokens []token
	pos    int
}

func (p *parser) peek() token { return p.tokens[p.pos] }

func (p *parser) next() (t token) {
	t = p.peek()
	if t.kind != end {
		p.pos++
	}
	return t
}

func (p *parser) expect(k kind) {
	if t := p.next(); t.kind != k {
		panic(&syntaxError{t, k.String()})
	}
}

func parse(text string) (n node, err error) {
	tokens, err := scan(text)
	if err != nil {
		return nil, err
	}
	p := parser{tokens: tokens}
	defer func() {
		if e, ok := recover().(*syntaxError); ok {
			n, err = nil, e
		}
	}()
	n = p.statement()
	p.expect(end)
	return n, nil
}

func (p *parser) statement() node {
	if t := p.tokens; t[0].kind == name && t[1].text == "=" {
		p.pos = 2
		return assign{symbol(t[0].text), p.expr(1)}
	}
	return p.expr(1)
}

func (p *parser) expr(level int) node {
	left := p.unary()
	for {
		t := p.peek()
		o, ok := operators[(t.text + " ")[0]]
		if t.kind != operator || !ok || o.level < level {
			return left
		}
		p.next()
		below := o.level + 1
		if o.right {
			below = o.level
		}
		left = binary{t.text[0], left, p.expr(below)}
	}
}

func (p *parser) unary() node {
	switch t := p.next(); t.kind {
	case number:
		f, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			panic(&syntaxError{t, "a number"})
		}
		return value(f)
	case name:
		if p.peek().kind == open {
			return call{t.text, p.args()}
		}
		return symbol(t.text)
	case open:
		n := p.expr(1)
		p.expect(closed)
		return n
	case operator:
		if t.text == "-" {
			return negated{p.expr(3)}
		}
		fallthrough
	default:
		panic(&syntaxError{t, "an operand"})
	}
}

func (p *parser) args() (list []node) {
	p.expect(open)
	for p.peek().kind != closed {
		list = append(list, p.expr(1))
		if p.peek().kind == comma {
			p.next()
		}
	}
	p.expect(closed)
	return list
}

func run(vars scope, lines ...string) (failed int) {
	for i, line := range lines {
		n, err := parse(line)
		var v float64
		if err == nil {
			v, err = n.eval(vars)
		}
		var bad *syntaxError
		switch {
		case errors.As(err, &bad):
			fmt.Printf("%d: %s\n%s^\n", i, line, strings.Repeat(" ", bad.at+3))
			failed++
		case errors.Is(err, errDivide), err != nil:
			fmt.Printf("%d: %v: %v\n", i, n, err)
			failed++
		default:
			fmt.Printf("%d: %v gives %.4g\n", i, n, v)
		}
	}
	return
}

func main() {
	tokens, err := scan("a1 + sqrt(4.5)")
	for _, t := range tokens {
		fmt.Print(t.kind, ":", t.text, "@", t.at, " ")
	}
	fmt.Println(err)
	_, err = scan("1 # 2")
	fmt.Println(err)
	var bad *syntaxError
	fmt.Println(errors.As(err, &bad), bad.at, bad.want)

	vars := scope{"x": 3}
	failed := run(vars, "1+2*3", "(1+2)*3", "2^3^2", "-2^2", "10-4-3", "7 % 4 * 2")
	fmt.Println("failed", failed)
	failed += run(vars, "y = x*2", "z = y = 2", "sqrt(x*x + 16)", "max(1, x, 2+half)")
	fmt.Println(vars["y"], len(vars))
	run(vars, "area = pi * x^2", "area / (x - 3)", "floor(area)", "count()", "max()", "sqrt(1,2)", "nope(1)", "q + 1")
	fmt.Fprintln(os.Stdout, "calls", calls)

	for _, text := range []string{"", "1 +", "(1", "1 2", "1..2", "* 3", "é"} {
		n, err := parse(text)
		fmt.Printf("%q %v %v\n", text, n, err)
	}

	var tree node = binary{'*', negated{value(2)}, call{"abs", []node{symbol("x")}}}
	fmt.Println(tree)
	v, err := tree.eval(vars)
	fmt.Println(v, err)
	inner := tree.(binary).left.(negated).node
	fmt.Printf("%T %v\n", inner, inner)
	depth := func(n node) int { return 0 }
	depth = func(n node) int {
		switch n := n.(type) {
		case binary:
			return 1 + max(depth(n.left), depth(n.right))
		case negated:
			return 1 + depth(n.node)
		case call:
			d := 0
			for _, a := range n.args {
				d = max(d, depth(a))
			}
			return 1 + d
		}
		return 1
	}
	fmt.Println(depth(tree))
	tree, err = parse("((1+(2+(3+4))))")
	fmt.Println(depth(tree), tree, err)

	operators['&'] = op{level: 2, apply: func(a, b float64) (float64, error) { return float64(int(a) & int(b)), nil }}
	functions["twice"] = one(func(f float64) float64 { return 2 * f })
	fmt.Println(operators['&'].apply(12, 10))
	failed += run(vars, "twice(twice(x))")
	constants["x"] = 1000
	delete(vars, "x")
	failed += run(vars, "x + 1")
	sum := 0.0
	for _, k := range []string{"y", "area", "gone"} {
		sum += math.Round(vars[k])
	}
	fmt.Println(failed, sum, calls, end, numKinds)
}
