package notebook_test

import (
	"strings"
	"testing"

	"notebook"
)

func TestTitle(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"---\ntitle: From the front\n---\n# Heading\n", "From the front"},
		{"## Second\n\n# The *first* `title`\n\n# Later\n", "The first title"},
		{"Setext\n===\n", "Setext"},
		{"## Only a second\n", ""},
		{"", ""},
	} {
		n, _ := notebook.Parse("note.md", []byte(test.src))
		if got := n.Title(); got != test.want {
			t.Errorf("%q: got %q, want %q", test.src, got, test.want)
		}
	}
}

func TestNormalize(t *testing.T) {
	for _, test := range []struct{ name, src, want, diagnostic string }{
		{"byte order mark", "\xEF\xBB\xBF# A\n", "# A\n", ""},
		{"line ends", "a\r\nb\rc\n\r\n", "a\nb\nc\n\n", ""},
		{"NUL", "a\x00b", "a\uFFFDb", ""},
		{"bad bytes", "ok\na\xffb\xfe", "ok\na\uFFFDb\uFFFD", "note.md:2:2: warning: not UTF-8: 2 bytes were replaced by \uFFFD\nhint: save the file as UTF-8"},
		{"half a character", "\xe4\xb8", "\uFFFD\uFFFD", "note.md:1:1: warning: not UTF-8: 2 bytes were replaced by \uFFFD\nhint: save the file as UTF-8"},
		{"empty", "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			n, diagnostics := notebook.Parse("note.md", []byte(test.src))
			if string(n.Source) != test.want {
				t.Errorf("got %q, want %q", n.Source, test.want)
			}
			got := ""
			for _, d := range diagnostics {
				got += d.String()
			}
			if got != test.diagnostic {
				t.Errorf("got %q, want %q", got, test.diagnostic)
			}
		})
	}
}

// TestParseKeepsNothing checks that the caller may reuse its buffer.
func TestParseKeepsNothing(t *testing.T) {
	src := []byte("# Title\n\n```go\nx := 1\n```\n")
	n, _ := notebook.Parse("note.md", src)
	for i := range src {
		src[i] = '#'
	}
	if n.Title() != "Title" || n.Cells[0].Code != "x := 1\n" || strings.Contains(string(n.Source), "##") {
		t.Error("the note changed with the buffer")
	}
}

func TestFenceLanguage(t *testing.T) {
	for info, want := range map[string]string{
		"":                       "",
		"python":                 "python",
		"  go  ignore":           "go",
		"{python}":               "python",
		"{.python .numberLines}": "python",
		"{ r, echo=FALSE }":      "r,",
		"go{1,3}":                "go",
		"{=html}":                "=html",
		"{":                      "",
		"c++ {#x}":               "c++",
	} {
		if got := notebook.FenceLanguage(info); got != want {
			t.Errorf("%q: got %q, want %q", info, got, want)
		}
	}
}

func TestPosition(t *testing.T) {
	n, _ := notebook.Parse("note.md", []byte("ab\n\ncd"))
	for offset, want := range map[int]string{-1: "1:1", 0: "1:1", 2: "1:3", 3: "2:1", 4: "3:1", 6: "3:3", 99: "3:3"} {
		if got := n.Position(offset).String(); got != want {
			t.Errorf("%d: got %s, want %s", offset, got, want)
		}
	}
	if got := (notebook.Position{}).String(); got != "" {
		t.Errorf("no position is %q", got)
	}
	if got := (notebook.Position{Line: 3}).String(); got != "3" {
		t.Errorf("a line is %q", got)
	}
}

func TestCellByLabel(t *testing.T) {
	n, _ := notebook.Parse("note.md", []byte("```go {#a}\n```\n```go\n```\n"))
	if n.Cell("a") != n.Cells[0] || n.Cell("cell-2") != n.Cells[1] || n.Cell("b") != nil {
		t.Error("wrong cells")
	}
}

// TestZeroNote checks that a note which Parse did not make is no trap.
func TestZeroNote(t *testing.T) {
	n := notebook.Note{Source: []byte("ab\ncd")}
	if got := n.Position(4).String(); got != "2:2" {
		t.Errorf("got %s", got)
	}
	if n.Title() != "" || n.Headings() != nil || n.Links() != nil {
		t.Error("an empty note has content")
	}
}
