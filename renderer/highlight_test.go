package renderer

import (
	"strings"
	"testing"
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
			if got := marked(highlight(test.lang, test.in)); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestHighlightLeavesHugeCodePlain(t *testing.T) {
	code := strings.Repeat("if x { return }\n", maxHighlight/16+1)
	for _, line := range highlight("go", code) {
		for _, token := range line {
			if token.class != "" {
				t.Fatalf("token %q", token)
			}
		}
	}
}

// Whatever a lexer does, the page shows the code as it was written.
func FuzzHighlight(f *testing.F) {
	for _, lang := range []string{"go", "python", "bash", "yaml", "html", "diff"} {
		f.Add(lang, "x := `a\n\"b' # /* \\ {{ \n\n")
	}
	f.Fuzz(func(t *testing.T, lang, code string) {
		code = visible(code)
		var lines []string
		for _, line := range highlight(lang, code) {
			lines = append(lines, lineText(line))
		}
		if got := strings.Join(lines, "\n"); got != strings.TrimRight(code, "\n") {
			t.Errorf("%q became %q", code, got)
		}
	})
}
