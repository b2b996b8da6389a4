package process_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"notebook/runner/process"
)

// Nothing that a child started survives it, in whatever way it left the group.
func TestFamilyDies(t *testing.T) {
	for _, how := range []string{"group", "session", "orphan"} {
		t.Run(how, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			life := newLifeline(t)
			cmd := self(t, "family", how, "wait")
			cmd.ExtraFiles = []*os.File{life.w}
			c := start(t, ctx, cmd)
			ready(t, c)
			cancel()
			finish(t, c)
			life.awaitDeath(t)
			left := 1
			if how == "group" {
				left = 0 // it ended with the child
			}
			testStrays(t, c, left)
		})
	}
}

// A grandchild that keeps the output open neither survives nor hides the end.
func TestFamilyOfEndedChildDies(t *testing.T) {
	for _, how := range []string{"group", "session", "orphan"} {
		t.Run(how, func(t *testing.T) {
			life := newLifeline(t)
			cmd := self(t, "family", how)
			cmd.ExtraFiles = []*os.File{life.w}
			c := start(t, t.Context(), cmd)
			r := finish(t, c)
			if r.stdout != "ready\n" || r.outErr != nil || r.errErr != nil || !r.exit.OK() {
				t.Errorf("got %+v", r)
			}
			life.awaitDeath(t)
			testStrays(t, c, 1)
		})
	}
}

// testStrays expects that many processes of the test binary.
func testStrays(t *testing.T, c *process.Child, want int) {
	t.Helper()
	if got := c.Strays(); !slices.Equal(got, slices.Repeat([]string{"exe"}, want)) {
		t.Errorf("strays %q, want %d of exe", got, want)
	}
}

// A process that has ended, waited for or not, is no stray; a name is printable.
func TestStrays(t *testing.T) {
	c := start(t, t.Context(), self(t, "strays"))
	r := finish(t, c)
	if r.stdout != "" || !slices.Equal(c.Strays(), []string{"a) Z �[31m"}) {
		t.Errorf("strays %q, %+v", c.Strays(), r)
	}
}

// While another child lives, an orphan may be its own: it is left alone, and the
// end of the output that it holds is told.
func TestOutputOpen(t *testing.T) {
	other := start(t, t.Context(), self(t, "wait"))
	ready(t, other)
	life := newLifeline(t)
	cmd := self(t, "family", "orphan")
	cmd.ExtraFiles = []*os.File{life.w}
	r := finish(t, start(t, t.Context(), cmd))
	if !errors.Is(r.errErr, process.ErrOutputOpen) || !r.exit.OK() {
		t.Errorf("got %+v", r)
	}
	other.Kill()
	finish(t, other)
	life.awaitDeath(t)
	testStrays(t, other, 1)
}

// A program that ends at once takes also those with it that it is no parent of.
func TestKillAll(t *testing.T) {
	other := start(t, t.Context(), self(t, "wait")) // keeps us from ending orphans
	ready(t, other)
	life := newLifeline(t)
	cmd := self(t, "parent", "kill")
	cmd.ExtraFiles = []*os.File{life.w}
	if r := finish(t, start(t, t.Context(), cmd)); r.stdout != "ready\n" {
		t.Errorf("got %+v", r)
	}
	life.awaitDeath(t)
	other.Kill()
	finish(t, other)
}

// When this program is killed, its children die.
func TestChildrenDieWithParent(t *testing.T) {
	life := newLifeline(t)
	cmd := self(t, "parent")
	cmd.ExtraFiles = []*os.File{life.w}
	c := start(t, t.Context(), cmd)
	if line := ready(t, c); line != "ready" {
		t.Fatal(line)
	}
	if err := c.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	finish(t, c)
	life.awaitDeath(t)
}

// A child that was stopped dumps its goroutines all the same.
func TestQuitWakesStopped(t *testing.T) {
	c := start(t, t.Context(), self(t, "wait"))
	ready(t, c)
	if err := c.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	c.Quit()
	if r := finish(t, c); r.exit.Code != 2 || !strings.Contains(r.stderr, "goroutine 1 ") {
		t.Errorf("exit %v, stderr %.500s", r.exit, r.stderr)
	}
}

func TestNoCoreFiles(t *testing.T) {
	if r := finish(t, start(t, t.Context(), self(t, "limits"))); r.stdout != "core {0 0}" {
		t.Errorf("got %+v", r)
	}
}

func TestMemoryLimit(t *testing.T) {
	skipUnderRace(t)
	cmd := self(t, "hog")
	cmd.Limits.Memory = 256 << 20
	r := finish(t, start(t, t.Context(), cmd))
	// With cgo the next thread may be the first thing that gets none.
	told := strings.Contains(r.stderr, "memory") || strings.Contains(r.stderr, "pthread_create failed")
	if r.exit.Code != 2 || !told {
		t.Errorf("exit %v, stderr %.200s", r.exit, r.stderr)
	}
}

func TestPeak(t *testing.T) {
	skipUnderRace(t)
	r := finish(t, start(t, t.Context(), self(t, "peak")))
	if r.stdout != "true <nil>\n" {
		t.Errorf("got %+v", r)
	}
}

func TestFileSizeLimit(t *testing.T) {
	cmd := self(t, "file", t.TempDir())
	cmd.Limits.FileSize = 64 << 10
	r := finish(t, start(t, t.Context(), cmd))
	if !strings.Contains(r.stdout, "file too large") {
		t.Errorf("got %+v", r)
	}
}

// The peak of a small child is not known: it begins with the parent's.
func TestPeakIsNotInherited(t *testing.T) {
	ballast := make([]byte, 64<<20)
	for i := range ballast {
		ballast[i] = 1
	}
	r := finish(t, start(t, t.Context(), self(t, "exit", "0")))
	if r.exit.MaxRSS >= 64<<20 {
		t.Errorf("peak of %d bytes", r.exit.MaxRSS)
	}
	if ballast[len(ballast)-1] != 1 {
		t.Error("ballast lost")
	}
}

// The dump shows the goroutine that runs.
func TestQuitShowsBusyGoroutine(t *testing.T) {
	c := start(t, t.Context(), self(t, "spin"))
	ready(t, c)
	c.Quit()
	r := finish(t, c)
	if r.exit.Code != 2 || !strings.Contains(r.stderr, "process_test.spin") {
		t.Errorf("exit %v, stderr %.500s", r.exit, r.stderr)
	}
}
