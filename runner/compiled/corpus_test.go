package compiled

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestCorpus builds and runs each note of the corpus, by direct calls of the
// compiler and linker and by go build. The first file of an archive is the
// note, the last one what happens; between them stand files beside the note.
func TestCorpus(t *testing.T) {
	paths, err := filepath.Glob("testdata/corpus/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, way := range []string{"direct", "go build"} {
		for i, path := range paths {
			if way != "direct" && i%indirectStep != 0 {
				continue
			}
			t.Run(way+"/"+strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
				t.Parallel()
				archive, err := txtar.ParseFile(path)
				if err != nil {
					t.Fatal(err)
				}
				last := len(archive.Files) - 1
				if archive.Files[last].Name != "happens" {
					last++
					archive.Files = append(archive.Files, txtar.File{Name: "happens"})
				}
				env := newWarmEnv(t, archive.Files[1:last])
				env.engine.indirect = way == "go build"
				got := open(t, env.engine, env.Env, parseNote(t, string(archive.Files[0].Data))).run(t)
				if *update && way == "direct" {
					archive.Files[last].Data = []byte(got)
					if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
					t.Errorf("not as expected (-want +got):\n%s", diff)
				}
			})
		}
	}
}
