package yaegi_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook/runner/yaegi"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// These differ from run to run.
var (
	goroutine = regexp.MustCompile(`goroutine \d+`)
	busy      = regexp.MustCompile(`\[(running|runnable)\]`)
)

// TestNotes runs the notes of the archives in testdata/notes, with an empty
// PATH and HOME. Each archive is a note and what happens; the comment "cautious"
// makes the engine so.
func TestNotes(t *testing.T) {
	paths, err := filepath.Glob("testdata/notes/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no notes", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			config := yaegi.Config{Cautious: strings.Contains(string(archive.Comment), "cautious")}
			got := goroutine.ReplaceAllString(runNote(t, config, string(archive.Files[0].Data)), "goroutine N")
			got = busy.ReplaceAllString(got, "[running]")
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "happens", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("not as expected (-want +got):\n%s", diff)
			}
		})
	}
}
