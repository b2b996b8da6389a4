package process_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"notebook/runner/process"
)

func TestExit(t *testing.T) {
	tests := []struct {
		name, role, arg string
		want            string
		signal          syscall.Signal
	}{
		{"ok", "exit", "0", "exit status 0", 0},
		{"code", "exit", "3", "exit status 3", 0},
		{"signal", "suicide", "", "killed by SIGKILL", syscall.SIGKILL},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := finish(t, start(t, t.Context(), self(t, tt.role, tt.arg))).exit
			if got.String() != tt.want || got.Signal != tt.signal {
				t.Errorf("got %v, signal %v; want %v", got, got.Signal, tt.want)
			}
			if got.OK() != (tt.name == "ok") {
				t.Errorf("OK() = %v", got.OK())
			}
		})
	}
}

func TestStreamsAndEnvironment(t *testing.T) {
	cmd := self(t, "echo", "a b", "")
	cmd.Stdin = strings.NewReader("hello")
	r := finish(t, start(t, t.Context(), cmd))
	want := `in "hello" args ["a b" ""] env ["` + strings.Join(environ("echo"), `" "`) + `"]`
	if r.stdout != want || r.stderr != "done" {
		t.Errorf("stdout %s\nwant   %s\nstderr %q", r.stdout, want, r.stderr)
	}
}

func TestNoStdinIsEmpty(t *testing.T) {
	r := finish(t, start(t, t.Context(), self(t, "echo")))
	if !strings.HasPrefix(r.stdout, `in "" `) {
		t.Errorf("stdout %s", r.stdout)
	}
}

func TestStdinFileIsHandedOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	cmd := self(t, "echo")
	cmd.Stdin = f
	r := finish(t, start(t, t.Context(), cmd))
	if !strings.HasPrefix(r.stdout, `in "text" `) {
		t.Errorf("stdout %s", r.stdout)
	}
	if err := f.Close(); err != nil {
		t.Errorf("the file is not the caller's anymore: %v", err)
	}
}

// A child that does not read its input does not keep anybody waiting.
func TestStdinIsNotRead(t *testing.T) {
	cmd := self(t, "exit", "0")
	cmd.Stdin = bytes.NewReader(make([]byte, 1<<20))
	if r := finish(t, start(t, t.Context(), cmd)); !r.exit.OK() {
		t.Errorf("exit %v", r.exit)
	}
}

func TestDir(t *testing.T) {
	cmd := self(t, "dir")
	cmd.Dir = t.TempDir()
	if r := finish(t, start(t, t.Context(), cmd)); r.stdout != cmd.Dir {
		t.Errorf("dir %q, want %q", r.stdout, cmd.Dir)
	}
}

func TestExtraFiles(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := self(t, "extra")
	cmd.ExtraFiles = []*os.File{r}
	c := start(t, t.Context(), cmd)
	if _, err := io.WriteString(w, "by descriptor 3"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), r.Close()); err != nil {
		t.Fatal(err)
	}
	if got := finish(t, c); got.stdout != "by descriptor 3" {
		t.Errorf("stdout %q", got.stdout)
	}
}

func TestStartFails(t *testing.T) {
	before := openFiles(t)
	_, err := process.Start(t.Context(), process.Command{Path: filepath.Join(t.TempDir(), "none")})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v, want one that wraps %v", err, os.ErrNotExist)
	}
	if after := openFiles(t); after > before {
		t.Errorf("%d files open, before %d", after, before)
	}
}

func TestStartWithDoneContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("not wanted")
	cancel(cause)
	if _, err := process.Start(ctx, self(t, "wait")); !errors.Is(err, cause) {
		t.Errorf("error %v, want one that wraps %v", err, cause)
	}
}

func TestContextKills(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := start(t, ctx, self(t, "wait"))
	ready(t, c)
	cancel()
	if r := finish(t, c); r.exit.Signal != syscall.SIGKILL {
		t.Errorf("exit %v", r.exit)
	}
}

func TestSignal(t *testing.T) {
	c := start(t, t.Context(), self(t, "wait"))
	ready(t, c)
	if err := c.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if r := finish(t, c); r.exit.Signal != syscall.SIGTERM {
		t.Errorf("exit %v", r.exit)
	}
	if err := c.Signal(syscall.SIGTERM); err != nil {
		t.Errorf("after the end: %v", err)
	}
	c.Kill()
	c.Quit()
}

// The thread of the goroutine that calls Start may end before the child.
func TestStarterThreadEnds(t *testing.T) {
	children := make(chan *process.Child)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		c, err := process.Start(t.Context(), self(t, "wait"))
		if err != nil {
			t.Error(err)
		}
		children <- c
	}()
	c := <-children
	if c == nil {
		return
	}
	ready(t, c)
	if err := c.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if r := finish(t, c); r.exit.Signal != syscall.SIGTERM {
		t.Errorf("exit %v: the child did not outlive the thread", r.exit)
	}
}

// What a child wrote before its end is read, however late that happens.
func TestSlowReader(t *testing.T) {
	c := start(t, t.Context(), self(t, "flood", "65536"))
	if _, err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	process.AwaitCut(c)
	out, err := io.ReadAll(c.Stdout)
	if len(out) != 65536 || err != nil {
		t.Errorf("%d bytes, %v", len(out), err)
	}
	if _, err := io.ReadAll(c.Stderr); err != nil {
		t.Error(err)
	}
}

func TestRun(t *testing.T) {
	stdout, stderr, err := process.Run(t.Context(), self(t, "echo"))
	if err != nil || len(stdout) == 0 || string(stderr) != "done" {
		t.Errorf("stdout %q, stderr %q, %v", stdout, stderr, err)
	}
	_, _, err = process.Run(t.Context(), self(t, "exit", "4"))
	var exit *process.ExitError
	if !errors.As(err, &exit) || exit.Exit.Code != 4 || !strings.HasSuffix(err.Error(), ": exit status 4") {
		t.Errorf("error %v", err)
	}
}

func TestRunCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	life := newLifeline(t)
	cmd := self(t, "wait")
	cmd.ExtraFiles = []*os.File{life.w}
	done := make(chan error)
	go func() {
		_, _, err := process.Run(ctx, cmd)
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	life.awaitDeath(t)
}

func TestRunTooLong(t *testing.T) {
	stdout, _, err := process.Run(t.Context(), self(t, "flood", "70000000"))
	if !errors.Is(err, process.ErrOutputTooLong) || len(stdout) != 64<<20 {
		t.Errorf("%d bytes, error %v", len(stdout), err)
	}
}

func TestFilesAreClosed(t *testing.T) {
	finish(t, start(t, t.Context(), self(t, "exit", "0")))
	before := openFiles(t)
	for range 20 {
		finish(t, start(t, t.Context(), self(t, "exit", "0")))
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
