package yaegi_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/runner"
	"notebook/runner/compiled"
	"notebook/runner/yaegi"
)

// sampled is how many of the examples one is of that the default tests run.
const sampled = 6

// TestSessions runs the examples of what a session has to bear under both
// engines: each cell does the same, or the interpreter refuses it or warns of
// it.
func TestSessions(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/session/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	spec, err := filepath.Glob("../../testdata/session/spec/*.txtar")
	if err != nil || len(paths) == 0 || len(spec) == 0 {
		t.Fatal("no examples", err)
	}
	for i, name := range slices.Concat(paths, spec) {
		if !soak && i%sampled != 0 {
			continue
		}
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		name = strings.TrimPrefix(filepath.ToSlash(name), "../../testdata/session/")
		name = strings.ReplaceAll(strings.TrimSuffix(name, ".txtar"), "/", "-")
		t.Run(name, func(t *testing.T) {
			c := compareEngines(t, archive.Files[0].Data)
			if differences := silent(c); differences != "" {
				t.Errorf("without a warning:\n%s", differences)
			}
			t.Logf("%d of %d cells refused", len(c.Refused), c.Cells)
		})
	}
}

// silent returns the differences of which the interpreter did not warn.
func silent(c runner.Comparison) string {
	var b strings.Builder
	for _, d := range c.Differences {
		if d.Warning == "" {
			fmt.Fprintf(&b, "%s differs in %s:\n%s\n", d.Cell.Label, d.Part, d.Diff)
		}
	}
	return b.String()
}

// compareEngines runs a note under both engines.
func compareEngines(t *testing.T, src []byte) runner.Comparison {
	t.Helper()
	note, diagnostics := notebook.Parse("note.md", src)
	for _, d := range diagnostics {
		t.Fatalf("parse: %v", d)
	}
	note = runner.ForAnyEngine(note)
	path, home := os.Getenv("PATH"), os.Getenv("HOME")
	env := newEnv(t)
	env.Environ = []string{"PATH=" + path, "HOME=" + home}
	reference := compiled.New(compiled.Config{Environ: env.Environ})
	if _, err := reference.Go(t.Context(), env); err != nil {
		t.Skip("no Go toolchain to compare with:", err)
	}
	return runner.Compare(note, foldRun(t, reference, env, note), foldRun(t, yaegi.New(yaegi.Config{}), env, note))
}

// foldRun returns the result of a run.
func foldRun(t *testing.T, engine runner.Engine, env runner.Env, note *notebook.Note) *notebook.Result {
	t.Helper()
	return notebook.Fold(note, func(yield func(notebook.Event) bool) {
		r := runner.New([]runner.Engine{engine}, runner.Options{Engine: engine.ID()})
		err := r.Run(t.Context(), note, env, func(e notebook.Event) error {
			yield(e)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
