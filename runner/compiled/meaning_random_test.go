package compiled_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestRandomSessions writes sessions that define the same few names again and
// again, as variables, functions, constants and types, and compares them with
// programs of nested blocks.
func TestRandomSessions(t *testing.T) { checkRandom(t, 1, 12) }

// checkRandom runs n sessions of a seed in one note.
func checkRandom(t *testing.T, seed uint64, n int) {
	var examples []example
	for i := range n {
		e := newWriter(rand.New(rand.NewPCG(seed, uint64(i)))).session(10)
		e.name = fmt.Sprintf("seed %d, session %d", seed, i)
		examples = append(examples, e)
	}
	plain := runPrograms(t, plainFiles(examples))
	cells := runNotes(t, examples)
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			compareMeaning(t, plain[e.name], cells[e.name])
			if t.Failed() {
				t.Logf("the cells:\n%s\nthe program:\n%s", e.note, e.plain)
			}
		})
	}
}

// A writer writes a session and the same as nested blocks.
type writer struct {
	r           *rand.Rand
	note, plain strings.Builder
	types       map[string]string // of the names that are in scope
	own         map[string]bool   // declared in this cell
	used        map[string]bool   // named in this cell so far
	bound       map[string]bool   // named by a function of this cell
}

// names are the names that sessions define; the last ones hold functions.
var names = []string{"a", "b", "c", "d", "f", "g"}

const values = 4 // how many names hold values

func newWriter(r *rand.Rand) *writer { return &writer{r: r, types: map[string]string{}} }

// session writes n cells after one that defines every name.
func (w *writer) session(n int) example {
	w.cell(func() {
		for i, name := range names {
			if i < values {
				w.define(name)
			} else {
				w.function(name)
			}
		}
	})
	for range n {
		w.cell(func() {
			for range 2 + w.r.IntN(6) {
				w.statement()
			}
		})
	}
	w.cell(w.print)
	main := w.plain.String() + strings.Repeat("}\n", n+2)
	return example{note: w.note.String(), plain: "package main\n\nimport \"fmt\"\n\nfunc main() {\n" + main + "}\n"}
}

func (w *writer) cell(body func()) {
	w.own, w.used, w.bound = map[string]bool{}, map[string]bool{}, map[string]bool{}
	w.note.WriteString("```go\n")
	w.plain.WriteString("{\n")
	body()
	w.note.WriteString("```\n\n")
}

// line writes a line of both.
func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(&w.note, format+"\n", args...)
	fmt.Fprintf(&w.plain, format+"\n", args...)
}

func (w *writer) statement() {
	name := names[w.r.IntN(values)]
	switch w.r.IntN(10) {
	case 0, 1, 2:
		w.define(name)
	case 3:
		w.assign(name)
	case 4:
		w.defineTwo()
	case 5:
		w.function(names[values+w.r.IntN(len(names)-values)])
	case 6:
		w.declaration(name)
	case 7:
		w.block(name)
	default:
		w.print()
	}
}

// free reports whether the cell may still define a name: it has not, and no
// function of the cell means what the name stands for here.
func (w *writer) free(name string) bool { return !w.own[name] && !w.bound[name] }

var kinds = []string{"int", "string", "[]string", "map[string]int", "*string", "func() string", "struct{ v string }"}

// expr writes an expression of a type, of the names in scope.
func (w *writer) expr(kind string) string {
	text := fmt.Sprintf("fmt.Sprint(%s)", w.operands(kind == "func() string"))
	switch kind {
	case "int":
		return "len(" + text + ")"
	case "string":
		return text
	case "*string":
		return "func() *string { s := " + text + "; return &s }()"
	case "func() string":
		return "func() string { return " + text + " }"
	}
	if i := strings.Index(kind, "string"); strings.HasPrefix(kind, "map") && i > 0 {
		return kind + "{" + text + ": 1}"
	}
	return kind + "{" + text + "}"
}

// operands writes a list of what can be printed of the names in scope. The body
// of a function calls no variable, which may be set to a function that calls it.
func (w *writer) operands(inBody bool) string {
	var list []string
	for i, name := range names {
		isCall := i < values && w.types[name] == "func() string"
		if w.types[name] == "" || w.r.IntN(2) == 0 || inBody && isCall {
			continue
		}
		w.used[name] = true
		switch {
		case w.types[name] == "*string":
			name = "*" + name
		case w.types[name] == "func() string":
			name = "len(" + name + "())"
		}
		list = append(list, name)
	}
	return strings.Join(append(list, fmt.Sprint(w.r.IntN(10))), ", ")
}

// define defines a variable in one of the ways to do so.
func (w *writer) define(name string) {
	if !w.free(name) {
		return
	}
	kind := kinds[w.r.IntN(len(kinds))]
	value := w.expr(kind)
	switch w.r.IntN(4) {
	case 0:
		w.line("var %s %s = %s", name, kind, value)
	case 1:
		w.line("var %s = %s", name, value)
	case 2:
		if kind == "int" || kind == "string" {
			w.line("var %s %s", name, kind)
			break
		}
		fallthrough
	default:
		w.line("%s := %s", name, value)
	}
	w.declared(name, kind)
}

func (w *writer) declared(name, kind string) {
	w.types[name], w.own[name], w.used[name] = kind, true, true
	fmt.Fprintf(&w.plain, "_ = %s\n", name)
}

// defineTwo defines two variables at once, one of which the cell may have.
func (w *writer) defineTwo() {
	i := w.r.IntN(values - 1)
	one, two := names[i], names[i+1]
	if w.bound[one] || w.bound[two] || w.own[one] && w.own[two] {
		return
	}
	var types [2]string
	for i, name := range []string{one, two} {
		types[i] = kinds[w.r.IntN(len(kinds))]
		if w.own[name] {
			types[i] = w.types[name]
		}
	}
	if slices.Contains(types[:], "constant") || slices.Contains(types[:], "type") {
		return
	}
	w.line("%s, %s := %s, %s", one, two, w.expr(types[0]), w.expr(types[1]))
	w.declared(one, types[0])
	w.declared(two, types[1])
}

func (w *writer) assign(name string) {
	if kind := w.types[name]; kind != "constant" {
		w.line("%s = %s", name, w.expr(kind))
		w.used[name] = true
	}
}

// function defines a function: as a declaration in the session where nothing
// in the cell has named it yet, else as a variable.
func (w *writer) function(name string) {
	if !w.free(name) {
		return
	}
	before := w.used
	w.used = map[string]bool{}
	w.types[name] = "" // it does not call itself
	body := fmt.Sprintf("return fmt.Sprint(%s)", w.operands(true))
	if v := names[w.r.IntN(values)]; w.types[v] == "int" {
		body = v + "++; " + body
		w.used[v] = true
	}
	fmt.Fprintf(&w.plain, "%s := func() string { %s }\n", name, body)
	if before[name] {
		fmt.Fprintf(&w.note, "%s := func() string { %s }\n", name, body)
	} else {
		fmt.Fprintf(&w.note, "func %s() string { %s }\n", name, body)
		for v := range w.used {
			w.bound[v] = true
		}
	}
	for v := range before {
		w.used[v] = true
	}
	w.declared(name, "func() string")
}

// declaration defines a name as a constant where nothing in the cell has named
// it yet: a declaration is seen by the whole cell.
func (w *writer) declaration(name string) {
	if !w.free(name) || w.used[name] {
		return
	}
	w.line("const %s = %q", name, fmt.Sprint("constant ", w.r.IntN(10)))
	w.declared(name, "constant")
}

// block writes an inner block that hides a name and changes others.
func (w *writer) block(name string) {
	outer := w.types[name]
	if outer == "constant" || w.bound[name] {
		return
	}
	other := names[w.r.IntN(values)]
	switch w.r.IntN(3) {
	case 0:
		w.line("if %s := %s; len(%s) > 1 {", name, w.expr("string"), name)
	case 1:
		w.line("for %s := range 2 {", name)
	default:
		w.line("{\n%s := %s", name, w.expr("string"))
	}
	w.line("_ = %s", name)
	w.types[name] = "string"
	w.print()
	if other != name {
		w.assign(other)
	}
	w.line("}")
	w.types[name] = outer
}

func (w *writer) print() { w.line("fmt.Println(%s)", w.operands(false)) }
