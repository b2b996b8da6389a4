package links_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/cmd/notebook/internal/input"
	"notebook/cmd/notebook/internal/links"
	"notebook/cmd/notebook/internal/output"
	"notebook/renderer"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestResolve(t *testing.T) {
	const golden = "testdata/links.txtar"
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "notes")
	want := ""
	files := slices.DeleteFunc(slices.Clone(archive.Files), func(f txtar.File) bool {
		if f.Name == "want.txt" {
			want = string(f.Data)
		}
		return f.Name == "want.txt"
	})
	for _, f := range files {
		writeFile(t, filepath.Join(dir, f.Name), f.Data)
	}
	writeFile(t, filepath.Join(dir, "../secret.svg"), []byte("<svg/>"))
	writeFile(t, filepath.Join(dir, "../outside.txt"), nil)
	if err := os.Symlink("../../secret.svg", filepath.Join(dir, "pics/out.svg")); err != nil {
		t.Fatal(err)
	}
	sources := parse(t, dir, "left-out.md")
	set := links.NewSet(sources)
	var got strings.Builder
	for i, source := range sources {
		assets, warnings := set.Resolve(i)
		fmt.Fprintf(&got, "%s\n", source.Note.Name)
		describe(&got, assets, warnings)
	}
	if *update {
		archive.Files = append(files, txtar.File{Name: "want.txt", Data: []byte(got.String())})
		if err := os.WriteFile(golden, txtar.Format(archive), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// parse parses the notes of a folder but one; their pages go to _site.
func parse(t *testing.T, dir, without string) []links.Source {
	t.Helper()
	found, err := input.Find([]string{dir}, "")
	if err != nil {
		t.Fatal(err)
	}
	var sources []links.Source
	for _, file := range found.Files {
		if file.Rel == without {
			continue
		}
		text, err := file.Read()
		if err != nil {
			t.Fatal(err)
		}
		file.Name = file.Rel
		note, _ := notebook.Parse(file.Rel, text)
		page := filepath.Join(dir, output.Site, filepath.FromSlash(output.Rename(file.Rel)))
		sources = append(sources, links.Source{File: file, Note: note, Page: page})
	}
	return sources
}

func describe(b *strings.Builder, assets renderer.Assets, warnings []notebook.Diagnostic) {
	for _, from := range slices.Sorted(maps.Keys(assets.Links)) {
		fmt.Fprintf(b, "  %s -> %s\n", from, assets.Links[from])
	}
	for _, from := range slices.Sorted(maps.Keys(assets.Images)) {
		image := assets.Images[from]
		fmt.Fprintf(b, "  picture %s: %s, %d bytes\n", from, image.MIME, len(image.Data))
	}
	for _, w := range warnings {
		fmt.Fprintf(b, "  %s\n", strings.ReplaceAll(w.String(), "\n", "\n    "))
	}
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPictures(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n"
	tests := []struct {
		name string
		data string
		mime string
		warn string
	}{
		{"a.png", png, "image/png", ""},
		{"a.gif", "GIF89a", "image/gif", ""},
		{"a.jpg", "\xff\xd8\xff\xe0", "image/jpeg", ""},
		{"a.webp", "RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", ""},
		{"a.avif", "\x00\x00\x00\x1cftypavif", "image/avif", ""},
		{"a.svg", "<?xml version='1.0'?><svg/>", "image/svg+xml", ""},
		{"wrong.txt", png, "image/png", ""},
		{"page.png", "<html><script>alert(1)</script>", "", "the picture page.png cannot be shown: it is not a picture that browsers know"},
		{"empty.png", "", "", "the picture empty.png cannot be shown: it is not a picture that browsers know"},
		{"large.png", png + strings.Repeat("\x00", 3<<20), "image/png", "the picture large.png makes the page 3.0 MB larger"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, filepath.Join(dir, test.name), []byte(test.data))
			writeFile(t, filepath.Join(dir, "a.md"), []byte("\n![]("+test.name+")\n"))
			assets, warnings := links.NewSet(parse(t, dir, "")).Resolve(0)
			if got := assets.Images[test.name].MIME; got != test.mime {
				t.Errorf("type %q, want %q", got, test.mime)
			}
			got := ""
			for _, w := range warnings {
				got += w.Message
				if w.Position.Line != 2 {
					t.Errorf("position %v, want line 2", w.Position)
				}
			}
			if got != test.warn {
				t.Errorf("warning %q, want %q", got, test.warn)
			}
		})
	}
}

// A picture that is shown again and again fills a page up, and no more.
func TestManyPictures(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "a.png"), []byte("\x89PNG\r\n\x1a\n"+strings.Repeat("\x00", 33<<20)))
	writeFile(t, filepath.Join(dir, "a.md"), []byte(strings.Repeat("![](a.png)\n", 3)))
	sources := parse(t, dir, "")
	assets, warnings := links.NewSet(sources).Resolve(0)
	var lines []int
	for _, w := range warnings {
		if strings.Contains(w.Message, "the picture a.png is left out: the pictures of a page may have 64 MB in all") {
			lines = append(lines, w.Position.Line)
		}
	}
	if !slices.Equal(lines, []int{2, 3}) {
		t.Errorf("warnings on lines %v: %v", lines, warnings)
	}
	var page strings.Builder
	if err := renderer.New().Page(&page, sources[0].Note, nil, assets); err != nil {
		t.Fatal(err)
	}
	if shown, named := strings.Count(page.String(), "<img "), strings.Count(page.String(), "Picture: a.png"); shown != 1 || named != 2 {
		t.Errorf("%d pictures are shown and %d named", shown, named)
	}
}
