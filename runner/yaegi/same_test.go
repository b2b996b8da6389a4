package yaegi_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/runner"
	"notebook/runner/compiled"
	"notebook/runner/yaegi"
)

// TestSameAsCompiled runs the notes of testdata/same under both engines: what
// the cells write, display and record must be the same.
func TestSameAsCompiled(t *testing.T) {
	path := os.Getenv("PATH")
	home := os.Getenv("HOME")
	paths, err := filepath.Glob("testdata/same/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatal("no notes", err)
	}
	for _, name := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".md"), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			env := newEnv(t)
			env.Environ = []string{"PATH=" + path, "HOME=" + home}
			reference := compiled.New(compiled.Config{Environ: env.Environ})
			if _, err := reference.Go(t.Context(), env); err != nil {
				t.Skip("no Go toolchain to compare with:", err)
			}
			want := outputs(t, reference, env, src)
			got := outputs(t, yaegi.New(yaegi.Config{Cautious: true}), env, src)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("yaegi differs from compiled (-compiled +yaegi):\n%s", diff)
			}
		})
	}
}

// outputs runs a note and returns what its cells wrote by stream, displayed and
// recorded, and how they ended.
func outputs(t *testing.T, engine runner.Engine, env runner.Env, src []byte) string {
	t.Helper()
	note, diagnostics := notebook.Parse("note.md", src)
	for _, d := range diagnostics {
		t.Errorf("parse: %v", d)
	}
	var w teller
	r := runner.New([]runner.Engine{engine}, runner.Options{Engine: engine.ID()})
	err := r.Run(t.Context(), note, env, func(e notebook.Event) error {
		if b, ok := e.Body.(notebook.Problem); ok {
			e.Body = notebook.Problem{Message: b.Message} // places may differ
		}
		w.tell(e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w.text.String()
}
