package notebook_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"go.abhg.dev/goldmark/wikilink"

	"notebook"
)

var update = flag.Bool("update", false, "write the golden files under testdata")

// TestParse compares what notes become with what is written below them in
// testdata/parse: name.md is the note, name.want what it becomes.
func TestParse(t *testing.T) {
	files, err := filepath.Glob("testdata/parse/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				updateCorpus(t, file, archive)
			}
			for i, note := range archive.Files {
				name, ok := strings.CutSuffix(note.Name, ".md")
				if !ok {
					continue
				}
				t.Run(name, func(t *testing.T) {
					if i+1 == len(archive.Files) || archive.Files[i+1].Name != name+".want" {
						t.Fatalf("%s.want is missing", name)
					}
					checkNote(t, note.Data, string(archive.Files[i+1].Data))
				})
			}
		})
	}
}

// checkNote parses a note as it is and as an editor of another system would
// have written it: what it becomes must be the same.
func checkNote(t *testing.T, src []byte, want string) {
	t.Helper()
	if diff := cmp.Diff(want, dump(notebook.Parse("note.md", src))); diff != "" {
		t.Errorf("wanted -, got +:\n%s", diff)
	}
	crlf := append([]byte("\xEF\xBB\xBF"), bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))...)
	if diff := cmp.Diff(want, dump(notebook.Parse("note.md", crlf))); diff != "" {
		t.Errorf("with CRLF and a byte order mark; wanted -, got +:\n%s", diff)
	}
}

func updateCorpus(t *testing.T, file string, archive *txtar.Archive) {
	t.Helper()
	var files []txtar.File
	for _, f := range archive.Files {
		name, ok := strings.CutSuffix(f.Name, ".md")
		if ok {
			want := dump(notebook.Parse("note.md", f.Data))
			files = append(files, f, txtar.File{Name: name + ".want", Data: []byte(want)})
		}
	}
	archive.Files = files
	writeArchive(t, file, archive)
}

func writeArchive(t *testing.T, file string, archive *txtar.Archive) {
	t.Helper()
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// dump writes down what a note became.
func dump(n *notebook.Note, diagnostics []notebook.Diagnostic) string {
	var b strings.Builder
	for _, d := range diagnostics {
		cell := ""
		if d.Cell != "" {
			cell = " [" + d.Cell + "]"
		}
		fmt.Fprintf(&b, "%s%s\n", d, cell)
	}
	if n.Broken {
		b.WriteString("broken\n")
	}
	dumpMeta(&b, n)
	for _, c := range n.Cells {
		dumpCell(&b, c)
	}
	dumpClaims(&b, n)
	for _, h := range n.Headings() {
		fmt.Fprintf(&b, "heading %d %q #%s %s\n", h.Level, h.Text, h.ID, h.Position)
	}
	for _, l := range n.Links() {
		fmt.Fprintf(&b, "link %q %q image=%t wiki=%t %s\n", l.Destination, l.Text, l.Image, l.Wiki, l.Position)
	}
	for child := n.Tree.FirstChild(); child != nil; child = child.NextSibling() {
		dumpNode(&b, n, child, 0)
	}
	return b.String()
}

func dumpMeta(b *strings.Builder, n *notebook.Note) {
	m := n.Meta
	for _, field := range []struct {
		name  string
		value any
		set   bool
	}{
		{"title", m.Title, m.Title != ""},
		{"description", m.Description, m.Description != ""},
		{"lang", m.Lang, m.Lang != ""},
		{"author", m.Author, m.Author != nil},
		{"date", m.Date, m.Date != ""},
		{"tags", m.Tags, m.Tags != nil},
		{"aliases", m.Aliases, m.Aliases != nil},
		{"timeout", m.Execute.Timeout, m.Execute.Timeout != 0},
		{"mem", m.Execute.Memory, m.Execute.Memory != 0},
		{"max-output", m.Execute.MaxOutput, m.Execute.MaxOutput != 0},
		{"engine", m.Execute.Engine, m.Execute.Engine != ""},
		{"race", m.Execute.Race, m.Execute.Race},
		{"leaks", m.Execute.Leaks, m.Execute.Leaks != ""},
		{"fences", m.Execute.Fences, m.Execute.Fences != ""},
	} {
		if field.set {
			fmt.Fprintf(b, "meta %s: %q\n", field.name, fmt.Sprint(field.value))
		}
	}
	if m.Execute.Eval != nil {
		fmt.Fprintf(b, "meta eval: %t\n", *m.Execute.Eval)
	}
}

func dumpCell(b *strings.Builder, c *notebook.Cell) {
	fmt.Fprintf(b, "cell %s fence=%s lines=%d-%d", c.Label, c.Fence, c.Line, c.EndLine)
	if c.Mode != notebook.Run {
		fmt.Fprintf(b, " %s", c.Mode)
	}
	if c.Program {
		b.WriteString(" program")
	}
	if c.Broken {
		b.WriteString(" broken")
	}
	b.WriteString("\n")
	if diff := optionsDiff(c.Options); diff != "" {
		fmt.Fprintf(b, "\toptions%s\n", diff)
	}
	if c.Check != nil {
		fmt.Fprintf(b, "\tcheck %q unordered=%t %s\n", c.Check.Want, c.Check.Unordered, c.Check.Position)
	}
	for i, line := range strings.SplitAfter(c.CodeWithoutCheck(), "\n") {
		if line != "" {
			fmt.Fprintf(b, "\t%s|%s\n", c.NotePosition(i+1, 1), strings.TrimSuffix(line, "\n"))
		}
	}
}

func dumpClaims(b *strings.Builder, n *notebook.Note) {
	for _, c := range n.Claims {
		fmt.Fprintf(b, "claim %q %s option=%t\n", c.Sentence, dumpExpression(c.Expression), c.Option)
	}
	for _, v := range n.Values {
		fmt.Fprintf(b, "value %s measures=%t\n", dumpExpression(v.Expression), v.Measures)
		if v.Code != nil {
			fmt.Fprintf(b, "\t%s index=%d %s %q\n", v.Code.Label, v.Code.Index, v.Code.NotePosition(1, 1), v.Code.Code)
		}
	}
}

func dumpExpression(e notebook.Expression) string {
	broken := ""
	if e.Broken {
		broken = " broken"
	}
	return fmt.Sprintf("%q at %s to %s below %q names %v%s", e.Text, e.Position, e.At(len(e.Text)), e.Nearest, e.Names, broken)
}

// optionsDiff names the options that are not at their default.
func optionsDiff(o notebook.Options) string {
	var b strings.Builder
	add := func(name string, value any, set bool) {
		if set {
			fmt.Fprintf(&b, " %s=%v", name, value)
		}
	}
	add("title", o.Title, o.Title != "")
	add("echo", o.Echo, o.Echo != "")
	add("output", o.Output, o.Output != "")
	add("include", o.Include, !o.Include)
	add("code-fold", o.CodeFold, o.CodeFold != "")
	add("code-summary", o.CodeSummary, o.CodeSummary != "")
	add("mark", o.Mark, o.Mark != nil)
	add("expect", o.Expect, o.Expect != nil)
	add("error", o.Error, o.Error)
	add("timeout", o.Timeout, o.Timeout != 0)
	add("timing", o.Timing, o.Timing != "")
	add("engine", o.Engines, o.Engines != nil)
	add("match", o.Match, o.Match != "")
	add("record", o.Record, o.Record != nil)
	add("needs", o.Needs, o.Needs != notebook.Needs{})
	add("repeat", o.Repeat, o.Repeat != 0)
	add("procs", o.Procs, o.Procs != nil)
	add("compare", o.Compare, o.Compare != "")
	add("model", o.Model, o.Model != "")
	add("race", o.Race, o.Race != "")
	add("leaks", o.Leaks, o.Leaks != "")
	add("isolate", o.Isolate, o.Isolate)
	add("env", o.Env, o.Env != nil)
	add("args", fmt.Sprintf("%q", o.Args), o.Args != nil)
	add("stdin", fmt.Sprintf("%q", o.Stdin), o.Stdin != "")
	add("stdin-file", o.StdinFile, o.StdinFile != "")
	add("dir", o.Dir, o.Dir != "")
	return b.String()
}

func dumpNode(b *strings.Builder, n *notebook.Note, node ast.Node, depth int) {
	fmt.Fprintf(b, "%s%s%s\n", strings.Repeat("  ", depth), node.Kind(), nodeDetail(n, node))
	if node.Kind() == ast.KindHTMLBlock {
		return
	}
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		child = mergeText(child)
		dumpNode(b, n, child, depth+1)
	}
}

// mergeText joins the texts that follow node and returns the joined one: where
// goldmark divides them is of no interest.
func mergeText(node ast.Node) ast.Node {
	for {
		text, ok := node.(*ast.Text)
		next, followed := node.NextSibling().(*ast.Text)
		if !ok || !followed || text.SoftLineBreak() || text.HardLineBreak() || text.Segment.Stop != next.Segment.Start {
			return node
		}
		next.Segment.Start = text.Segment.Start
		node = next
	}
}

func nodeDetail(n *notebook.Note, node ast.Node) string {
	switch node := node.(type) {
	case *ast.Text:
		end := ""
		if node.HardLineBreak() {
			end = " hard"
		} else if node.SoftLineBreak() {
			end = " soft"
		}
		return fmt.Sprintf(" %q%s", node.Segment.Value(n.Source), end)
	case *ast.Heading:
		return fmt.Sprintf(" %d", node.Level)
	case *ast.Emphasis:
		return fmt.Sprintf(" %d", node.Level)
	case *ast.List:
		return fmt.Sprintf(" %c start=%d tight=%t", node.Marker, node.Start, node.IsTight)
	case *ast.CodeBlock:
		return fmt.Sprintf(" %q", node.Lines().Value(n.Source))
	case *ast.FencedCodeBlock:
		info := ""
		if node.Info != nil {
			info = string(node.Info.Segment.Value(n.Source))
		}
		return fmt.Sprintf(" %q %q", notebook.FenceLanguage(info), node.Lines().Value(n.Source))
	case *ast.RawHTML:
		return fmt.Sprintf(" %q", node.Segments.Value(n.Source))
	case *extast.TaskCheckBox:
		return fmt.Sprintf(" %t", node.IsChecked)
	case *extast.FootnoteLink:
		return fmt.Sprintf(" %d", node.Index)
	case *extast.Table:
		return fmt.Sprintf(" %v", node.Alignments)
	case *wikilink.Node:
		return fmt.Sprintf(" %q %q embed=%t", node.Target, node.Fragment, node.Embed)
	case *notebook.CellNode:
		return " " + node.Cell.Label
	case *notebook.ClaimNode:
		return " " + node.Claim.Text
	case *notebook.ValueNode:
		return " " + node.Value.Text
	case *notebook.Callout:
		return fmt.Sprintf(" %s%s", node.Name, node.Fold)
	case *notebook.Tag:
		return " " + node.Name
	}
	return ""
}

// corpus returns the notes of testdata/parse.
func corpus(t testing.TB) [][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/parse/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	var notes [][]byte
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".md") {
				notes = append(notes, f.Data)
			}
		}
	}
	return notes
}
