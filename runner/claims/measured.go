package claims

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"

	"notebook"
)

// measured returns the predicate with values in place of names. Each side of a
// comparison that is computed has its result behind it:
//
//	0.412 / 0.021 = 19.6 > 5
//
// Numbers have three digits that count, or as many as it takes to see that two
// sides are not equal. Times have units: 412 ms < 1 s.
func (e *evaluation) measured() (string, error) {
	for _, digits := range []int{3, 6, allDigits} {
		w := &writer{evaluation: e, digits: digits, times: map[ast.Node]bool{}}
		r := &reader{scope: &e.scope, text: e.text, replace: w.value, count: w.part, time: w.time}
		tree, err := r.read(false)
		if err != nil {
			return "", err
		}
		text, err := w.node(e.tree.Node, tree.Node)
		if err != nil || !w.alike {
			return text, err
		}
	}
	return "", nil // not reached: different numbers have different digits
}

// allDigits stands for as many digits as tell a number from all others.
const allDigits = 0

// A writer writes a predicate with values. The tree that it evaluates and the
// one that it writes have the same form.
type writer struct {
	*evaluation
	digits  int
	written int               // parts
	times   map[ast.Node]bool // nodes that are nothing but a time
	alike   bool              // two sides look equal and are not
}

// value returns the node that a value is written as.
func (w *writer) value(d Datum, _ notebook.ValueKind) ast.Node {
	for i := range w.data {
		switch {
		case w.data[i] != d:
		case d.Function == "wall" || d.Function == "cpu":
			return w.time(number(w.values[i].V))
		default:
			return &ast.IdentifierNode{Value: format(w.values[i].V, w.digits)}
		}
	}
	return &ast.NilNode{} // not reached: the data come from the same text
}

// time returns the node that a time is written as.
func (w *writer) time(seconds float64) ast.Node {
	n := &ast.IdentifierNode{Value: formatTime(seconds, w.digits)}
	w.times[n] = true
	return n
}

// part returns the node that a part about several runs is written as.
func (w *writer) part(*part) ast.Node {
	w.written++
	return &ast.IdentifierNode{Value: w.parts[w.written-1].measured(w.counts[w.written-1])}
}

var comparisons = map[string]bool{"==": true, "!=": true, "<": true, "<=": true, ">": true, ">=": true}

var spoken = map[string]string{"&&": "and", "||": "or"}

// node writes n; run is the same node in the tree that is evaluated.
func (w *writer) node(run, n ast.Node) (string, error) {
	b, ok := n.(*ast.BinaryNode)
	if !ok {
		return n.String(), nil
	}
	evaluated := run.(*ast.BinaryNode)
	switch {
	case comparisons[b.Operator]:
		return w.comparison(evaluated, b)
	case b.Operator == "&&" || b.Operator == "||" || b.Operator == "and" || b.Operator == "or":
		left, err := w.node(evaluated.Left, b.Left)
		if err != nil {
			return left, err
		}
		right, err := w.node(evaluated.Right, b.Right)
		word := b.Operator
		if spoken[word] != "" {
			word = spoken[word]
		}
		return grouped(b.Left, left, word) + " " + word + " " + grouped(b.Right, right, word), err
	}
	return n.String(), nil
}

// grouped puts brackets around another mixture of and and or.
func grouped(n ast.Node, text, word string) string {
	b, ok := n.(*ast.BinaryNode)
	if !ok || comparisons[b.Operator] || b.Operator == word || spoken[b.Operator] == word || !strings.Contains(" && || and or ", " "+b.Operator+" ") {
		return text
	}
	return "(" + text + ")"
}

func (w *writer) comparison(run, b *ast.BinaryNode) (string, error) {
	write := format
	if w.times[b.Left] || w.times[b.Right] {
		write = timeOr
	}
	left, lv, err := w.side(run.Left, b.Left, write)
	if err != nil {
		return "", err
	}
	right, rv, err := w.side(run.Right, b.Right, write)
	if err != nil {
		return "", err
	}
	text := left + " " + b.Operator + " " + right
	if !isFinite(lv) || !isFinite(rv) {
		return text, ErrNotFinite
	}
	if l, r := write(lv, w.digits), write(rv, w.digits); l == r && number(lv) != number(rv) {
		w.alike = true
	}
	return text, nil
}

// side writes one side of a comparison and returns its value.
func (w *writer) side(run, n ast.Node, write func(any, int) string) (string, any, error) {
	v, err := w.of(run)
	if err != nil {
		return "", nil, err
	}
	switch n.(type) {
	case *ast.FloatNode:
		return write(v, allDigits), v, nil
	case *ast.IdentifierNode, *ast.IntegerNode:
		if _, isBool := v.(bool); !isBool {
			return write(v, w.digits), v, nil
		}
	}
	if isPlain(n) {
		return n.String(), v, nil
	}
	return n.String() + " = " + write(v, w.digits), v, nil
}

// timeOr writes a number as a time, and what is none as it is.
func timeOr(v any, digits int) string {
	switch v.(type) {
	case int, float64:
		return formatTime(number(v), digits)
	}
	return format(v, digits)
}

// isPlain reports whether a node shows its value itself.
func isPlain(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.IdentifierNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ArrayNode:
		return true
	case *ast.UnaryNode:
		return n.Operator == "-" && isPlain(n.Node)
	}
	return false
}

// number returns a value as a number, and 0 for what is none.
func number(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

// Format writes a value for a reader: numbers with three digits that count,
// long texts and lists cut.
func Format(v any) string {
	if s, ok := v.(string); ok {
		return cut(s, maxText)
	}
	return format(v, 3)
}

const (
	maxText = 60 // characters of a text
	maxList = 8  // elements of a list
)

func format(v any, digits int) string {
	switch v := v.(type) {
	case float64:
		return formatFloat(v, digits)
	case string:
		return strconv.Quote(cut(v, maxText))
	case []int:
		return formatList(v, digits)
	case []float64:
		return formatList(v, digits)
	case []string:
		return formatList(v, digits)
	case []bool:
		return formatList(v, digits)
	case []any:
		return formatList(v, digits)
	}
	return fmt.Sprint(v)
}

func formatList[T any](list []T, digits int) string {
	var parts []string
	for i, v := range list {
		if i == maxList {
			parts = append(parts, fmt.Sprintf("… %d more", len(list)-i))
			break
		}
		parts = append(parts, format(v, digits))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// formatFloat writes a number with so many digits that count; those before the
// point all count.
func formatFloat(f float64, digits int) string {
	size := math.Abs(f)
	if digits == allDigits {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	if size == 0 || math.IsInf(f, 0) || math.IsNaN(f) || size >= 1e15 || size < 1e-9 {
		return strconv.FormatFloat(f, 'g', digits, 64)
	}
	decimals := max(0, digits-1-int(math.Floor(math.Log10(size))))
	text := strconv.FormatFloat(f, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// cut cuts a text after so many characters.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit]) + "…"
}

// FormatTime writes a number of seconds as a time for a reader: "412 ms".
func FormatTime(v any) string { return formatTime(number(v), 3) }

// formatTime is [FormatTime] with so many digits that count.
func formatTime(seconds float64, digits int) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Second, "s"}, {time.Millisecond, "ms"}, {time.Microsecond, "µs"}, {time.Nanosecond, "ns"}} {
		if math.Abs(seconds) >= unit.size.Seconds()*0.9995 {
			return formatFloat(seconds*float64(time.Second/unit.size), digits) + " " + unit.name
		}
	}
	return formatFloat(seconds, digits) + " s"
}
