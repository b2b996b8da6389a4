package yaegi_test

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"notebook"
	"notebook/runner"
	"notebook/runner/leak"
	"notebook/runner/yaegi"
)

func TestMain(m *testing.M) {
	if yaegi.IsWorker() {
		yaegi.RunWorker()
	}
	os.Exit(leak.Tests{M: m}.Run())
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
	var w teller
	r := runner.New([]runner.Engine{yaegi.New(config)}, runner.Options{})
	err := r.Run(t.Context(), note, newEnv(t), func(e notebook.Event) error {
		w.tell(e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w.text.String()
}

// A teller tells what happened, without times and without the order of stdout
// and stderr.
type teller struct{ text, stdout, stderr strings.Builder }

func (w *teller) tell(e notebook.Event) {
	if b, ok := e.Body.(notebook.Written); ok {
		if b.Stream == notebook.Stdout {
			w.stdout.Write(b.Data)
		} else {
			w.stderr.Write(b.Data)
		}
		return
	}
	for name, stream := range w.streams() {
		for line := range strings.Lines(stream.String()) {
			fmt.Fprintf(&w.text, "  %s: %s\n", name, strings.TrimSuffix(line, "\n"))
		}
		stream.Reset()
	}
	w.event(e)
}

// streams returns the streams, stdout first.
func (w *teller) streams() iter.Seq2[string, *strings.Builder] {
	return func(yield func(string, *strings.Builder) bool) {
		_ = yield("stdout", &w.stdout) && yield("stderr", &w.stderr)
	}
}

func (w *teller) event(e notebook.Event) {
	switch b := e.Body.(type) {
	case notebook.Started:
		fmt.Fprintf(&w.text, "%s:\n", e.Cell)
	case notebook.Displayed:
		fmt.Fprintf(&w.text, "  %s: %q\n", b.MIME, b.Data)
	case notebook.Recorded:
		fmt.Fprintf(&w.text, "  %s = %s\n", b.Name, b.Value)
	case notebook.Problem:
		fmt.Fprintf(&w.text, "  %s: %s:%d:%d: %s\n", b.Severity, b.File, b.Line, b.Col, b.Message)
		if b.Hint != "" {
			fmt.Fprintf(&w.text, "    hint: %s\n", b.Hint)
		}
		for line := range strings.Lines(b.Trace) {
			fmt.Fprintf(&w.text, "    | %s\n", strings.TrimSuffix(line, "\n"))
		}
	case notebook.Finished:
		fmt.Fprintf(&w.text, "  %s\n", strings.TrimSpace(string(b.Outcome)+" "+b.Text))
	case notebook.NotRun:
		fmt.Fprintf(&w.text, "%s: not run: %s %v\n", e.Cell, b.Reason, b.Needs)
	}
}
