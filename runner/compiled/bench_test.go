package compiled

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"notebook/runner/process"
)

// BenchmarkNote guards what a note costs, as ratios of times that are measured
// in turns in one run:
//
//   - go-run/note: one "go run" for each cell, to the whole note after an edit;
//   - note/floor: the note after an edit, to one compilation, one link and one
//     start of a minimal program;
//   - unchanged/exec: the note unchanged, to one start of its program.
//
// Run it with -benchtime=5x or more on a quiet machine.
func BenchmarkNote(b *testing.B) {
	for _, cells := range []int{1, 10, 50} {
		b.Run(fmt.Sprintf("cells=%d", cells), func(b *testing.B) {
			env := newWarmEnv(b, nil)
			bench := &noteBench{warmEnv: env, cells: cells}
			bench.note(b, -1)
			var t times
			for b.Loop() {
				t.goRun = append(t.goRun, bench.goRuns(b))
				t.note = append(t.note, bench.note(b, len(t.note)))
				t.unchanged = append(t.unchanged, bench.note(b, len(t.note)-1))
				t.floor = append(t.floor, bench.floor(b, len(t.note)))
				t.exec = append(t.exec, bench.exec(b))
			}
			t.report(b)
		})
	}
}

// times are what was measured, by round.
type times struct{ goRun, note, unchanged, floor, exec []time.Duration }

func (t times) report(b *testing.B) {
	ratio := func(of, to []time.Duration, name string) {
		b.ReportMetric(float64(median(of))/float64(median(to)), name)
	}
	ratio(t.goRun, t.note, "go-run/note")
	ratio(t.note, t.floor, "note/floor")
	ratio(t.unchanged, t.exec, "unchanged/exec")
	b.ReportMetric(median(t.note).Seconds()*1000, "note-ms")
	b.ReportMetric(0, "ns/op") // one round of everything: says nothing
}

func median(d []time.Duration) time.Duration {
	d = slices.Sorted(slices.Values(d))
	return d[len(d)/2]
}

// A noteBench measures a note of some cells.
type noteBench struct {
	*warmEnv
	cells   int
	program string // executable of the minimal program
}

// note lowers, builds and runs the note, with an edit that no round repeats.
func (n *noteBench) note(b *testing.B, round int) time.Duration {
	note := parseNote(b, cellsNote(n.cells)+fmt.Sprintf("\n```go\nfmt.Println(%d)\n```\n", round))
	start := time.Now()
	o := open(b, n.engine, n.Env, note)
	text := o.run(b)
	took := time.Since(start)
	if err := o.session.Close(); err != nil {
		b.Fatal(err, text)
	}
	return took
}

// goRuns runs each cell as a program of its own.
func (n *noteBench) goRuns(b *testing.B) time.Duration {
	t := n.find(b)
	var files []string
	for i := range n.cells {
		src := fmt.Sprintf("package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(%d, %d) }\n", i, time.Now().UnixNano())
		file := filepath.Join(n.Temp, fmt.Sprintf("cell%d.go", i))
		if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
			b.Fatal(err)
		}
		files = append(files, file)
	}
	start := time.Now()
	for _, file := range files {
		n.mustRun(b, process.Command{Path: t.goTool, Args: []string{"run", file}, Dir: n.Temp, Env: t.environ})
	}
	return time.Since(start)
}

// floor compiles, links and starts a minimal program: what no design that
// compiles cells can do without.
func (n *noteBench) floor(b *testing.B, round int) time.Duration {
	builder, err := n.engine.newBuilder(b.Context(), n.Env)
	if err != nil {
		b.Fatal(err)
	}
	defer builder.close()
	found, err := builder.load(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	text := fmt.Sprintf("package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(%d) }\n", round)
	p := program{label: "floor", files: []file{{Name: "main.go", Text: []byte(text)}}, imports: []string{"fmt"}, link: true}
	dir, err := builder.folder(p.label)
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	out, _, err := builder.compileAndLink(b.Context(), p, found, dir)
	if err != nil {
		b.Fatal(err)
	}
	n.mustRun(b, process.Command{Path: out, Dir: n.Temp})
	took := time.Since(start)
	n.program = filepath.Join(n.Temp, "floor")
	if err := os.Rename(out, n.program); err != nil {
		b.Fatal(err)
	}
	return took
}

// exec starts the minimal program.
func (n *noteBench) exec(b *testing.B) time.Duration {
	start := time.Now()
	n.mustRun(b, process.Command{Path: n.program, Dir: n.Temp})
	return time.Since(start)
}

func (n *noteBench) find(b *testing.B) *toolchain {
	t, err := n.engine.findToolchain(b.Context(), n.engine.store(n.Cache), n.Env)
	if err != nil {
		b.Fatal(err)
	}
	return t
}

func (n *noteBench) mustRun(b *testing.B, cmd process.Command) {
	if _, stderr, err := process.Run(b.Context(), cmd); err != nil {
		b.Fatalf("%v\n%s", err, stderr)
	}
}
