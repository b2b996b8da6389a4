//go:build soak

package harness_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// Every script gives the same events every time.
func TestRunsSoak(t *testing.T) {
	files, err := filepath.Glob("testdata/runs/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for range 10 {
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(archive.Files[0].Data), play(t, build(t, "session"), string(archive.Comment))); diff != "" {
				t.Errorf("%s: events (-want +got):\n%s", file, diff)
			}
		}
	}
}
