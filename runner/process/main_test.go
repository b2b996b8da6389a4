package process_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"testing"

	"notebook/runner/leak"
	"notebook/runner/process"
)

// roleVariable makes the test binary play a child; see roles.
const roleVariable = "PROCESS_TEST_ROLE"

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		play, ok := roles[role]
		if !ok {
			fmt.Fprintln(os.Stderr, "no role", role)
			os.Exit(99)
		}
		play()
		os.Exit(0)
	}
	os.Exit(leak.Tests{M: m}.Run())
}

// environ returns the environment of a child. The race detector would else wait
// a second at its end.
func environ(role string) []string {
	return []string{roleVariable + "=" + role, "GORACE=atexit_sleep_ms=0"}
}

// self returns a command that runs the test binary in a role.
func self(t *testing.T, role string, args ...string) process.Command {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return process.Command{Path: path, Args: args, Env: environ(role)}
}

// A result is what came from a child.
type result struct {
	exit           process.Exit
	stdout, stderr string
	outErr, errErr error // how the outputs ended; nil is io.EOF
}

// finish reads a child to its end.
func finish(t *testing.T, c *process.Child) result {
	t.Helper()
	var r result
	var readers sync.WaitGroup
	readers.Go(func() { r.stdout, r.outErr = readAll(c.Stdout) })
	readers.Go(func() { r.stderr, r.errErr = readAll(c.Stderr) })
	exit, err := c.Wait()
	if err != nil {
		t.Errorf("wait: %v", err)
	}
	readers.Wait()
	r.exit = exit
	return r
}

func readAll(r io.Reader) (string, error) {
	b, err := io.ReadAll(r)
	return string(b), err
}

func start(t *testing.T, ctx context.Context, cmd process.Command) *process.Child {
	t.Helper()
	c, err := process.Start(ctx, cmd)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ready waits until the child has written a line.
func ready(t *testing.T, c *process.Child) string {
	t.Helper()
	var line []byte
	for b := make([]byte, 1); ; {
		if _, err := c.Stdout.Read(b); err != nil {
			t.Fatalf("the child ended before it was ready: %q, %v", line, err)
		}
		if b[0] == '\n' {
			return string(line)
		}
		line = append(line, b[0])
	}
}

// A lifeline is a pipe whose writing end children inherit: it ends when all of
// them are dead.
type lifeline struct{ r, w *os.File }

func newLifeline(t *testing.T) lifeline {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return lifeline{r, w}
}

// awaitDeath returns when no process holds the lifeline.
func (l lifeline) awaitDeath(t *testing.T) {
	t.Helper()
	if err := l.w.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, l.r); err != nil {
		t.Fatal(err)
	}
}

// skipUnderRace skips a test whose child has a memory limit that is too low for
// the race detector.
func skipUnderRace(t *testing.T) {
	t.Helper()
	if raceEnabled {
		t.Skip("the race detector needs more memory than the limit")
	}
}
