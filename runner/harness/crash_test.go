package harness

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"notebook"
)

// reportHost watches a process that runs the second of two cells.
func reportHost() *host {
	n := newNames(map[string]string{"Tǃ4": "T", "errǃ4": "err", "cellǃ1": "cell", "cellǃ3": "cell"})
	return &host{names: n, note: &notebook.Note{Name: "x/note.md", Cells: []*notebook.Cell{
		{Label: "other", Index: 1, Line: 10, EndLine: 29}, {Label: "here", Index: 3, Fence: notebook.Position{Line: 39, Col: 1}, Line: 40, EndLine: 59},
	}}}
}

// Each archive in testdata/reports holds what a process wrote to stderr, and
// what is understood of it.
func TestReports(t *testing.T) {
	files, err := filepath.Glob("testdata/reports/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := understood(archive.Files[0].Data)
			if *Update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "understood", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func understood(stderr []byte) string {
	before, r := parseReport(stderr)
	text := fmt.Sprintf("output %q\n", before)
	if r == nil {
		return text + "no report\n"
	}
	h := reportHost()
	f, problem := death{report: r, names: h.names}.judge()
	h.locate(&problem, h.note.Cells[1], r)
	if r.isStuck() {
		text += "stuck\n"
	}
	return text + fmt.Sprintf("%s %q %s%s\nline %d\n%s\n",
		f.Outcome, problem.Message, f.Signal, f.Limit, problem.Line, problem.Trace)
}

func FuzzReport(f *testing.F) {
	files, err := filepath.Glob("testdata/reports/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		before, r := parseReport(text)
		if !strings.HasPrefix(string(text), string(before)) {
			t.Fatalf("%q is not the beginning of %q", before, text)
		}
		if r == nil && len(before) != len(text) {
			t.Fatalf("%d of %d bytes are neither report nor output", len(text)-len(before), len(text))
		}
		if n := len(understood(text)); n > 8*len(text)+2*maxTrace+1000 {
			t.Fatalf("%d bytes from %d", n, len(text))
		}
	})
}
