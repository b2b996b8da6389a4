package notebook_test

import (
	"fmt"
	"strings"
	"testing"

	"notebook"
)

// TestLimits checks that text which takes quadratic time to parse is refused
// before it is parsed, and that less of it is not.
func TestLimits(t *testing.T) {
	repeat := strings.Repeat
	lines := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format+"\n", i)
		}
		return b.String()
	}
	table := func(columns, rows int) string {
		return repeat("|a", columns) + "\n" + repeat("|-", columns) + "\n" + repeat("|\n", rows)
	}
	var steps strings.Builder
	for i := range 120 {
		steps.WriteString(repeat("  ", i) + "- a\n")
	}
	for _, test := range []struct {
		name     string
		over     string
		message  string
		under    string
		position notebook.Position
	}{
		{"quotes", repeat(">", 64<<10), "100 deep", repeat("> ", 90) + "a", notebook.Position{Line: 1, Col: 1}},
		{"items", "a\n\n" + repeat("* ", 32<<10), "100 deep", repeat("* ", 90) + "a", notebook.Position{Line: 3, Col: 1}},
		{"numbers", repeat("1. ", 32<<10), "100 deep", repeat("1. ", 90) + "a", notebook.Position{Line: 1, Col: 1}},
		{"mixed", repeat("> - 1. [^a]: ", 8<<10), "100 deep", repeat("> - 1. ", 30) + "a", notebook.Position{Line: 1, Col: 1}},
		{"indented items", steps.String(), "100 deep", steps.String()[:90*100], notebook.Position{Line: 101, Col: 1}},
		{"deep and long", repeat("- ", 90) + "a\n" + repeat("\n", 100_000), "too deeply", repeat("- ", 90) + "a\n" + repeat("\n", 1_000), notebook.Position{Line: 9085, Col: 1}},
		{"links", repeat("[a](", 16<<10), "closing parenthesis", repeat("[a](", 900), notebook.Position{Line: 1, Col: 1}},
		{"links with angles", repeat("[a](<b", 64<<10), "closing parenthesis", repeat("[a](<b", 900), notebook.Position{Line: 1, Col: 1}},
		{"images", repeat("![a](", 16<<10), "closing parenthesis", repeat("![a](b) ", 16<<10), notebook.Position{Line: 1, Col: 1}},
		{"brackets", repeat("[", 64<<10) + repeat("]", 64<<10), "brackets", repeat("[", 64<<10) + repeat("]", 100), notebook.Position{Line: 1, Col: 1}},
		{"lines with brackets", lines(20_000, "[%d]: x"), "brackets", lines(2_000, "[%d]: x"), notebook.Position{Line: 1, Col: 1}},
		{"tables", table(180, 32<<10), "100,000 cells", table(180, 500), notebook.Position{Line: 557, Col: 1}},
		{"many tables", repeat(table(50, 100)+"\n", 30), "100,000 cells", repeat(table(50, 100)+"\n", 15), notebook.Position{Line: 2040, Col: 1}},
		{"pipes in code", "|a|\n|-|\n" + repeat("|`\\|`|\n", 5_000), "in code", "|a|\n|-|\n" + repeat("|`\\|`|\n", 1_000), notebook.Position{Line: 2003, Col: 1}},
		{"emphasis", "a\n\n" + repeat("*a_ ", 16<<10), "5,000 emphasis", repeat("*a* ", 2_000), notebook.Position{Line: 3, Col: 1}},
		{"references", "[a]: " + repeat("b", 32<<10) + "\n\n" + repeat("c [a]\n", 1_000), "1 MB of targets", "[a]: " + repeat("b", 1<<10) + "\n\n" + repeat("[a]\n", 1_000), notebook.Position{Line: 36, Col: 3}},
		{"footnotes", lines(20_000, "[^%d]: x\n") + lines(20_000, "[^%d]"), "brackets", lines(500, "[^%d]: x\n") + lines(500, "[^%d]"), notebook.Position{Line: 19987, Col: 1}},
		{"cells", repeat("```go\n```\n", 10_001), "10,000 cells", repeat("```go\n```\n", 1_000), notebook.Position{Line: 20_001, Col: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			n, diagnostics := notebook.Parse("note.md", []byte(test.over))
			checkRefused(t, n, diagnostics, test.message)
			if got := diagnostics[0].Position; got != test.position {
				t.Errorf("at %v, want %v", got, test.position)
			}
			if string(n.Source) != test.over {
				t.Error("the source is not kept")
			}
			n, _ = notebook.Parse("note.md", []byte(test.under))
			if n.Broken || n.Tree.FirstChild() == nil {
				t.Error("less of it is refused too")
			}
		})
	}
}

// TestLimitsInCode checks that code may hold anything.
func TestLimitsInCode(t *testing.T) {
	for _, line := range []string{strings.Repeat(">", 1_000), strings.Repeat("[a](", 5_000), strings.Repeat("- ", 500)} {
		n, diagnostics := notebook.Parse("note.md", []byte("```text\n"+line+"\n```\n"))
		if n.Broken || len(diagnostics) > 0 {
			t.Errorf("%.10s: %v", line, diagnostics)
		}
	}
}

func TestMaxSize(t *testing.T) {
	n, diagnostics := notebook.Parse("note.md", make([]byte, notebook.MaxSize+1))
	checkRefused(t, n, diagnostics, "the note has 16 MB; notes of up to 16 MB can be read")
}

func TestLimitOfYAML(t *testing.T) {
	long := strings.Repeat("# comment\n", 7_000)
	n, diagnostics := notebook.Parse("note.md", []byte("---\ntitle: x\n"+long+"---\n"))
	if !n.Broken || len(diagnostics) != 1 || !strings.Contains(diagnostics[0].Message, "64 KB") {
		t.Errorf("front matter: %v", diagnostics)
	}
	n, diagnostics = notebook.Parse("note.md", []byte("```go\n//| title: x\n"+strings.ReplaceAll(long, "#", "//| #")+"```\n"))
	if !n.Cells[0].Broken || len(diagnostics) != 1 || !strings.Contains(diagnostics[0].Message, "64 KB") {
		t.Errorf("option lines: %v", diagnostics)
	}
}

// TestManyWarnings checks that warnings are cut, but never errors.
func TestManyWarnings(t *testing.T) {
	src := strings.Repeat("> [!nothing]\n\n", 3_000) + "```go {#1}\n```\n"
	_, diagnostics := notebook.Parse("note.md", []byte(src))
	if len(diagnostics) != 1_001 || diagnostics[1_000].Severity != notebook.Error {
		t.Errorf("%d diagnostics, the last is %v", len(diagnostics), diagnostics[len(diagnostics)-1])
	}
}

func checkRefused(t *testing.T, n *notebook.Note, diagnostics []notebook.Diagnostic, message string) {
	t.Helper()
	if len(diagnostics) == 0 || diagnostics[0].Severity != notebook.Error || !strings.Contains(diagnostics[0].Message, message) {
		t.Fatalf("got %.500v, want an error with %q", diagnostics, message)
	}
	if !n.Broken || len(n.Cells) > 0 || n.Tree == nil || n.Tree.FirstChild() != nil {
		t.Error("the note has content")
	}
}
