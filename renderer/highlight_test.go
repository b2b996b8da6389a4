package renderer

import (
	"strings"
	"testing"

	"notebook/renderer/internal/format"
)

func TestHighlight(t *testing.T) {
	tests := []struct{ name, lang, in, want string }{
		{"go", "go", "for i := range 3 { // n\n\tf(\"x\", true)\n}", "[k for] i := [k range] [m 3] { [c // n]\n\t[f f]([s \"x\"], [m true])\n}"},
		{"keywords join over blanks", "go", "go func() {}()", "[k go func]() {}()"},
		{"tokens end with their line", "go", "x := `a\nb`", "x := [s `a]\n[s b`]"},
		{"types", "go", "var p []string", "[k var] p [][t string]"},
		{"python", "python", "def f(): # x\n    return None", "[k def] [f f](): [c # x]\n    [k return] [m None]"},
		{"alias", "sh", "echo hi", "[f echo] hi"},
		{"upper case", "JSON", `{"a": 1}`, `{[k "a"]: [m 1]}`},
		{"unknown", "klingon", "if x { y }", "if x { y }"},
		{"none", "", "for", "for"},
		{"empty", "go", "", ""},
		{"line ends at the end", "go", "x\n\n\n", "x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := marked(newColors().highlight(test.lang, test.in)); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// Colors end with their budget, on all listings of a page together.
func TestColorsEnd(t *testing.T) {
	for lang, line := range map[string]string{"go": "if x { return }\n", "python": "if x: return 1\n\n"} {
		c := newColors()
		code := strings.Repeat(line, 10_000)
		n := 0
		for c.left > 0 && n < 100 {
			c.highlight(lang, code)
			n++
		}
		if n < 2 && lang == "go" || n == 100 {
			t.Errorf("%s: %d listings of %d bytes are colored", lang, n, len(code))
		}
		for _, line := range c.highlight(lang, code) {
			if len(line) > 1 {
				t.Fatalf("%s: a line is colored: %q", lang, line)
			}
		}
	}
}

// Ordinary code longer than a piece keeps its colors, and so does what follows
// a string that goes over the end of a piece.
func TestLongCode(t *testing.T) {
	text := "x = \"\"\"" + strings.Repeat("if a word\n", 150) + "\"\"\"\n"
	code := text + strings.Repeat("\nif x:\n    return 1\n", 500) + text + "if y: pass"
	lines := newColors().highlight("python", code)
	for i, line := range lines {
		got := marked([][]token{line})
		switch text := lineText(line); {
		case text == "if x:" && got != "[k if] x:", text == "if a word" && got != "[s if a word]", text == "if y: pass" && got != "[k if] y: [k pass]":
			t.Fatalf("line %d: %s", i+1, got)
		}
	}
}

// Whatever a lexer does, the page shows the code as it was written.
func FuzzHighlight(f *testing.F) {
	for _, lang := range []string{"go", "python", "bash", "yaml", "html", "diff"} {
		f.Add(lang, "x := `a\n\"b' # /* \\ {{ \n\n")
	}
	f.Fuzz(func(t *testing.T, lang, code string) {
		code = format.Visible(code)
		var lines []string
		for _, line := range newColors().highlight(lang, code) {
			lines = append(lines, lineText(line))
		}
		if got := strings.Join(lines, "\n"); got != strings.TrimRight(code, "\n") {
			t.Errorf("%q became %q", code, got)
		}
	})
}
