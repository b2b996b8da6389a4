package renderer_test

import (
	"bytes"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/renderer"
	"notebook/renderer/theme"
)

var update = flag.Bool("update", false, "write the golden pages anew")

const pagesDir = "../testdata/pages"

// onePixel is the smallest PNG.
const onePixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"

// pageAssets are what the pages of testdata take from outside their notes.
var pageAssets = map[string]renderer.Assets{
	"prose": {
		Images: map[string]renderer.Image{"diagram.png": {MIME: "image/png", Data: []byte(onePixel)}},
		Links: map[string]string{
			"other.md#part":   "other.html#part",
			"Other note":      "other.html",
			"Other note#Part": "other.html#part",
			"#Loose list":     "#loose-list",
		},
	},
	"claims": {
		Diagnostics: []notebook.Diagnostic{{
			File: "claims.md", Position: notebook.Position{Line: 46, Col: 1}, Severity: notebook.Error,
			Message: "this claim has no predicate", Hint: "end the callout with one in backticks: `wall() < 1s`",
		}},
	},
	"hostile": {
		Images: map[string]renderer.Image{`a" onerror="alert(1).png`: {MIME: `image/png" onload="alert(1)`, Data: []byte(onePixel)}},
		Links:  map[string]string{"javascript:alert(1)": "javascript:alert(1)"},
		Diagnostics: []notebook.Diagnostic{{
			File: "hostile.md", Position: notebook.Position{Line: 1}, Severity: notebook.Error,
			Message: "<script>alert(1)</script>", Cell: "lost",
		}},
	},
}

// pageNames returns the names of the notes in testdata.
func pageNames(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(pagesDir, "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no notes in %s: %v", pagesDir, err)
	}
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".md"))
	}
	return names
}

// renderPage renders a note of testdata with its stored stream, if it has one.
func renderPage(t testing.TB, name string) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(pagesDir, name+".md"))
	if err != nil {
		t.Fatal(err)
	}
	note, _ := notebook.Parse("notebooks/"+name+".md", source)
	var result *notebook.Result
	if f, err := os.Open(filepath.Join(pagesDir, name+".jsonl")); err == nil {
		defer func() { _ = f.Close() }()
		result = notebook.Fold(note, events(t, notebook.ReadEvents(f)))
	}
	return pageOf(t, note, result, pageAssets[name])
}

func pageOf(t testing.TB, note *notebook.Note, result *notebook.Result, assets renderer.Assets) string {
	t.Helper()
	var page bytes.Buffer
	if err := renderer.New().Page(&page, note, result, assets); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func events(t testing.TB, stream iter.Seq2[notebook.Event, error]) iter.Seq[notebook.Event] {
	return func(yield func(notebook.Event) bool) {
		for e, err := range stream {
			if err != nil {
				t.Fatal(err)
			}
			if !yield(e) {
				return
			}
		}
	}
}

// withoutTheme cuts out what all pages have in common, so that golden files
// show what is theirs. The theme has its own tests.
func withoutTheme(page string) string {
	page = strings.Replace(page, theme.CSS(), "…", 1)
	page = strings.Replace(page, theme.Script(), "…", 1)
	return sourceHash.ReplaceAllString(page, "…")
}

var sourceHash = regexp.MustCompile(`sha256-[^ ]+=`)

func TestGoldenPages(t *testing.T) {
	for _, name := range pageNames(t) {
		t.Run(name, func(t *testing.T) {
			page := renderPage(t, name)
			if page != renderPage(t, name) {
				t.Error("rendering twice gives two pages")
			}
			got := withoutTheme(page)
			golden := filepath.Join(pagesDir, name+".html")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("the page differs from %s (run with -update and read the difference):\n%s", golden, diff)
			}
		})
	}
}

// A page is one file to send around; this is what fourteen cells may weigh.
func TestWeight(t *testing.T) {
	const most = 60_000
	page := renderPage(t, "fourteen")
	if cells := strings.Count(page, "<section class=cell"); cells != 14 {
		t.Fatalf("the note has %d cells, not 14", cells)
	}
	t.Logf("%d bytes, of which the theme has %d", len(page), len(theme.CSS())+len(theme.Script()))
	if len(page) > most {
		t.Errorf("the page has %d bytes, more than %d", len(page), most)
	}
}
