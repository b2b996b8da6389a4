package compiled

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"notebook"
)

// TestAttribution runs a note with chatty goroutines again and again: no line
// may be lost, cut, or belong to another cell than the one that wrote it.
func TestAttribution(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("output belongs to the cell that runs on " + runtime.GOOS)
	}
	src, err := os.ReadFile("testdata/chatty.md")
	if err != nil {
		t.Fatal(err)
	}
	env := newWarmEnv(t, nil)
	o := open(t, env.engine, env.Env, parseNote(t, string(src)))
	want := chattyLines()
	for i := range attributionRuns {
		if diff := cmp.Diff(want, o.attributed(t)); diff != "" {
			t.Fatalf("lines in run %d (-want +got):\n%s", i, diff)
		}
	}
}

// A writer of output.
type writer struct {
	cell      string
	stream    notebook.Stream
	goroutine int64
	late      bool
}

// attributed runs the note and returns its lines, each after the cell that it
// was attributed to, and how often they came.
func (o opened) attributed(t *testing.T) map[string]int {
	t.Helper()
	texts := map[writer]string{}
	p := o.start(t, o.note.Cells[0])
	for _, c := range o.note.Cells {
		err := p.Run(t.Context(), c, time.Minute, func(e notebook.Event) error {
			switch b := e.Body.(type) {
			case notebook.Written:
				texts[writer{e.Cell, b.Stream, b.Goroutine, b.Late}] += string(b.Data)
			case notebook.Finished:
				if b.Outcome != notebook.OK {
					t.Errorf("%s: %s", e.Cell, b.Outcome)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	closeProcess(t, p)
	lines := map[string]int{}
	for from, text := range texts {
		for line := range strings.Lines(text) {
			lines[fmt.Sprintf("%s, %s: %s", from.cell, from.stream, line)]++
		}
	}
	return lines
}

// chattyLines returns the lines that the cells write.
func chattyLines() map[string]int {
	const lines = 20
	want := map[string]int{}
	add := func(cell, stream, way string, goroutine, n int) {
		for i := range n {
			want[fmt.Sprintf("%s, %s: %s.%d %s %d\n", cell, stream, cell, goroutine, way, i)]++
		}
	}
	for _, cell := range []string{"cell-2", "cell-3", "cell-4"} {
		for goroutine := range 3 {
			for way, stream := range waysOfGoroutines {
				add(cell, stream, way, goroutine, 2*lines)
			}
		}
	}
	for _, cell := range []string{"cell-2", "cell-4", "cell-5"} {
		add(cell, "stderr", "print", 0, lines)
		add(cell, "stdout", "child", 0, 3)
	}
	return want
}

// waysOfGoroutines are the streams to which the goroutines write, by the way in
// which they do.
var waysOfGoroutines = map[string]string{
	"fmt": "stdout", "stdout": "stdout", "bufio": "stdout", "log": "stderr", "stderr": "stderr",
}

// TestLateLines flags what goroutines write after their cell has returned, and
// nothing that a cell itself writes.
func TestLateLines(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("output belongs to the cell that runs on " + runtime.GOOS)
	}
	env := newWarmEnv(t, nil)
	o := open(t, env.engine, env.Env, parseNote(t, lateNote))
	p := o.start(t, o.note.Cells[0])
	texts := map[writer]string{}
	for _, c := range o.note.Cells {
		err := p.Run(t.Context(), c, time.Minute, func(e notebook.Event) error {
			if b, ok := e.Body.(notebook.Written); ok {
				texts[writer{cell: e.Cell, stream: b.Stream, late: b.Late}] += string(b.Data)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	closeProcess(t, p)
	want := map[writer]string{
		{cell: "cell-1", stream: notebook.Stdout}:             "before\n",
		{cell: "cell-1", stream: notebook.Stdout, late: true}: "after\n",
		{cell: "cell-2", stream: notebook.Stdout}:             "done\n",
	}
	if diff := cmp.Diff(want, texts, cmp.AllowUnexported(writer{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The goroutine sees by the stacks that the cell's own goroutine has ended.
const lateNote = "```go\n" + `fmt.Println("before")
stack := make([]byte, 1<<20)
cell, _, _ := strings.Cut(string(stack[:runtime.Stack(stack, false)]), "running]")
done := make(chan bool)
go func() {
	for strings.Contains(string(stack[:runtime.Stack(stack, true)]), cell) {
		runtime.Gosched()
	}
	fmt.Println("after")
	close(done)
}()
` + "```\n\n```go\n<-done\nfmt.Println(\"done\")\n```\n"
