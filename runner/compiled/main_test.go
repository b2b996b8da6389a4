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

	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/runner"
	"notebook/runner/leak"
	"notebook/runner/lower"
)

func TestMain(m *testing.M) {
	os.Exit(leak.Tests{M: removeAfter{m}}.Run())
}

// removeAfter removes the shared folder after the tests.
type removeAfter struct{ *testing.M }

func (r removeAfter) Run() int {
	code := r.M.Run()
	if sharedCache != "" {
		_ = os.RemoveAll(sharedCache)
	}
	return code
}

// sharedCache is a cache folder with what is built once for a toolchain: what
// is known of the standard library, and the harness. Tests copy it.
var (
	sharedOnce  sync.Once
	sharedCache string
)

// countingTools counts the tools that are run, by name.
type countingTools struct {
	tools
	mu     sync.Mutex
	counts map[string]int
	calls  []tool
}

func (c *countingTools) run(ctx context.Context, t tool) ([]byte, error) {
	c.mu.Lock()
	name := filepath.Base(t.Path)
	if name == "go" {
		name += " " + t.Args[0]
	}
	c.counts[name]++
	c.calls = append(c.calls, t)
	c.mu.Unlock()
	return c.tools.run(ctx, t)
}

// since returns the counts and starts new ones.
func (c *countingTools) since() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	counts := c.counts
	c.counts = map[string]int{}
	return counts
}

// newTestEngine returns an engine that counts its tools.
func newTestEngine(config Config) (*Engine, *countingTools) {
	e := New(config)
	c := &countingTools{tools: e.tools, counts: map[string]int{}}
	e.tools = c
	return e, c
}

// newEnv returns the world of a note whose folder holds the files.
func newEnv(t testing.TB, files []txtar.File) runner.Env {
	t.Helper()
	dir := t.TempDir()
	env := runner.Env{
		Dir: filepath.Join(dir, "note"), Cache: filepath.Join(dir, "cache"), Temp: filepath.Join(dir, "temp"),
		Environ: []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")},
	}
	for _, d := range []string{env.Dir, env.Temp} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		path := filepath.Join(env.Dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return env
}

// needToolchain skips the test where no Go toolchain can build cells.
func needToolchain(t testing.TB, e *Engine, env runner.Env) {
	t.Helper()
	_, err := e.Go(t.Context(), env)
	var none *NoToolchainError
	if errors.As(err, &none) {
		t.Skipf("this test builds programs: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A warmEnv is the world of a note and an engine that has built before what is
// built once for a toolchain: the standard library and the harness.
type warmEnv struct {
	runner.Env
	engine *Engine
	counts *countingTools
}

func newWarmEnv(t testing.TB, files []txtar.File) *warmEnv {
	t.Helper()
	env := &warmEnv{Env: newEnv(t, files)}
	env.engine, env.counts = newTestEngine(Config{})
	needToolchain(t, env.engine, runner.Env{Dir: env.Dir, Temp: env.Temp})
	sharedOnce.Do(func() {
		dir, err := os.MkdirTemp("", "compiled-test")
		if err != nil {
			t.Fatal(err)
		}
		sharedCache = dir
		shared := newEnv(t, nil)
		shared.Cache = dir
		if err := open(t, New(Config{}), shared, parseNote(t, "```go\nfmt.Println()\n```\n")).session.Close(); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.CopyFS(env.Cache, os.DirFS(sharedCache)); err != nil {
		t.Fatal(err)
	}
	env.counts.since()
	return env
}

// toolsFunc makes a function the tools of an engine.
type toolsFunc func(context.Context, tool) ([]byte, error)

func (f toolsFunc) run(ctx context.Context, t tool) ([]byte, error) { return f(ctx, t) }

// parseNote parses a note without errors in it.
func parseNote(t testing.TB, src string) *notebook.Note {
	t.Helper()
	note, diagnostics := notebook.Parse("note.md", []byte(src))
	for _, d := range diagnostics {
		t.Errorf("parse: %v", d)
	}
	return note
}

// opened is a note that was lowered and built.
type opened struct {
	note    *notebook.Note
	source  *lower.Source
	session runner.Session
	built   []notebook.Event
}

// open lowers and builds a note, as a run does.
func open(t testing.TB, e *Engine, env runner.Env, note *notebook.Note) opened {
	t.Helper()
	o := opened{note: note}
	var err error
	if o.source, err = e.Lower(t.Context(), note, note.Cells, env); err != nil {
		t.Fatal("lower:", err)
	}
	o.session, err = e.Open(t.Context(), o.source, env, func(ev notebook.Event) error {
		o.built = append(o.built, ev)
		return nil
	})
	if err != nil {
		t.Fatal("open:", err)
	}
	t.Cleanup(func() {
		if err := o.session.Close(); err != nil {
			t.Error(err)
		}
	})
	o.session.(*session).builder.keeping.Wait() // a later note finds all of it
	return o
}

// run runs the cells in order, those of the session in one process, and tells
// what happened to each.
func (o opened) run(t testing.TB) string {
	t.Helper()
	var text strings.Builder
	var shared runner.Process
	for _, c := range o.note.Cells {
		if problems, broken := o.broken(c); broken {
			fmt.Fprintf(&text, "%s: not run\n%s", c.Label, problems)
			continue
		}
		if c.Mode != notebook.Run {
			fmt.Fprintf(&text, "%s: compiled\n", c.Label)
			continue
		}
		p := shared
		if p == nil || c.Program {
			p = o.start(t, c)
		}
		fmt.Fprintf(&text, "%s:\n%s", c.Label, runCell(t, p, c))
		if c.Program {
			closeProcess(t, p)
		} else {
			shared = p
		}
	}
	if shared != nil {
		closeProcess(t, shared)
	}
	return text.String()
}

func (o opened) start(t testing.TB, c *notebook.Cell) runner.Process {
	t.Helper()
	if !c.Program {
		c = nil
	}
	p, err := o.session.Start(t.Context(), c)
	if err != nil {
		t.Fatal("start:", err)
	}
	return p
}

func closeProcess(t testing.TB, p runner.Process) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Error("close:", err)
	}
}

// broken tells what is wrong with a cell, if anything.
func (o opened) broken(c *notebook.Cell) (string, bool) {
	var text strings.Builder
	var problems []notebook.Problem
	var lost []string
	if p := o.source.Program(c.Label); p != nil {
		problems = p.Problems
	} else if cell := o.source.Cell(c.Label); cell != nil {
		problems, lost = cell.Problems, cell.Lost
	}
	for _, p := range problems {
		fmt.Fprintf(&text, "  %s:%d:%d: %s\n  hint: %s\n", p.File, p.Line, p.Col, p.Message, p.Hint)
	}
	for _, label := range lost {
		fmt.Fprintf(&text, "  needs %s\n", label)
	}
	return text.String(), text.Len() > 0
}

// runCell runs a cell and describes its events, output by stream.
func runCell(t testing.TB, p runner.Process, c *notebook.Cell) string {
	t.Helper()
	streams := map[notebook.Stream]string{}
	var rest strings.Builder
	err := p.Run(t.Context(), c, time.Minute, func(e notebook.Event) error {
		switch b := e.Body.(type) {
		case notebook.Written:
			if b.Late {
				fmt.Fprintf(&rest, "  late %s of %s: %q\n", b.Stream, e.Cell, b.Data)
				return nil
			}
			streams[b.Stream] += string(b.Data)
		case notebook.Displayed:
			fmt.Fprintf(&rest, "  display %q\n", b.Data)
		case notebook.Problem:
			fmt.Fprintf(&rest, "  %s:%d: %s\n", b.File, b.Line, b.Message)
		case notebook.Finished:
			fmt.Fprintf(&rest, "  %s\n", b.Outcome)
		}
		return nil
	})
	if err != nil && !errors.Is(err, runner.ErrProcessEnded) {
		t.Fatalf("run %s: %v", c.Label, err)
	}
	var text strings.Builder
	for _, s := range []notebook.Stream{notebook.Stdout, notebook.Stderr} {
		if streams[s] != "" {
			fmt.Fprintf(&text, "  %s %q\n", s, streams[s])
		}
	}
	return text.String() + rest.String()
}
