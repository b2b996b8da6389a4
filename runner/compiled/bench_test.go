package compiled

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"notebook"
	"notebook/runner/process"
)

// BenchmarkNote guards what a note costs, as ratios of medians of times that are
// measured in turns:
//
//   - note/floor: "notebook run" after an edit, to one start of notebook, and one
//     compilation, one link and one start of a minimal program, with the fastest
//     flags and the standard library as go build compiles it;
//   - unchanged/exec: "notebook run" without an edit, to one start of notebook
//     and one of the minimal program;
//   - go-run/note: one "go run" a cell, to "notebook run";
//   - go-build/note: one "go build" of a program a cell, to "notebook run".
//
// Run it with -benchtime=5x or more on a quiet machine.
func BenchmarkNote(b *testing.B) {
	for _, cells := range []int{1, 10, 50} {
		b.Run(fmt.Sprintf("cells=%d", cells), func(b *testing.B) {
			n := newNoteBench(b)
			note := func(round int) string { return cellsNote(cells, round) }
			n.run(b, note(-1))
			var t times
			for b.Loop() {
				t.measure(n, b, note)
				t.goRun = append(t.goRun, n.goRuns(b, cells))
				t.goBuild = append(t.goBuild, n.goBuild(b, cells))
			}
			t.report(b)
		})
	}
}

// BenchmarkServer is BenchmarkNote for a cell that imports net/http. It tells the
// peak memory of the largest processes too.
func BenchmarkServer(b *testing.B) {
	n := newNoteBench(b)
	n.run(b, serverNote(-1))
	peaks := n.peaks(b, parseNote(b, serverNote(-2)))
	var t times
	for b.Loop() {
		t.measure(n, b, serverNote)
	}
	t.report(b)
	for _, name := range []string{"compile", "link", "program"} {
		b.ReportMetric(float64(peaks[name])/(1<<20), name+"-MB")
	}
}

// serverNote returns a note that differs in every round.
func serverNote(round int) string {
	return fmt.Sprintf("```go\nserver := httptest.NewServer(http.NotFoundHandler())\ndefer server.Close()\n"+
		"response, err := http.Get(server.URL)\nfmt.Println(response.StatusCode, err, %d)\n```\n", round)
}

// cellsNote returns a note of n cells that use each other's results and that
// differ in every round.
func cellsNote(n, round int) string {
	var s strings.Builder
	fmt.Fprintf(&s, "```go\ntotal := %d\nfmt.Println(total)\n```\n", round)
	for i := 1; i < n; i++ {
		fmt.Fprintf(&s, "\n```go\ntotal += %d\nfmt.Println(%d, total)\n```\n", i, i)
	}
	return s.String()
}

// times are what was measured, by round.
type times struct{ note, unchanged, start, floor, exec, goRun, goBuild []time.Duration }

// measure takes one time of each kind.
func (t *times) measure(n *noteBench, b *testing.B, note func(round int) string) {
	round := len(t.note)
	t.note = append(t.note, n.run(b, note(round)))
	t.unchanged = append(t.unchanged, n.run(b, note(round)))
	t.start = append(t.start, n.start(b))
	t.floor = append(t.floor, n.floor(b, round))
	t.exec = append(t.exec, n.exec(b))
}

func (t *times) report(b *testing.B) {
	note, start := median(t.note), median(t.start)
	ratio := func(of, to time.Duration, name string) {
		b.ReportMetric(float64(of)/float64(to), name)
	}
	ratio(note, start+median(t.floor), "note/floor")
	ratio(median(t.unchanged), start+median(t.exec), "unchanged/exec")
	if t.goRun != nil {
		ratio(median(t.goRun), note, "go-run/note")
		ratio(median(t.goBuild), note, "go-build/note")
	}
	b.ReportMetric(note.Seconds()*1000, "note-ms")
	b.ReportMetric(start.Seconds()*1000, "start-ms")
	b.ReportMetric(0, "ns/op") // one round of everything: says nothing
}

func median(d []time.Duration) time.Duration {
	d = slices.Sorted(slices.Values(d))
	return d[len(d)/2]
}

// A noteBench measures notes, and what they are compared with.
type noteBench struct {
	*warmEnv
	notebook string // the executable
	minimal  string // executable of the minimal program
	config   string // its import configuration: the standard library as go build knows it
	environ  []string
}

func newNoteBench(b *testing.B) *noteBench {
	n := &noteBench{warmEnv: newWarmEnv(b, nil)}
	n.notebook, n.minimal = filepath.Join(n.Temp, "notebook"), filepath.Join(n.Temp, "minimal")
	t, err := n.engine.findToolchain(b.Context(), n.engine.store(n.Cache), n.Env)
	if err != nil {
		b.Fatal(err)
	}
	goCache, err := n.engine.tools.run(b.Context(), tool{Path: t.goTool, Args: []string{"env", "GOCACHE"}, Env: t.environ})
	if err != nil {
		b.Fatal(err)
	}
	n.environ = setEnv(os.Environ(), "GOCACHE", strings.TrimSpace(string(goCache)))
	n.environ = setEnv(n.environ, "XDG_CACHE_HOME", n.Cache)
	n.took(b, process.Command{Path: t.goTool, Args: []string{"build", "-o", n.notebook, "notebook/cmd/notebook"}})
	n.config = filepath.Join(n.Temp, "importcfg")
	list, err := n.engine.tools.run(b.Context(), tool{Path: t.goTool, Env: t.environ, Args: []string{
		"list", "-export", "-deps", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "fmt",
	}})
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(n.config, list, 0o644); err != nil {
		b.Fatal(err)
	}
	return n
}

// took runs a program and returns how long that took.
func (n *noteBench) took(b *testing.B, cmd process.Command) time.Duration {
	if cmd.Env == nil {
		cmd.Env = n.environ
	}
	start := time.Now()
	if stdout, stderr, err := process.Run(b.Context(), cmd); err != nil {
		b.Fatalf("%v\n%s%s", err, stdout, stderr)
	}
	return time.Since(start)
}

// run runs a note as a user does.
func (n *noteBench) run(b *testing.B, text string) time.Duration {
	path := filepath.Join(n.Dir, "note.md")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
	return n.took(b, process.Command{Path: n.notebook, Args: []string{"run", path}, Dir: n.Dir})
}

// start starts notebook to do next to nothing.
func (n *noteBench) start(b *testing.B) time.Duration {
	return n.took(b, process.Command{Path: n.notebook, Args: []string{"version"}, Dir: n.Dir})
}

// floor compiles, links and starts a minimal program.
func (n *noteBench) floor(b *testing.B, round int) time.Duration {
	builder, err := n.engine.newBuilder(b.Context(), n.Env)
	if err != nil {
		b.Fatal(err)
	}
	defer builder.close()
	dir, err := builder.folder("floor")
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	archive, err := builder.compile(b.Context(), compilation{
		path: "main", dir: dir, config: n.config, lang: languageOf(builder.toolchain.version()),
		files: []file{{Name: "main.go", Text: minimalProgram(round)}},
	})
	if err != nil {
		b.Fatal(err)
	}
	out, err := builder.linkProgram(b.Context(), archive, n.config, "")
	if err != nil {
		b.Fatal(err)
	}
	n.took(b, process.Command{Path: out, Dir: n.Temp})
	took := time.Since(start)
	if err := os.Rename(out, n.minimal); err != nil {
		b.Fatal(err)
	}
	return took
}

func minimalProgram(n int) []byte {
	return fmt.Appendf(nil, "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(%d) }\n", n)
}

// exec starts the minimal program.
func (n *noteBench) exec(b *testing.B) time.Duration {
	return n.took(b, process.Command{Path: n.minimal, Dir: n.Temp})
}

// goRuns runs each cell as a program of its own.
func (n *noteBench) goRuns(b *testing.B, cells int) time.Duration {
	var total time.Duration
	for _, dir := range n.mains(b, cells) {
		total += n.goTool(b, "run", dir)
	}
	return total
}

// goBuild builds each cell as a program of its own, all by one call.
func (n *noteBench) goBuild(b *testing.B, cells int) time.Duration {
	n.mains(b, cells)
	return n.goTool(b, "build", "-o", b.TempDir(), "./...")
}

func (n *noteBench) goTool(b *testing.B, args ...string) time.Duration {
	t, err := n.engine.findToolchain(b.Context(), n.engine.store(n.Cache), n.Env)
	if err != nil {
		b.Fatal(err)
	}
	return n.took(b, process.Command{Path: t.goTool, Args: args, Dir: filepath.Join(n.Temp, "mains"), Env: t.environ})
}

// mains writes programs that no earlier call wrote, and returns their folders.
func (n *noteBench) mains(b *testing.B, cells int) []string {
	files := map[string][]byte{"go.mod": []byte("module mains\n\ngo 1.26\n")}
	var dirs []string
	for i := range cells {
		dir := fmt.Sprintf("./cell%d", i)
		dirs = append(dirs, dir)
		files[filepath.Join(dir, "main.go")] = minimalProgram(int(time.Now().UnixNano()) + i)
	}
	for name, text := range files {
		path := filepath.Join(n.Temp, "mains", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return dirs
}

// peaks returns the largest resident memory of a process of each kind that a
// note needs, in bytes.
func (n *noteBench) peaks(b *testing.B, note *notebook.Note) map[string]int64 {
	var mu sync.Mutex
	peaks := map[string]int64{}
	n.engine.tools = toolsFunc(func(ctx context.Context, t tool) ([]byte, error) {
		out, peak, err := runTool(ctx, t)
		mu.Lock()
		defer mu.Unlock()
		name := filepath.Base(t.Path)
		peaks[name] = max(peaks[name], peak)
		return out, err
	})
	o := open(b, n.engine, n.Env, note)
	p := o.start(b, note.Cells[0])
	err := p.Run(b.Context(), note.Cells[0], time.Minute, func(e notebook.Event) error {
		if f, ok := e.Body.(notebook.Finished); ok {
			peaks["program"] = f.MaxRSS
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	closeProcess(b, p)
	return peaks
}

// runTool runs a tool and returns its peak memory.
func runTool(ctx context.Context, t tool) ([]byte, int64, error) {
	child, err := process.Start(ctx, process.Command{Path: t.Path, Args: t.Args, Dir: t.Dir, Env: t.Env})
	if err != nil {
		return nil, 0, err
	}
	var out, errs strings.Builder
	var readers sync.WaitGroup
	readers.Go(func() { _, _ = io.Copy(&out, child.Stdout) })
	readers.Go(func() { _, _ = io.Copy(&errs, child.Stderr) })
	exit, err := child.Wait()
	readers.Wait()
	if err == nil && !exit.OK() {
		err = fmt.Errorf("%s: %v\n%s%s", t.Path, exit, out.String(), errs.String())
	}
	return []byte(out.String()), exit.MaxRSS, err
}
