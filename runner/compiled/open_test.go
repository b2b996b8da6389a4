package compiled

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook"
)

const mixedNote = cellsOfSession + `
` + "```go\npackage main\n\nfunc main() { println(1) }\n```" + `

` + "```go\npackage main\n\nfunc main() { println(2) }\n```" + `

` + "```go no_run\npackage main\n\nfunc main() { println(3) }\n```\n"

const cellsOfSession = "```go\nx := 1\n```\n\n```go\nfmt.Println(x)\n```\n\n```go\nx + 1\n```\n"

// TestToolRuns counts what is run for a note: one compilation and one link for
// the session, the same for each program cell, nothing when nothing changed.
func TestToolRuns(t *testing.T) {
	env := newWarmEnv(t, nil)
	first := open(t, env.engine, env.Env, parseNote(t, mixedNote))
	if diff := cmp.Diff(map[string]int{"compile": 4, "link": 3}, env.counts.since()); diff != "" {
		t.Errorf("first (-want +got):\n%s", diff)
	}
	again := open(t, env.engine, env.Env, parseNote(t, mixedNote))
	if diff := cmp.Diff(map[string]int{}, env.counts.since()); diff != "" {
		t.Errorf("again (-want +got):\n%s", diff)
	}
	for i, o := range []opened{first, again} {
		for _, e := range o.built {
			b := e.Body.(notebook.Built)
			if b.Cached != (i == 1) || (b.Compile > 0) != (i == 0) || e.Engine != "compiled" {
				t.Errorf("build %d: %+v", i, e)
			}
		}
	}
	other, _ := newTestEngine(Config{}) // as another run of the program
	before := len(env.counts.calls)
	other.tools = env.counts
	open(t, other, env.Env, parseNote(t, mixedNote))
	if n := len(env.counts.calls) - before; n != 0 {
		t.Errorf("another engine ran %d tools", n)
	}
	if diff := cmp.Diff([]string{"", "cell-4", "cell-5", "cell-6"}, cellsOfEvents(first.built)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func cellsOfEvents(events []notebook.Event) []string {
	var cells []string
	for _, e := range events {
		cells = append(cells, e.Cell)
	}
	return cells
}

// TestRebuild builds again what an edit changed and nothing else.
func TestRebuild(t *testing.T) {
	env := newWarmEnv(t, nil)
	open(t, env.engine, env.Env, parseNote(t, mixedNote))
	env.counts.since()
	for name, test := range map[string]struct {
		old, new string
		want     map[string]int
	}{
		"session": {"x + 1", "x + 2", map[string]int{"compile": 1, "link": 1}},
		"program": {"println(2)", "println(4)", map[string]int{"compile": 1, "link": 1}},
		"prose":   {"```\n\n```", "```\n\nSome words.\n\n```", map[string]int{"compile": 4, "link": 3}}, // lines move
		"import":  {"x + 1", "path.Base(`x`)", map[string]int{"go list": 1, "compile": 1, "link": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			open(t, env.engine, env.Env, parseNote(t, strings.Replace(mixedNote, test.old, test.new, 1)))
			if diff := cmp.Diff(test.want, env.counts.since()); diff != "" {
				t.Errorf("tools (-want +got):\n%s", diff)
			}
		})
	}
}

// TestKeyOfModule builds again when the note's module asks for other
// semantics, and takes up changes in a package of that module.
func TestKeyOfModule(t *testing.T) {
	env := newWarmEnv(t, []txtar.File{
		{Name: "go.mod", Data: []byte("module m\n\ngo 1.26\n")},
		{Name: "p/p.go", Data: []byte("package p\n\nconst V = 1\n")},
	})
	src := "```go\nimport \"m/p\"\n\nfmt.Println(p.V, recover())\n```\n"
	show := func() string { return open(t, env.engine, env.Env, parseNote(t, src)).run(t) }
	if got, want := show(), "cell-1:\n  stdout \"1 <nil>\\n\"\n  ok\n"; got != want {
		t.Errorf("got %s", got)
	}
	if err := os.WriteFile(filepath.Join(env.Dir, "p/p.go"), []byte("package p\n\nconst V = 2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, want := show(), "cell-1:\n  stdout \"2 <nil>\\n\"\n  ok\n"; got != want {
		t.Errorf("after a change of the package: got %s", got)
	}
	env.counts.since()
	if err := os.WriteFile(filepath.Join(env.Dir, "go.mod"), []byte("module m\n\ngo 1.20\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	show()
	if n := env.counts.since()["link"]; n != 1 {
		t.Errorf("after a change of go.mod: %d links", n)
	}
}

// TestSameBytes builds a program twice in different folders: what is kept must
// not depend on who builds it.
func TestSameBytes(t *testing.T) {
	var sums []string
	for range 2 {
		env := newWarmEnv(t, nil)
		o := open(t, env.engine, env.Env, parseNote(t, cellsOfSession))
		sum, _, err := sumFile(o.session.(*session).programs[""])
		if err != nil {
			t.Fatal(err)
		}
		sums = append(sums, sum)
	}
	if sums[0] != sums[1] {
		t.Error("two builds of the same session differ")
	}
}

// TestTenAtOnce renders one note ten times at once, as ten programs would.
func TestTenAtOnce(t *testing.T) {
	env := newWarmEnv(t, nil)
	var wg sync.WaitGroup
	got := make([]string, 10)
	for i := range got {
		e := New(Config{})
		wg.Go(func() {
			o := open(t, e, env.Env, parseNote(t, cellsOfSession))
			got[i] = o.run(t)
		})
	}
	wg.Wait()
	for _, text := range got {
		if text != got[0] || !strings.Contains(text, `stdout "1\n"`) {
			t.Errorf("got %s", text)
		}
	}
}

// TestWithoutCache builds and runs where nothing can be kept.
func TestWithoutCache(t *testing.T) {
	env := newWarmEnv(t, nil)
	warnings := 0
	e, _ := newTestEngine(Config{Warn: func(error) { warnings++ }})
	env.Cache = filepath.Join(env.Dir, "file")
	if err := os.WriteFile(env.Cache, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	got := open(t, e, env.Env, parseNote(t, cellsOfSession)).run(t)
	if !strings.Contains(got, `stdout "1\n"`) || warnings != 1 {
		t.Errorf("%d warnings, got %s", warnings, got)
	}
}

// TestFullDisk goes on without the cache when its disk is full.
func TestFullDisk(t *testing.T) {
	env := newWarmEnv(t, nil)
	warnings := 0
	env.engine.config.Warn = func(error) { warnings++ }
	env.engine.tools = toolsFunc(func(ctx context.Context, call tool) ([]byte, error) {
		if strings.HasPrefix(call.Dir, env.Cache) {
			return nil, &toolError{Tool: "link", Stderr: []byte("write program: no space left on device"), Err: errors.New("exit status 1")}
		}
		return env.counts.run(ctx, call)
	})
	got := open(t, env.engine, env.Env, parseNote(t, mixedNote)).run(t)
	if !strings.Contains(got, `stdout "1\n"`) || warnings != 1 {
		t.Errorf("%d warnings, got %s", warnings, got)
	}
}

// TestNothingLeft leaves no scratch folder behind a closed session, and writes
// nothing into the note's folder.
func TestNothingLeft(t *testing.T) {
	env := newWarmEnv(t, []txtar.File{{Name: "go.mod", Data: []byte("module m\n\ngo 1.26\n")}})
	for _, indirect := range []bool{false, true} {
		env.engine.indirect = indirect
		o := open(t, env.engine, env.Env, parseNote(t, cellsOfSession))
		if err := o.session.Close(); err != nil {
			t.Fatal(err)
		}
	}
	left, err := filepath.Glob(filepath.Join(env.Cache, storeName, "content", scratchPrefix+"*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left %q, %v", left, err)
	}
	for _, dir := range []string{env.Dir, env.Temp} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Name() != "go.mod" {
				t.Errorf("%s has a file %s", dir, f.Name())
			}
		}
	}
}

// TestInterrupted cancels a build: no error but the context's, nothing left.
func TestInterrupted(t *testing.T) {
	env := newWarmEnv(t, nil)
	note := parseNote(t, mixedNote)
	source, err := env.engine.Lower(t.Context(), note, note.Cells, env.Env)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	env.engine.tools = toolsFunc(func(_ context.Context, call tool) ([]byte, error) {
		cancel()
		return env.counts.run(ctx, call)
	})
	_, err = env.engine.Open(ctx, source, env.Env, func(notebook.Event) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
}

// TestSearch finds the cell in which an error lies that names no place: here
// the compiler breaks down when it sees that cell.
func TestSearch(t *testing.T) {
	env := newWarmEnv(t, nil)
	var note strings.Builder
	for i := range 6 {
		text := fmt.Sprintf("fmt.Println(%d)", i)
		if i == 3 {
			text = "const bomb = 1"
		}
		note.WriteString("```go\n" + text + "\n```\n\n")
	}
	env.engine.tools = toolsFunc(func(ctx context.Context, call tool) ([]byte, error) {
		for _, arg := range call.Args {
			if data, err := os.ReadFile(arg); err == nil && strings.HasSuffix(arg, ".go") && strings.Contains(string(data), "bomb") {
				return nil, &toolError{Tool: "compile", Stderr: []byte("internal compiler error\n\ngoroutine 1"), Err: errors.New("exit status 2")}
			}
		}
		return env.counts.run(ctx, call)
	})
	o := open(t, env.engine, env.Env, parseNote(t, note.String()))
	for i, c := range o.source.Cells {
		var got []string
		for _, p := range c.Problems {
			got = append(got, fmt.Sprint(p.Line, ": ", p.Message))
		}
		var want []string
		if i == 3 {
			want = []string{"14: internal compiler error"}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("problems of cell %s (-want +got):\n%s", c.Label, diff)
		}
	}
}

// TestSlowCompiler gives a compiler up that does not come to an end.
func TestSlowCompiler(t *testing.T) {
	env := newWarmEnv(t, nil)
	env.engine.toolTime = time.Millisecond
	env.engine.tools = toolsFunc(func(ctx context.Context, call tool) ([]byte, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	o := open(t, env.engine, env.Env, parseNote(t, "```go\npackage main\n\nfunc main() {}\n```\n"))
	if p := o.source.Programs[0].Problems; len(p) != 1 || p[0].Message != "compile takes more than 1ms, the limit of a build" {
		t.Errorf("problems = %v", p)
	}
}

// TestBrokenToolchain blames no cell for a compiler that compiles nothing.
func TestBrokenToolchain(t *testing.T) {
	env := newWarmEnv(t, nil)
	note := parseNote(t, cellsOfSession)
	source, err := env.engine.Lower(t.Context(), note, note.Cells, env.Env)
	if err != nil {
		t.Fatal(err)
	}
	env.engine.tools = toolsFunc(func(context.Context, tool) ([]byte, error) {
		return nil, &toolError{Tool: "compile", Stderr: []byte("cannot work"), Err: errors.New("exit status 2")}
	})
	_, err = env.engine.Open(t.Context(), source, env.Env, func(notebook.Event) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "cannot work") {
		t.Errorf("error = %v", err)
	}
	for _, c := range source.Cells {
		if !c.OK() {
			t.Errorf("cell %s: %v", c.Label, c.Problems)
		}
	}
}

// TestSinkError ends Open with the error of the sink.
func TestSinkError(t *testing.T) {
	env := newWarmEnv(t, nil)
	note := parseNote(t, cellsOfSession)
	source, err := env.engine.Lower(t.Context(), note, note.Cells, env.Env)
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("full")
	if _, err := env.engine.Open(t.Context(), source, env.Env, func(notebook.Event) error { return full }); !errors.Is(err, full) {
		t.Errorf("error = %v", err)
	}
}

// TestProgress tells the user what takes long, and only then.
func TestProgress(t *testing.T) {
	env := newWarmEnv(t, nil)
	told := make(chan string, 1)
	env.Progress = func(text string) { told <- text }
	open(t, env.engine, env.Env, parseNote(t, cellsOfSession))
	tools := env.engine.tools
	env.engine.tools = toolsFunc(func(ctx context.Context, call tool) ([]byte, error) {
		if call.Args[0] == "list" {
			if text := <-told; !strings.Contains(text, "standard library") {
				t.Errorf("told %q", text)
			}
		}
		return tools.run(ctx, call)
	})
	open(t, env.engine, env.Env, parseNote(t, "```go\nimport _ \"container/ring\"\n```\n"))
	if len(told) > 0 {
		t.Errorf("told %q", <-told)
	}
}

// TestNoSession opens a note whose session has no cell that compiles.
func TestNoSession(t *testing.T) {
	env := newWarmEnv(t, nil)
	o := open(t, env.engine, env.Env, parseNote(t, "```go\nundefined\n```\n"))
	if len(o.built) > 0 || len(env.counts.since()) > 0 {
		t.Errorf("built %v", o.built)
	}
}

// TestOverlayFits guards the changed line of the standard library: output is
// attributed by goroutine with the version of Go that runs the tests.
func TestOverlayFits(t *testing.T) {
	env := newWarmEnv(t, nil)
	tc, err := env.engine.findToolchain(t.Context(), env.engine.store(env.Cache), env.Env)
	if err != nil {
		t.Fatal(err)
	}
	if !newOverlay(tc.root()).fits() {
		t.Errorf("the overlay does not fit %s", tc.version())
	}
}

// TestOverlayDoesNotFit runs cells with an unchanged standard library: output
// then belongs to the cell that runs.
func TestOverlayDoesNotFit(t *testing.T) {
	if o := newOverlay(t.TempDir()); o.fits() {
		t.Fatal("an overlay for no standard library")
	}
	path, err := overlay{}.write(t.TempDir(), map[string]string{"a": "b"})
	if err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != `{"Replace":{"a":"b"}}` {
		t.Errorf("overlay = %s, %v", data, err)
	}
}
