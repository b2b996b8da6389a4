package terminal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"notebook"
)

func TestConsoleSaysPlainLinesToAPipe(t *testing.T) {
	var out, err bytes.Buffer
	c := &Console{out: file{Writer: &out}, err: file{Writer: &err}}
	at := notebook.Position{Line: 4, Col: 2}
	c.Diagnostic(notebook.Diagnostic{File: "a.md", Position: at, Severity: notebook.Error, Message: "undefined: x", Hint: "declare x"})
	c.Diagnostic(notebook.Diagnostic{File: "a.md", Severity: notebook.Warning, Message: "dead link"})
	c.Error(hinted{errors.New("b.md: permission denied")})
	c.Error(errors.New("c.md: is a folder"))
	c.Detail("goroutine 7 [chan receive]:\n  worker  a.md:41\n")
	c.Success("a.md: 3 cells as expected")
	c.Failure("b.md: 1 of 3 cells failed")
	c.Activity("a.md 1/3")
	c.Watch()()
	if err := c.Result("a.html"); err != nil {
		t.Fatal(err)
	}
	want := `a.md:4:2: undefined: x
hint: declare x
a.md: warning: dead link
b.md: permission denied
hint: try harder
c.md: is a folder
  goroutine 7 [chan receive]:
    worker  a.md:41
a.md: 3 cells as expected
b.md: 1 of 3 cells failed
`
	if err.String() != want {
		t.Errorf("standard error:\n%s\nwant:\n%s", err.String(), want)
	}
	if out.String() != "a.html\n" {
		t.Errorf("standard output %q", out.String())
	}
}

type hinted struct{ error }

func (hinted) Hint() string { return "try harder" }

func TestNewKnowsAFileFromATerminal(t *testing.T) {
	plain, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = plain.Close() }()
	c := New(plain, plain, func(string) string { return "" })
	if c.Interactive() || bool(c.color) {
		t.Errorf("a file is taken for a terminal: %+v", c)
	}
}

func TestPrintable(t *testing.T) {
	tests := []struct{ text, want string }{
		{"plain, äöü, 世界, 🐢\tand\nlines", "plain, äöü, 世界, 🐢\tand\nlines"},
		{"\x1b[31mred\x1b]52;c;eA==\a", `\x1b[31mred\x1b]52;c;eA==\a`},
		{"a\rb\x00\x7f\u0085", `a\rb\x00\x7f\u0085`},
		{"evil\u202edm.a\u2066", `evil\u202edm.a\u2066`},
		{"bad \xff byte, real \ufffd", `bad \xff byte, real ` + "\ufffd"},
	}
	for _, test := range tests {
		if got := printable(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		text    string
		columns int
		want    string
	}{
		{"fan-out", 8, "fan-out"},
		{"fan-out", 7, "fan-ou…"},
		{"世界世界", 6, "世界…"},
		{"fan-out", -3, "…"},
		{"", 3, ""},
	}
	for _, test := range tests {
		if got := cut(test.text, test.columns); got != test.want {
			t.Errorf("cut(%q, %d) = %q, want %q", test.text, test.columns, got, test.want)
		}
	}
}
