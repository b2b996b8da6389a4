//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"notebook"
	"notebook/renderer"
	"notebook/runner"
	"notebook/runner/compiled"
	"notebook/runner/process"
)

// floodSize is how many bytes the benchmark's cell writes.
const floodSize = 100 << 20

const floodNote = "```go\n" + `block := bytes.Repeat([]byte("0123456789abcde\n"), 1<<16)
for range 100 {
	os.Stdout.Write(block)
}
` + "```\n"

// BenchmarkFlood runs a note whose cell writes 100 MiB and makes its page, in
// turns with cat of a file of as many bytes, whose output is read and
// forgotten. It prints
//
//   - cell/cat, the ratio of the median wall time of the cell to that of cat;
//     it is to stay below 5,
//   - page-MB, the size of the page; it is to stay below 3,
//   - RSS-MB, the largest memory of this process, which does all that notebook
//     does, and the work of the benchmark besides; it is to stay below 100.
func BenchmarkFlood(b *testing.B) {
	cat, err := exec.LookPath("cat")
	if err != nil {
		b.Skip("there is no cat")
	}
	file := filepath.Join(b.TempDir(), "bytes")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Truncate(file, floodSize)); err != nil {
		b.Fatal(err)
	}
	engine := compiled.New(compiled.Config{})
	env := runner.Env{Dir: b.TempDir(), Cache: b.TempDir(), Temp: b.TempDir()}
	flood(b, engine, env) // builds the note
	var cats, cells []time.Duration
	size := 0
	for b.Loop() {
		cats = append(cats, timeOfCat(b, cat, file))
		wall, page := flood(b, engine, env)
		cells, size = append(cells, wall), page
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(cells).Seconds()/median(cats).Seconds(), "cell/cat")
	b.ReportMetric(float64(size)/1e6, "page-MB")
	b.ReportMetric(peakMB(b), "RSS-MB")
}

// flood runs the note, and returns the time of its cell and the size of its page.
func flood(b *testing.B, engine runner.Engine, env runner.Env) (wall time.Duration, page int) {
	b.Helper()
	note, _ := notebook.Parse("flood.md", []byte(floodNote))
	r := runner.New([]runner.Engine{engine}, runner.Options{})
	var err error
	result := notebook.Fold(note, func(yield func(notebook.Event) bool) {
		err = r.Run(b.Context(), note, env, func(e notebook.Event) error {
			if f, ok := e.Body.(notebook.Finished); ok {
				wall = f.Wall
			}
			yield(e)
			return nil
		})
	})
	if err != nil {
		b.Fatal(err)
	}
	var out counter
	if err := renderer.New().Page(&out, note, result, renderer.Assets{}); err != nil {
		b.Fatal(err)
	}
	return wall, int(out)
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func timeOfCat(b *testing.B, cat, file string) time.Duration {
	b.Helper()
	start := time.Now()
	child, err := process.Start(b.Context(), process.Command{Path: cat, Args: []string{file}})
	if err != nil {
		b.Fatal(err)
	}
	defer child.Stderr.Close()
	if n, err := io.Copy(io.Discard, child.Stdout); n != floodSize || err != nil {
		b.Fatalf("%d bytes of cat, %v", n, err)
	}
	took := time.Since(start)
	if exit, err := child.Wait(); !exit.OK() || err != nil {
		b.Fatalf("cat: %v, %v", exit, err)
	}
	return took
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

var peakLine = regexp.MustCompile(`(?m)^VmHWM:\s*(\d+) kB$`)

// peakMB returns the largest memory of this process.
func peakMB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	m := peakLine.FindSubmatch(bytes.TrimSpace(status))
	if err != nil || m == nil {
		return 0
	}
	kib, err := strconv.Atoi(string(m[1]))
	if err != nil {
		b.Fatal(err)
	}
	return float64(kib) * 1024 / 1e6
}
