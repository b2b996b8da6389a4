package lower

import (
	"go/token"
	"testing"

	"notebook"
)

// TestCheckerPanic breaks the type checker down: the cell has a problem then,
// and nothing else happens.
func TestCheckerPanic(t *testing.T) {
	note, _ := notebook.Parse("note.md", []byte("```go\nx := 1\n```\n"))
	c := &Cell{Cell: note.Cells[0], file: note.Name}
	c.typeErrors(func(token.Pos) int { return 0 }, func(func(error)) { panic("no tdecl") })
	if len(c.Problems) != 1 || c.Problems[0].Line != 2 || c.Problems[0].Message != "Go's type checker breaks down over this cell: no tdecl" {
		t.Errorf("problems are %+v", c.Problems)
	}
}

func TestReadable(t *testing.T) {
	tests := []struct{ msg, want string }{
		{"main.Pointǃ5 is no main.T", "Point is no T"},
		{`cannot use "main.x \" main.y" and main.T`, `cannot use "main.x \" main.y" and T`},
		{"cannot use `main.xǃ1` as main.Tǃ1", "cannot use `main.xǃ1` as T"},
		{`open " main.T`, `open " T`},
		{"no match\n\thave M()\n\t\twant M() int\n", "no match: have M(), want M() int"},
		{"cycle:\n\tA", "cycle: A"},
		{"first\nsecond", "first"},
		{"cannot use f() in argument to nbǃ.Show", "cannot use f()"},
	}
	for _, test := range tests {
		if got := Readable(test.msg); got != test.want {
			t.Errorf("Readable(%q) = %q, want %q", test.msg, got, test.want)
		}
	}
}
