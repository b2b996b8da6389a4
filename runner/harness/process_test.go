package harness_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"notebook"
	"notebook/runner/harness"
	"notebook/runner/process"
)

// startSession starts a session without the descriptors of a script.
func startSession(t testing.TB, ctx context.Context) *harness.Process {
	t.Helper()
	p, err := harness.Start(ctx, harness.Setup{Note: sessionNote(t)}, process.Command{Path: build(t, "session")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestInterrupted(t *testing.T) {
	for _, which := range []string{"start", "run"} {
		t.Run(which, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			contexts := map[string]context.Context{"start": t.Context(), "run": t.Context()}
			contexts[which] = ctx
			p := startSession(t, contexts["start"])
			j := &journal{t: t}
			err := p.Run(contexts["run"], sessionNote(t).Cell("endless"), 0, func(e notebook.Event) error {
				if _, ok := e.Body.(notebook.Written); ok {
					cancel()
				}
				return j.sink(e)
			})
			if !errors.Is(err, harness.ErrProcessEnded) || !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			if got := j.cells[0].finished; got == nil || got.Outcome != notebook.Interrupted {
				t.Errorf("finished %+v", got)
			}
			<-harness.Done(p)
			if err := p.Run(t.Context(), sessionNote(t).Cell("hello"), 0, j.sink); !errors.Is(err, harness.ErrNotStarted) {
				t.Errorf("the next Run: %v", err)
			}
		})
	}
}

func TestSinkFails(t *testing.T) {
	p := startSession(t, t.Context())
	failure := errors.New("the disk is full")
	calls := 0
	err := p.Run(t.Context(), sessionNote(t).Cell("flood"), 0, func(notebook.Event) error {
		if calls++; calls == 3 {
			return failure
		}
		return nil
	})
	if !errors.Is(err, failure) || calls != 3 {
		t.Errorf("error %v after %d calls", err, calls)
	}
}

func TestCloseWithoutRun(t *testing.T) {
	startSession(t, t.Context())
}

func TestUnknownCell(t *testing.T) {
	p := startSession(t, t.Context())
	j := &journal{t: t}
	if err := p.Run(t.Context(), testCell("nobody", 99), 0, j.sink); err != nil {
		t.Error(err)
	}
	if got := j.String(); !strings.Contains(got, "does not have this cell") {
		t.Error(got)
	}
}

// A program that does not speak the protocol is the cell's fault: that is where
// a session program ends before main.
func TestNoSession(t *testing.T) {
	p, err := harness.Start(t.Context(), harness.Setup{Note: sessionNote(t)}, process.Command{Path: build(t, "program"), Args: []string{"exit"}})
	if err != nil {
		t.Fatal(err)
	}
	j := &journal{t: t}
	if err := p.Run(t.Context(), sessionNote(t).Cell("hello"), 0, j.sink); !errors.Is(err, harness.ErrProcessEnded) {
		t.Error(err)
	}
	if got := j.String(); !strings.Contains(got, "finished exit, exit 4") || !strings.Contains(got, "leaving") {
		t.Error(got)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

func TestStartFails(t *testing.T) {
	before := openFiles(t)
	_, err := harness.Start(t.Context(), harness.Setup{Note: &notebook.Note{}}, process.Command{Path: filepath.Join(t.TempDir(), "none")})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if after := openFiles(t); after > before {
		t.Errorf("%d files open, before %d", after, before)
	}
}

func TestFilesAreClosed(t *testing.T) {
	run := func(label string) {
		p := startSession(t, t.Context())
		_ = p.Run(t.Context(), sessionNote(t).Cell(label), time.Minute, func(notebook.Event) error { return nil })
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
	run("hello")
	before := openFiles(t)
	for range 5 {
		run("hello")
		run("exit")
	}
	if after := openFiles(t); after > before {
		t.Errorf("%d files open, before %d", after, before)
	}
}

func openFiles(t *testing.T) int {
	t.Helper()
	files, err := os.ReadDir("/dev/fd")
	if err != nil {
		t.Skip("the open files cannot be listed here:", err)
	}
	return len(files)
}

func TestMeasurement(t *testing.T) {
	p := startSession(t, t.Context())
	limit := 200 * time.Millisecond
	ends := map[string]notebook.Finished{}
	for _, label := range []string{"hello", "panic", "endless"} {
		err := p.Run(t.Context(), sessionNote(t).Cell(label), limit, func(e notebook.Event) error {
			if f, ok := e.Body.(notebook.Finished); ok {
				ends[label] = f
			}
			return nil
		})
		if err != nil && label != "endless" {
			t.Error(err)
		}
	}
	for label, f := range ends {
		ratio := 0.0 // of a short run there is none
		if f.HasRatio() {
			ratio = float64(f.CPU) / float64(f.Wall)
		}
		if f.Wall <= 0 || f.CPU != f.User+f.Sys || f.Parallelism != ratio {
			t.Errorf("%s: %+v", label, f)
		}
	}
	if runtime.GOOS == "linux" && ends["hello"].MaxRSS < 1<<20 {
		t.Errorf("the first cell has a peak of %d bytes", ends["hello"].MaxRSS)
	}
	if ends["panic"].MaxRSS != 0 {
		t.Error("a later cell has a peak of its own")
	}
	if f := ends["endless"]; f.Wall < limit || f.User <= 0 {
		t.Errorf("endless: %+v", f)
	}
}

// The memory in use does not grow with what a cell writes.
func TestFloodNeedsLittleMemory(t *testing.T) {
	p := startSession(t, t.Context())
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	kept, most := 0, uint64(0)
	err := p.Run(t.Context(), sessionNote(t).Cell("flood"), 0, func(e notebook.Event) error {
		if w, ok := e.Body.(notebook.Written); ok {
			kept += len(w.Data)
			if kept%(8<<20) < len(w.Data) {
				runtime.GC()
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if kept != int(harness.DefaultMaxOutput)+len("done") && kept != int(harness.DefaultMaxOutput) {
		t.Errorf("%d bytes kept", kept)
	}
	if limit := before.HeapAlloc + 8<<20; most > limit {
		t.Errorf("%d bytes in use, more than %d", most, limit)
	}
}

// Guards what the harness adds to each cell of a session.
func BenchmarkRun(b *testing.B) {
	p := startSession(b, b.Context())
	cell := sessionNote(b).Cell("empty")
	for b.Loop() {
		if err := p.Run(b.Context(), cell, time.Minute, func(notebook.Event) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

// Guards the time to start and end a process.
func BenchmarkProcess(b *testing.B) {
	for b.Loop() {
		p, err := harness.Start(b.Context(), harness.Setup{Note: sessionNote(b)}, process.Command{Path: build(b, "session")})
		if err != nil {
			b.Fatal(err)
		}
		err = p.Run(b.Context(), sessionNote(b).Cell("hello"), time.Minute, func(notebook.Event) error { return nil })
		if err := errors.Join(err, p.Close()); err != nil {
			b.Fatal(err)
		}
	}
}
