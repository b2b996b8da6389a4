package renderer_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"notebook"
	"notebook/renderer"
)

// element returns the element with an id.
func (d document) element(t *testing.T, id string) document {
	t.Helper()
	for n := range d.elements() {
		if got, _ := attr(n, "id"); got == id {
			return document{n}
		}
	}
	t.Fatalf("no element %s", id)
	return document{}
}

// classes returns the elements that have a class.
func (d document) classes(name string) []*html.Node {
	var found []*html.Node
	for n := range d.elements() {
		if class, _ := attr(n, "class"); slices.Contains(strings.Fields(class), name) {
			found = append(found, n)
		}
	}
	return found
}

// links returns the links of an element as "text address".
func links(n *html.Node) []string {
	var found []string
	for a := range (document{n}).elements("a") {
		address, _ := attr(a, "href")
		found = append(found, text(a)+" "+address)
	}
	return found
}

func aftermath(t *testing.T) document {
	t.Helper()
	return parsePage(t, renderPage(t, "aftermath"))
}

// What a cell printed stands above what went wrong then.
func TestOutputComesFirst(t *testing.T) {
	for _, page := range []string{"aftermath", "showcase", "options", "interpreted"} {
		d := parsePage(t, renderPage(t, page))
		for cell := range d.elements("section") {
			wrong := false
			for n := range (document{cell}).elements("div") {
				switch class, _ := attr(n, "class"); {
				case strings.HasPrefix(class, "problem"), class == "diff":
					wrong = true
				case class == "out" && wrong:
					id, _ := attr(cell, "id")
					t.Errorf("%s: output of cell %s below its problem", page, id)
				}
			}
		}
	}
}

func TestLinksBetweenCells(t *testing.T) {
	tests := []struct {
		page, cell, class string
		want              []string
	}{
		{"aftermath", "again", "foot", []string{"One key, nothing lost #key", "cell 2 #cell-2"}},
		{"aftermath", "needy", "state", []string{"A typo #typo"}},
		{"showcase", "after", "state", []string{"cell closed #closed"}},
	}
	for _, test := range tests {
		cell := parsePage(t, renderPage(t, test.page)).element(t, test.cell)
		found := cell.classes(test.class)
		if len(found) != 1 || !slices.Equal(links(found[0]), test.want) {
			t.Errorf("%s of cell %s: %q, want %q", test.class, test.cell, links(cell.Node), test.want)
		}
	}
}

// A crash after the end of a cell fails the cell, as it fails the note.
func TestLateCrash(t *testing.T) {
	cell := aftermath(t).element(t, "leaver")
	if expected, _ := attr(cell.Node, "data-expected"); expected != "false" {
		t.Errorf("data-expected is %q", expected)
	}
	if len(cell.classes("loud")) != 1 {
		t.Error("the problem is not loud")
	}
	words := text(cell.Node)
	for _, want := range []string{"a goroutine of this cell crashed later", "too late", "ended the process of the session"} {
		if !strings.Contains(words, want) {
			t.Errorf("the cell does not say %q: %s", want, words)
		}
	}
}

// Only cells that really ended the process of the session say so.
func TestEndedSession(t *testing.T) {
	d := aftermath(t)
	for id, want := range map[string]bool{"leaver": true, "ender": true, "marked": false, "key": false, "wanted": false, "other": false} {
		if got := strings.Contains(text(d.element(t, id).Node), "ended the process of the session"); got != want {
			t.Errorf("cell %s says that it ended the session: %v, want %v", id, got, want)
		}
	}
}

func TestHintsOfUnexpectedEndsOnly(t *testing.T) {
	d := aftermath(t)
	if got := d.element(t, "typo").classes("hint"); len(got) != 1 || (document{got[0]}).count("code") != 2 {
		t.Errorf("%d hints at the cell that went wrong, or their code is not marked", len(got))
	}
	if got := d.element(t, "wanted").classes("hint"); len(got) != 0 {
		t.Errorf("a hint at the cell that was meant to fail: %s", text(got[0]))
	}
}

// What Go says stands with its words before it, wherever its place is; what is
// said about the cell has none.
func TestMessageOfGo(t *testing.T) {
	note, _ := notebook.Parse("note.md", []byte("```go {#maps expect=panic}\nm[1] = 2\n```\n"))
	about := func(message string) notebook.Event {
		return notebook.Event{Cell: "maps", Body: notebook.Problem{File: "note.md", Line: 1, Col: 1, Severity: notebook.Error, Message: message}}
	}
	page := pageOf(t, note, notebook.Fold(note, slices.Values([]notebook.Event{
		{Body: notebook.Start{}},
		{Cell: "maps", Body: notebook.Started{Line: 2, EndLine: 2}},
		about("concurrent map writes"), about("expected panic, but the cell ended with fatal"),
		{Cell: "maps", Body: notebook.Finished{Outcome: notebook.Fatal}},
	})), renderer.Assets{})
	cell := text(parsePage(t, page).element(t, "maps").Node)
	for _, want := range []string{"fatal error: concurrent map writes", "expected panic, but"} {
		if !strings.Contains(cell, want) {
			t.Errorf("no %q in %q", want, cell)
		}
	}
	if strings.Count(cell, "fatal error:") != 1 {
		t.Errorf("in %q", cell)
	}
}

// The lines of the option mark and of a problem also stand out where the
// fence is shown.
func TestMarksBelowFence(t *testing.T) {
	cell := aftermath(t).element(t, "marked")
	for class, want := range map[string]string{"on": "b := 2\n", "err": "panic(fmt.Sprint(a, b))\n"} {
		lines := cell.classes(class)
		if len(lines) != 1 || text(lines[0]) != want {
			t.Errorf("%d lines of class %s, want one, %q", len(lines), class, want)
		}
	}
	if got := links(cell.classes("msg")[0]); !slices.Equal(got, []string{"aftermath.md:49 #marked:L7"}) {
		t.Errorf("the problem leads to %q", got)
	}
}

// Both ends of long output are outside of the fold, and every line counts.
func TestLongOutput(t *testing.T) {
	cell := aftermath(t).element(t, "long")
	fold := cell.classes("more")
	if len(fold) != 1 {
		t.Fatalf("%d folds", len(fold))
	}
	folded, all := text(fold[0]), text(cell.Node)
	if !strings.HasPrefix(folded, "28 more lines") {
		t.Errorf("the fold says %.20q", folded)
	}
	for _, line := range []string{"line 0\n", "line 11", "almost done", "line 42"} {
		if strings.Contains(folded, line) || !strings.Contains(all, line) {
			t.Errorf("%q is not shown, or folded", line)
		}
	}
	if remarks := cell.classes("remark"); len(remarks) != 1 || !strings.HasPrefix(text(remarks[0]), "38,000,000 bytes of output are not shown") {
		t.Errorf("%d remarks", len(remarks))
	}
}

// Badges tell how a cell differs from the session; the strip tells the rest.
func TestBadges(t *testing.T) {
	d := aftermath(t)
	badges := d.classes("badge")
	if len(badges) != 1 || len(d.element(t, "other").classes("badge")) != 1 || text(badges[0]) != "interpreted: the cell asks for it" {
		t.Errorf("%d badges", len(badges))
	}
	interpreted := parsePage(t, renderPage(t, "interpreted"))
	if got := interpreted.classes("badge"); len(got) != 1 {
		t.Errorf("%d badges where all cells are interpreted", len(got))
	}
	if why := text(interpreted.classes("why")[0]); why != "interpreted no Go toolchain: go is go1.21.3, and cells need go1.26 or newer" {
		t.Errorf("the page says %q", why)
	}
	if facts := text(interpreted.classes("facts")[0]); !strings.Contains(facts, "interpreted (yaegi)") || !strings.Contains(facts, "no build") {
		t.Errorf("the facts say %q", facts)
	}
	if facts := text(d.classes("facts")[0]); !strings.Contains(facts, "build reused") {
		t.Errorf("the facts say %q", facts)
	}
	if got := strings.Count(text(d.element(t, "cell-11").Node), "not run"); got != 1 {
		t.Errorf("a cell that is only compiled says so %d times", got)
	}
}
