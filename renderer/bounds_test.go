package renderer_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"notebook"
	"notebook/renderer"
)

// floods are outputs that a page must not grow with.
func floods() map[string][]notebook.Written {
	stdout := func(text string) []notebook.Written {
		return []notebook.Written{{Stream: notebook.Stdout, Data: []byte(text)}}
	}
	var pieces []notebook.Written
	for i := range 100_000 {
		pieces = append(pieces, notebook.Written{Stream: []notebook.Stream{notebook.Stdout, notebook.Stderr}[i%2], Data: []byte("x")})
	}
	return map[string][]notebook.Written{
		"one long line": stdout(strings.Repeat("x", 8<<20)),
		"short lines":   stdout(strings.Repeat("x\n", 1_000_000)),
		"colors":        stdout(strings.Repeat("\x1b[31ma\x1b[32mb", 400_000)),
		"pieces":        pieces,
		"returns":       stdout(strings.Repeat("progress\r", 500_000)),
	}
}

// wrote returns the result of a note whose one cell wrote that.
func wrote(note *notebook.Note, outputs ...notebook.Written) *notebook.Result {
	events := []notebook.Event{{Body: notebook.Start{}}, {Cell: "cell-1", Body: notebook.Started{}}}
	for _, w := range outputs {
		events = append(events, notebook.Event{Cell: "cell-1", Body: w})
	}
	end := notebook.Event{Cell: "cell-1", Body: notebook.Finished{Outcome: notebook.OK, Expected: true}}
	return notebook.Fold(note, slices.Values(append(events, end)))
}

func TestOutputIsBounded(t *testing.T) {
	const most = 3 << 20
	note, _ := notebook.Parse("note.md", []byte("```go\nflood()\n```\n"))
	for name, outputs := range floods() {
		t.Run(name, func(t *testing.T) {
			result := wrote(note, outputs...)
			var page bytes.Buffer
			if err := renderer.New().Page(&page, note, result, renderer.Assets{}); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d bytes", page.Len())
			if page.Len() > most {
				t.Errorf("the page has %d bytes, more than %d", page.Len(), most)
			}
			if name != "returns" && !strings.Contains(page.String(), " not shown …") {
				t.Error("the page does not say that output is missing")
			}
		})
	}
}

// The lines above the fold, in it and below it are all lines.
func TestEveryLineCounts(t *testing.T) {
	const lines = 300_000
	var out strings.Builder
	for i := range lines {
		fmt.Fprintf(&out, "line %d\n", i)
	}
	note, _ := notebook.Parse("note.md", []byte("```go\nflood()\n```\n"))
	result := wrote(note, notebook.Written{Stream: notebook.Stdout, Data: []byte(out.String())})
	page := pageOf(t, note, result, renderer.Assets{})
	for _, want := range []string{"<summary>299,984 more lines</summary>", "line 299999</pre>", "2,374,778 bytes of output are not shown: the page"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not contain %q", want)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	for _, name := range []string{"plain", "fourteen"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				renderPage(b, name)
			}
		})
	}
}

func ExampleRenderer_Page() {
	note, _ := notebook.Parse("six.md", []byte("# Six times seven\n\n```go\n6 * 7\n```\n"))
	var page bytes.Buffer
	if err := renderer.New().Page(&page, note, nil, renderer.Assets{}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(page.String(), "<h1 id=\"six-times-seven\">Six times seven</h1>"))
	fmt.Println(strings.Contains(page.String(), "The code on this page was not run."))
	// Output:
	// true
	// true
}

// One renderer makes the pages of a folder, several at a time.
func TestPagesAtOnce(t *testing.T) {
	r := renderer.New()
	note, _ := notebook.Parse("note.md", []byte("# A\n\n```go\nvar x int\n```\n\n[[b]] <kbd>c</kbd>\n"))
	want := pageOf(t, note, nil, renderer.Assets{})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			var page bytes.Buffer
			if err := r.Page(&page, note, nil, renderer.Assets{}); err != nil || page.String() != want {
				t.Errorf("another page, or an error: %v", err)
			}
		})
	}
	group.Wait()
}
