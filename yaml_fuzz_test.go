package notebook_test

import (
	"strings"
	"testing"

	"notebook"
)

// FuzzOptions checks what must hold for everything that may be written where
// options are expected: on the fence and in option lines.
func FuzzOptions(f *testing.F) {
	f.Add("{#a isolate timeout=5s title=\"b\"}", "label: c\nmark: [1, 2-3]\nexpect: panic \"x\"")
	f.Add("{.go}", "env:\n  A: b\nargs: [a, \"b c\"]\nstdin: |\n  a\n  b")
	f.Fuzz(func(t *testing.T, attributes, lines string) {
		src := "```go " + attributes + "\n//| " + strings.ReplaceAll(lines, "\n", "\n//| ") + "\nx := 1\n```\n"
		checkParsed(t, []byte(src))
	})
}

// FuzzFrontMatter checks what must hold for everything that may be written
// between the two lines of the front matter.
func FuzzFrontMatter(f *testing.F) {
	f.Add("title: a\ntags: [b, c]\nexecute:\n  timeout: 5s\n  engine: yaegi")
	f.Add("a: &a [b]\nc: [*a, *a]\n? d\n: !!binary e")
	f.Fuzz(func(t *testing.T, yaml string) {
		checkParsed(t, []byte("---\n"+yaml+"\n---\n\n# Text\n\n```go\nx := 1\n```\n"))
	})
}

// checkParsed checks a note of any text. What is said about it is bounded by
// its size.
func checkParsed(t *testing.T, src []byte) {
	t.Helper()
	n, diagnostics := notebook.Parse("note.md", src)
	author := authorLines(src)
	said := 0
	for _, d := range diagnostics {
		checkDiagnostic(t, n, d, author)
		said += len(d.Message) + len(d.Hint)
	}
	if most := 10_000 + 100*len(src); said > most {
		t.Errorf("%d bytes of messages about %d bytes", said, len(src))
	}
	for _, c := range n.Cells {
		checkCell(t, c, author)
	}
}
