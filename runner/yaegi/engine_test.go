package yaegi_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"notebook"
	"notebook/runner"
	"notebook/runner/yaegi"
)

func TestMain(m *testing.M) {
	if yaegi.IsWorker() {
		yaegi.RunWorker()
	}
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("notebook/runner/process.startChildren"))
}

// newEnv returns a world without toolchain and home.
func newEnv(t *testing.T) runner.Env {
	t.Helper()
	dir := t.TempDir()
	env := runner.Env{Dir: filepath.Join(dir, "note"), Cache: filepath.Join(dir, "cache"), Temp: filepath.Join(dir, "temp")}
	for _, d := range []string{env.Dir, env.Temp} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", "")
	t.Setenv("HOME", "")
	t.Cleanup(func() {
		left, err := os.ReadDir(env.Temp)
		if err != nil || len(left) > 0 {
			t.Errorf("left in the temporary folder: %v %v", left, err)
		}
	})
	return env
}

// runNote runs a note under yaegi alone and tells what happened, without times.
func runNote(t *testing.T, config yaegi.Config, src string) string {
	t.Helper()
	note, diagnostics := notebook.Parse("dir/note.md", []byte(src))
	for _, d := range diagnostics {
		t.Errorf("parse: %v", d)
	}
	var text strings.Builder
	r := runner.New([]runner.Engine{yaegi.New(config)}, runner.Options{})
	err := r.Run(t.Context(), note, newEnv(t), func(e notebook.Event) error {
		tell(&text, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// tell writes an event as a line.
func tell(w *strings.Builder, e notebook.Event) {
	switch b := e.Body.(type) {
	case notebook.Started:
		fmt.Fprintf(w, "%s:\n", e.Cell)
	case notebook.Written:
		late := ""
		if b.Late {
			late = " late"
		}
		fmt.Fprintf(w, "  %s%s %q\n", b.Stream, late, b.Data)
	case notebook.Displayed:
		fmt.Fprintf(w, "  %s %q\n", b.MIME, b.Data)
	case notebook.Recorded:
		fmt.Fprintf(w, "  %s = %s\n", b.Name, b.Value)
	case notebook.Problem:
		fmt.Fprintf(w, "  %s %s:%d:%d: %s\n", b.Severity, b.File, b.Line, b.Col, b.Message)
		if b.Hint != "" {
			fmt.Fprintf(w, "    hint: %s\n", b.Hint)
		}
		for line := range strings.Lines(b.Trace) {
			fmt.Fprintf(w, "    | %s\n", strings.TrimRight(line, "\n"))
		}
	case notebook.Finished:
		fmt.Fprintf(w, "  %s %s\n", b.Outcome, b.Text)
	case notebook.NotRun:
		fmt.Fprintf(w, "%s: not run: %s %v\n", e.Cell, b.Reason, b.Needs)
	}
}
