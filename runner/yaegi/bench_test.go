package yaegi

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"notebook"
	"notebook/runner/process"
)

// BenchmarkNote guards what the interpreter costs, as ratios of medians of times
// that are measured in turns:
//
//   - worker/nothing: a worker that runs a program of one line, from its start
//     to its end, to one start of notebook that does nothing;
//   - 50/1: "notebook run --engine yaegi" of a note with 50 small cells, to that
//     of one with 1;
//   - compiled/interpreted: "notebook run" of a note with 1 cell after an edit,
//     compiled, to the same interpreted.
//
// It tells the peak memory of the worker too. Run it with -benchtime=9x or more
// on a quiet machine.
func BenchmarkNote(b *testing.B) {
	n := newNoteBench(b)
	n.note(b, "compiled", 1, -1) // builds the standard library
	var worker, nothing, one, fifty, compiled []time.Duration
	round := 0
	for b.Loop() {
		round++
		worker = append(worker, n.worker(b))
		nothing = append(nothing, n.took(b, "version"))
		one = append(one, n.note(b, "yaegi", 1, round))
		fifty = append(fifty, n.note(b, "yaegi", 50, round))
		compiled = append(compiled, n.note(b, "compiled", 1, round))
	}
	ratio := func(of, to []time.Duration, name string) {
		b.ReportMetric(float64(median(of))/float64(median(to)), name)
	}
	ratio(worker, nothing, "worker/nothing")
	ratio(fifty, one, "50/1")
	ratio(compiled, one, "compiled/interpreted")
	b.ReportMetric(float64(n.peak(b))/(1<<20), "worker-MB")
	b.ReportMetric(median(one).Seconds()*1000, "one-ms")
	b.ReportMetric(0, "ns/op") // one round of everything: says nothing
}

func median(d []time.Duration) time.Duration {
	d = slices.Sorted(slices.Values(d))
	return d[len(d)/2]
}

// A noteBench measures the program as a user runs it.
type noteBench struct {
	dir, notebook string
	environ       []string
}

func newNoteBench(b *testing.B) *noteBench {
	dir := b.TempDir()
	n := &noteBench{dir: dir, notebook: filepath.Join(dir, "notebook")}
	build := exec.CommandContext(b.Context(), "go", "build", "-o", n.notebook, "notebook/cmd/notebook")
	if out, err := build.CombinedOutput(); err != nil {
		b.Skipf("no Go toolchain to build with: %v\n%s", err, out)
	}
	cache, err := exec.CommandContext(b.Context(), "go", "env", "GOCACHE").Output()
	if err != nil {
		b.Fatal(err)
	}
	n.environ = append(os.Environ(), "GOCACHE="+strings.TrimSpace(string(cache)), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
	return n
}

// took runs notebook and returns how long that took.
func (n *noteBench) took(b *testing.B, args ...string) time.Duration {
	start := time.Now()
	if _, stderr, err := process.Run(b.Context(), process.Command{Path: n.notebook, Args: args, Dir: n.dir, Env: n.environ}); err != nil {
		b.Fatalf("%v\n%s", err, stderr)
	}
	return time.Since(start)
}

// note runs a note that differs in every round.
func (n *noteBench) note(b *testing.B, engine string, cells, round int) time.Duration {
	var s strings.Builder
	fmt.Fprintf(&s, "```go\ntotal := %d\nfmt.Println(total)\n```\n", round)
	for i := 1; i < cells; i++ {
		fmt.Fprintf(&s, "\n```go\ntotal += %d\nfmt.Println(%d, total)\n```\n", i, i)
	}
	path := filepath.Join(n.dir, "note.md")
	if err := os.WriteFile(path, []byte(s.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	return n.took(b, "run", "--engine", engine, path)
}

// peak returns the peak memory of a worker in bytes, as it tells itself. The
// system counts what the process was forked from, too.
func (n *noteBench) peak(b *testing.B) (rss int64) {
	n.note(b, "yaegi", 1, 0) // writes the note
	out, _, err := process.Run(b.Context(), process.Command{
		Path: n.notebook, Args: []string{"run", "--engine", "yaegi", "--json", "note.md"}, Dir: n.dir, Env: n.environ,
	})
	if err != nil {
		b.Fatal(err)
	}
	for e, err := range notebook.ReadEvents(bytes.NewReader(out)) {
		if err != nil {
			b.Fatal(err)
		}
		if f, ok := e.Body.(notebook.Finished); ok {
			rss = max(rss, f.MaxRSS)
		}
	}
	return rss
}

// worker runs a worker and returns how long that took.
func (n *noteBench) worker(b *testing.B) time.Duration {
	const source = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(1) }\n"
	j := &job{Kind: programJob, Programs: []jobCell{{Label: "cell-1", Source: source}}}
	path, err := j.place(n.dir, n.notebook, "program")
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	child, err := process.Start(b.Context(), process.Command{Path: path, Dir: n.dir, Env: n.environ})
	if err != nil {
		b.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, child.Stdout) // both end with the worker
	_, _ = io.Copy(io.Discard, child.Stderr)
	exit, err := child.Wait()
	if err != nil || !exit.OK() {
		b.Fatal(exit, err)
	}
	return time.Since(start)
}
