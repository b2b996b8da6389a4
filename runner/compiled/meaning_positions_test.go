package compiled_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"notebook"
)

// here marks a place in the code of a test; the note does not hold it.
const here = "«"

// A placed is what must be reported at the marked place of a cell.
type placed struct {
	name    string
	code    string // "---" begins the next cell
	problem string // a part of its message; HERE stands for the line
}

// before stands at the beginning of the note: names that the cells use and
// that have a number in the generated source.
const before = `
xs := []int{0}
value := "old"
type Box struct{ n *int }
func fail(n int) int { return n / (n - n) }
---
xs := []int{1, 2}
value := len(xs)
type Box struct{ v *int }
func (b Box) Get() int { return *b.v }
func fail(n int) int { return n % (n - n) }
func share() int { return xs[0] + value }
`

var compileErrors = []placed{
	{"first", `«undefinedHere`, "undefined: undefinedHere"},
	{"after edits", `fmt.Println(value, xs[value-1], «undefinedHere)`, "undefined: undefinedHere"},
	{"after a declaration", `a, b := xs[0], value; fmt.Println(a, b, value, «undefinedHere)`, "undefined: undefinedHere"},
	{"after a tab", "if value > 0 {\n\tfmt.Println(value,\txs, «bad)\n}", "undefined: bad"},
	{"after wide letters", `fmt.Println("größe 漢", value, «bad)`, "undefined: bad"},
	{"after a raw string", "s := `\n\n`; fmt.Println(s, value, «bad)", "undefined: bad"},
	{"in a function", "func unusedInside() {\n\tif value > 0 {\n\t\t«x := xs\n\t}\n}", "declared and not used: x"},
	{"in a method", "type Crate struct{ Box }\nfunc (c Crate) Other() string { return «c.v }", "cannot use c.v"},
	{"in a type", "type Wrong struct {\n\tBox\n\tf «Missing\n}", "undefined: Missing"},
	{"in a var group", "var (\n\tone = value\n\ttwo string = «one\n)\nfunc useOne() int { return one }", "cannot use one"},
	{"in an import", "import (\n\t\"fmt\"\n\t«\"no/such/package\"\n)", "package no/such/package"},
	{"in the last expression", "_ = value\n«value + \"s\"", "mismatched types"},
	{"in an expression list", "value, xs, «bad", "undefined: bad"},
	{"a stray brace", "x := value\n«}", "unexpected }"},
	{"in a header", "for i := 0; i < value; i++ {\n}\nfor i := range «bad {\n\t_ = i\n}", "undefined: bad"},
	{"an unnameable type", "order := binary.BigEndian\n_ = order\n---\nfmt.Println(value, «order)", "order cannot be used outside"},
	{"a method of an earlier type", "func (b Box) «Get() int { return 0 }", "method Box.Get is defined in an earlier cell"},
	{"an unused label", "x := value\n«L:\n\tfor range x {\n\t}", "label L"},
	{"a missing return", "func noReturn() int {\n\tif value > 0 {\n\t\treturn 1\n\t}\n«}", "missing return"},
	{"a duplicate case", "switch value {\ncase 1, «1:\n}", "duplicate case"},
}

var panics = []placed{
	{"in the cell", "a := value\n_ = a\n«panic(\"own\")", "own"},
	{"after edits", "fmt.Print(value, xs)\nfmt.Print(value,\n\txs[value-1], «xs[value+5])", "runtime error: index out of range"},
	{"on one line", "a := value; fmt.Print(a); «_ = xs[a+5]", "runtime error: index out of range"},
	{"in the last expression", "a := value\n«xs[a+9]", "runtime error: index out of range"},
	{"in an expression list", "value,\n\txs, «xs[value*9]", "runtime error: index out of range"},
	{"in a function of this cell", "func boom(i int) int {\n\tfmt.Print(value)\n\treturn «xs[i]\n}\nx := boom(77)", "runtime error: index out of range"},
	{"in a function of an earlier cell", "func half(n int) int {\n\n\treturn value / «n\n}\n---\nfmt.Print(half(value - len(xs)))", "runtime error: integer divide"},
	{"in a shared variable", "var late = value\nvar much =\n\t«xs[late+100]\n---\nfmt.Print(late, much)", "runtime error: index out of range"},
	{"in a method", "type Box struct{ v *int }\nfunc (b Box) Get() int { return *b.v }\nfunc (b Box) Deep() int {\n\t// a comment\n\treturn b.Get() + fail(value)\n}\nfunc fail(n int) int {\n\t«panic(\"deep\")\n}\n_ = Box{&value}.Deep()", "deep"},
	{"in a closure", "f := func() {\n\tg := func() { «panic(value) }\n\tg()\n}\nf()", "2"},
	{"in a generic function", "func at[T any](ts []T, i int) T {\n\treturn «ts[i]\n}\n_ = at(xs, value*3)", "runtime error: index out of range"},
	{"in an iteration", "for x := range slices.Values(xs) {\n\tif x > 1 {\n\t\t«panic(fmt.Sprint(\"x\", x))\n\t}\n}", "x2"},
	{"in a deferred call", "defer func() {\n\n\t«panic(fmt.Sprint(value, \"late\"))\n}()\nvalue++", "late"},
	{"in init", "func init() {\n\tfmt.Print(value)\n\t«panic(\"in init\")\n}", "in init"},
	{"in main", "func main() {\n\t«_ = *Box{}.v\n}", "runtime error: invalid memory address"},
	{"below a raw string", "text := `\n\n` + fmt.Sprint(value) + `\n`\nfmt.Print(text)\n«panic(text)", "\n\n"},
	{"told by runtime.Caller", "text := `\n` + fmt.Sprint(value)\n_, file, line, _ := runtime.Caller(0); fmt.Print(value, text); «panic(fmt.Sprint(file, \":\", line, value))", "HERE"},
	{"told by a stack", "func stack(n int) string {\n\tif n > 0 {\n\t\treturn stack(n-1)\n\t}\n\treturn string(debug.Stack())\n}\nif value > 0 {\n\n\t«panic(stack(value))\n}", "HERE"},
	{"told by a log", "var text strings.Builder\nlogger := log.New(&text, \"\", log.Lshortfile)\nlogger.Print(value); «panic(text.String())", "HERE"},
	{"an error", "«panic(fmt.Errorf(\"wrapped: %w\", io.EOF))", "wrapped: EOF"},
}

var goroutinePanics = []placed{
	{"in a literal", "done := make(chan int)\ngo func() {\n\tfmt.Print(value)\n\t«panic(\"went wrong\")\n}()\n<-done", "went wrong"},
	{"in a function", "func work(in chan int) {\n\tfor n := range in {\n\t\tfmt.Print(value / «(n - n))\n\t}\n}\n---\nin := make(chan int)\ngo work(in)\nin <- value\nin <- value", "runtime error: integer divide"},
	{"a nil map", "var m map[string]int\nvar wg sync.WaitGroup\nwg.Go(func() { fmt.Print(value); «m[\"a\"] = value })\nwg.Wait()", "assignment to entry in nil map"},
}

// wrappings are the prefixes of the lines of a cell and what stands above it.
var wrappings = []struct{ name, above, prefix string }{
	{"at the margin", "", ""},
	{"in a list", "- an item\n\n", "  "},
	{"in an inner list", "1. one\n   - two\n\n", "     "},
	{"behind a tab", "-\tan item\n\n", "\t"},
	{"in a quote", "> text\n>\n", "> "},
}

// A placedNote is a note in the making and what must be reported where.
type placedNote struct {
	text  strings.Builder
	cells int
	wants []wanted
}

type wanted struct {
	placed
	name      string
	from, to  int // numbers of its first and last cell
	line, col int
}

// add adds the cells of a test to the note.
func (n *placedNote) add(p placed, wrapping int) {
	w := wrappings[wrapping]
	want := wanted{placed: p, name: p.name + "/" + w.name, from: n.cells + 1}
	for code := range strings.SplitSeq(p.code, "---\n") {
		n.cells++
		n.text.WriteString(w.above)
		n.text.WriteString(w.prefix + "```go\n")
		for line := range strings.SplitSeq(strings.TrimRight(code, "\n"), "\n") {
			at, rest, marked := strings.Cut(line, here)
			if marked {
				want.line, want.col = strings.Count(n.text.String(), "\n")+1, len(w.prefix+at)+1
			}
			n.text.WriteString(strings.TrimRight(w.prefix+at+rest, " ") + "\n")
		}
		n.text.WriteString(w.prefix + "```\n\n<!-- -->\n\n")
	}
	want.to = n.cells
	if want.line > 0 {
		n.wants = append(n.wants, want)
	}
}

// run runs the note and returns the errors of each cell.
func (n *placedNote) run(t *testing.T, files map[string]string) map[string][]notebook.Problem {
	t.Helper()
	note := parseSession(t, n.text.String())
	if len(note.Cells) != n.cells {
		t.Fatalf("%d cells, want %d:\n%s", len(note.Cells), n.cells, n.text.String())
	}
	problems := map[string][]notebook.Problem{}
	runSession(t, note, files, func(e notebook.Event) {
		if p, ok := e.Body.(notebook.Problem); ok && p.Severity == notebook.Error {
			problems[e.Cell] = append(problems[e.Cell], p)
		}
	})
	return problems
}

// check compares the problems of a run with those that the note wants.
func (n *placedNote) check(t *testing.T, problems map[string][]notebook.Problem) {
	t.Helper()
	for _, w := range n.wants {
		t.Run(w.name, func(t *testing.T) { w.check(t, problems) })
	}
}

// check compares the errors of a test's cells with the one it wants. A column
// is compared where the error has one.
func (w wanted) check(t *testing.T, problems map[string][]notebook.Problem) {
	t.Helper()
	var got []notebook.Problem
	for i := w.from; i <= w.to; i++ {
		got = append(got, problems[fmt.Sprintf("cell-%d", i)]...)
	}
	if len(got) == 0 {
		t.Fatalf("no problem, want %s", w.problem)
	}
	p := got[0]
	if p.File != "note.md" || p.Line != w.line || cmp.Or(p.Col, w.col) != w.col {
		t.Errorf("%s:%d:%d: %s; want it at %d:%d", p.File, p.Line, p.Col, p.Message, w.line, w.col)
	}
	here := fmt.Sprintf("note.md:%d", w.line)
	if want := strings.ReplaceAll(w.problem, "HERE", here); !strings.Contains(p.Message, want) {
		t.Errorf("message %q, want %q in it", p.Message, want)
	}
	if p.Trace != "" && !strings.Contains(p.Trace, here) {
		t.Errorf("want %s in the trace:\n%s", here, p.Trace)
	}
	if strings.Contains(p.Message+p.Hint+p.Trace, "ǃ") {
		t.Errorf("a generated name reaches the reader: %+v", p)
	}
}

// TestPositions checks that compile errors and panics are reported at the right
// line of the note, errors at the right column, whatever was edited on the line
// and wherever the cell stands.
func TestPositions(t *testing.T) {
	var n placedNote
	n.add(placed{code: strings.TrimSpace(before)}, 0)
	for _, group := range [][]placed{compileErrors, panics, goroutinePanics} {
		for i, p := range group {
			n.add(p, 0)
			n.add(p, 1+i%(len(wrappings)-1))
		}
	}
	n.check(t, n.run(t, nil))
}

// TestCompilerPositions checks the places of errors that only the compiler
// finds, in the generated source: here for a language older than the cells.
func TestCompilerPositions(t *testing.T) {
	var n placedNote
	n.add(placed{code: strings.TrimSpace(before)}, 0)
	for i := range wrappings {
		n.add(placed{"range over an integer", "fmt.Println(value, xs, share())\nfor i := range «value { fmt.Println(i, value, xs[i]) }", "cannot range over"}, i)
		n.add(placed{"behind edits", "fmt.Println(value); xs[value-1], value = value, xs[0]; for range «value {\n}", "cannot range over"}, i)
	}
	n.check(t, n.run(t, map[string]string{"go.mod": "module old\n\ngo 1.21\n"}))
}
