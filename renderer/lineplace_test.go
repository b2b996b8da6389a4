package renderer

import (
	"strings"
	"testing"

	"notebook"
)

const linedNote = "# Lines\n\n```go {#first}\na()\nb()\n```\n\n```go {#second}\n//| echo: false\nc()\n```\n\n```go {#third}\n//| echo: fenced\nd()\n```\n"

// What a terminal says of the lines of a file, a page says of its listings.
func TestSaidLines(t *testing.T) {
	note, _ := notebook.Parse("notes/lined.md", []byte(linedNote))
	first := note.Cell("first")
	p := newPage(note, &notebook.Result{}, Assets{})
	tests := []struct {
		in         *notebook.Cell
		text, want string
	}{
		{first, "send at line 5, twice", `send at <a title="lined.md:5" href=#first:L2>line 2</a>, twice`},
		{nil, "read at lines 4 and 5", `read at <a title="lined.md:4" href=#first:L1>cell first, line 1</a> and <a title="lined.md:5" href=#first:L2>cell first, line 2</a>`},
		{first, "f  lined.md:5:1\n", "f  <a title=\"lined.md:5:1\" href=#first:L2>line 2</a>\n"},
		{first, "(declared at a/lined.md:4:1)", `(declared at <a title="lined.md:4:1" href=#first:L1>line 1</a>)`},
		{first, "at line 1", "at lined.md:1"},                                                    // prose
		{first, "at line 10", "at lined.md:10"},                                                  // code that is not shown
		{first, "at line 15", "at <a href=#third:L3>lined.md:15</a>"},                            // a listing without numbers
		{first, "outlined.md:4, lined.md, x:4", "outlined.md:4, lined.md, x:4"},                  // another file
		{first, "at line 99999999999999999999", "at 99999999999999999999"},                       // no line
		{first, "<b> at line 4", `&lt;b&gt; at <a title="lined.md:4" href=#first:L1>line 1</a>`}, // markup
	}
	for _, test := range tests {
		var b strings.Builder
		p.said(markup{&b}, test.in, test.text)
		if b.String() != test.want {
			t.Errorf("%q:\n%s, want\n%s", test.text, b.String(), test.want)
		}
	}
}
