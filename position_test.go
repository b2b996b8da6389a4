package notebook_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"notebook"
)

func TestNotePosition(t *testing.T) {
	for _, test := range []struct {
		name      string
		src       string
		line, col int // in the code
		want      notebook.Position
	}{
		{"top level", "```go\nx := 1\n```\n", 1, 3, notebook.Position{Line: 2, Col: 3}},
		{"below option lines", "```go\n//| title: x\n\na\nbc\n```\n", 2, 2, notebook.Position{Line: 5, Col: 2}},
		{"below front matter", "---\ntitle: x\n---\n```go\nx\n```\n", 1, 1, notebook.Position{Line: 5, Col: 1}},
		{"in a list", "- a\n\n  ```go\n  x\n    y\n  ```\n", 2, 3, notebook.Position{Line: 5, Col: 5}},
		{"in a list with tabs", "- a\n\n\t```go\n\tx\n\t\ty\n\t```\n", 2, 2, notebook.Position{Line: 5, Col: 3}},
		{"tab divided by the item", "- ```go\n\tx\n  ```\n", 1, 3, notebook.Position{Line: 2, Col: 2}},
		{"in a quote", "> ```go\n> x\n>y\n> ```\n", 2, 1, notebook.Position{Line: 3, Col: 2}},
		{"in a quote in a list", "1. > ```go\n   > xy\n", 1, 2, notebook.Position{Line: 2, Col: 7}},
		{"indented fence", "  ```go\n  x\n y\n  ```\n", 2, 1, notebook.Position{Line: 3, Col: 2}},
		{"CRLF and byte order mark", "\xEF\xBB\xBF```go\r\na\r\nb\r\n```\r\n", 2, 1, notebook.Position{Line: 3, Col: 1}},
		{"CR alone", "```go\ra\rb\r```\r", 2, 1, notebook.Position{Line: 3, Col: 1}},
		{"bytes count", "```go\nä := 1\n```\n", 1, 4, notebook.Position{Line: 2, Col: 4}},
		{"after a comment", "%%x\ny%%\n```go\nx\n```\n", 1, 1, notebook.Position{Line: 4, Col: 1}},
		{"line before the code", "```go\nx\n```\n", 0, 1, notebook.Position{Line: 2, Col: 1}},
		{"line behind the code", "```go\nx\ny\n```\n", 9, 1, notebook.Position{Line: 3, Col: 1}},
		{"no column", "```go\nx\n```\n", 1, 0, notebook.Position{Line: 2}},
		{"no code", "\n```go\n```\n", 1, 1, notebook.Position{Line: 2, Col: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			n, _ := notebook.Parse("note.md", []byte(test.src))
			if len(n.Cells) != 1 {
				t.Fatalf("%d cells", len(n.Cells))
			}
			if got := n.Cells[0].NotePosition(test.line, test.col); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// FuzzParse checks what must hold for every note.
func FuzzParse(f *testing.F) {
	for _, seed := range corpus(f) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n, diagnostics := notebook.Parse("note.md", src)
		if !utf8.Valid(n.Source) || bytes.ContainsAny(n.Source, "\r\x00") {
			t.Errorf("source is not normalized: %q", n.Source)
		}
		author := authorLines(src)
		for _, d := range diagnostics {
			checkDiagnostic(t, n, d, author)
		}
		checkIDs(t, n)
		checkTree(t, n)
		for _, c := range n.Cells {
			checkCell(t, c, author)
		}
		for _, link := range n.Links() {
			checkPlace(t, link.Position, author)
		}
		for _, c := range n.Claims {
			checkExpression(t, c.Expression, author)
		}
		for _, v := range n.Values {
			checkExpression(t, v.Expression, author)
		}
	})
}

// authorLines returns the lines of a note as its author counts them.
func authorLines(src []byte) []string {
	text := strings.TrimPrefix(string(src), "\xEF\xBB\xBF")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(text)
	var valid strings.Builder
	for _, r := range text { // one U+FFFD for each bad byte
		valid.WriteRune(r)
	}
	return strings.Split(valid.String(), "\n")
}

// checkExpression checks that every byte of an expression has a place.
func checkExpression(t *testing.T, e notebook.Expression, author []string) {
	t.Helper()
	for i := range len(e.Text) + 1 {
		checkPlace(t, e.At(i), author)
	}
}

func checkPlace(t *testing.T, p notebook.Position, author []string) {
	t.Helper()
	if p.Line < 1 || p.Line > len(author) || p.Col < 0 || p.Col > len(author[p.Line-1])+1 {
		t.Errorf("position %v is outside the note", p)
	}
}

// brokenExpression reports whether a claim or a value of the note is broken.
func brokenExpression(n *notebook.Note) bool {
	return slices.ContainsFunc(n.Claims, func(c *notebook.Claim) bool { return c.Broken }) ||
		slices.ContainsFunc(n.Values, func(v *notebook.InlineValue) bool { return v.Broken })
}

func checkDiagnostic(t *testing.T, n *notebook.Note, d notebook.Diagnostic, author []string) {
	t.Helper()
	checkPlace(t, d.Position, author)
	if d.File != "note.md" || d.Message == "" || strings.Contains(d.Message, "\n") {
		t.Errorf("bad diagnostic %+v", d)
	}
	if d.Severity == notebook.Error && !n.Broken && (d.Cell == "" || !n.Cell(d.Cell).Broken) && !brokenExpression(n) {
		t.Errorf("nothing is broken by %v", d)
	}
}

// checkIDs checks that cells and headings share one id space.
func checkIDs(t *testing.T, n *notebook.Note) {
	t.Helper()
	seen := map[string]bool{}
	for i, c := range n.Cells {
		if c.Index != i+1 {
			t.Errorf("cell %d has index %d", i+1, c.Index)
		}
		if c.Label == "" || seen[c.Label] {
			t.Errorf("bad label %q", c.Label)
		}
		seen[c.Label] = true
	}
	for _, h := range n.Headings() {
		if h.ID == "" || seen[h.ID] {
			t.Errorf("bad id %q of heading %q", h.ID, h.Text)
		}
		seen[h.ID] = true
	}
}

// checkTree checks that each cell stands in the tree once.
func checkTree(t *testing.T, n *notebook.Note) {
	t.Helper()
	inTree := map[*notebook.Cell]int{}
	_ = ast.Walk(n.Tree, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if cell, ok := node.(*notebook.CellNode); ok && entering {
			inTree[cell.Cell]++
		}
		return ast.WalkContinue, nil
	})
	if len(inTree) != len(n.Cells) {
		t.Errorf("%d cells, %d of them in the tree", len(n.Cells), len(inTree))
	}
	for _, c := range n.Cells {
		if inTree[c] != 1 {
			t.Errorf("%s stands in the tree %d times", c.Label, inTree[c])
		}
	}
}

// checkCell checks that each line of the code is found at its place in the note.
func checkCell(t *testing.T, c *notebook.Cell, author []string) {
	t.Helper()
	checkPlace(t, c.Fence, author)
	if fence := author[c.Fence.Line-1][c.Fence.Col-1:]; !strings.HasPrefix(fence, "```") && !strings.HasPrefix(fence, "~~~") {
		t.Errorf("%s: no fence at %v: %q", c.Label, c.Fence, fence)
	}
	lines := strings.Split(strings.TrimSuffix(c.Code, "\n"), "\n")
	if c.Code != "" && c.EndLine-c.Line+1 != len(lines) {
		t.Errorf("%s: %d lines of code in lines %d to %d", c.Label, len(lines), c.Line, c.EndLine)
	}
	for i, line := range lines {
		text := strings.TrimLeft(line, " \t")
		p := c.NotePosition(i+1, len(line)-len(text)+1)
		if text == "" {
			continue
		}
		checkPlace(t, p, author)
		if got := author[p.Line-1][p.Col-1:]; got != text {
			t.Errorf("%s: at %v is %q, not %q", c.Label, p, got, text)
		}
	}
	if c.Check != nil {
		checkPlace(t, c.Check.Position, author)
	}
	if code := c.CodeWithoutCheck(); len(code) > len(c.Code) {
		t.Errorf("%s: code without check is longer: %q", c.Label, code)
	}
}
