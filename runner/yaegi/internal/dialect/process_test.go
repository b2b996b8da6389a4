package dialect_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"notebook/runner/harness/inside"
	"notebook/runner/leak"
	"notebook/runner/process"
	"notebook/runner/yaegi/internal/interpreter"
	"notebook/runner/yaegi/internal/reference"
)

// programVariable makes the test binary interpret the program in that file.
const programVariable = "DIALECT_TEST_PROGRAM"

// Exit codes of the test binary that stand for more than an end of the program.
const (
	notInterpreted = 125 // the interpreter cannot compile the program
	tooLong        = 124 // it was killed at the time limit
	deadlocked     = 2   // it fell asleep for good; Go's own code
)

// timeLimit is how long an interpreted program may run.
const timeLimit = 10 * time.Second

func TestMain(m *testing.M) {
	name := os.Getenv(programVariable)
	if name == "" {
		os.Exit(leak.Tests{M: m}.Run())
	}
	if err := interpret(name); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(notInterpreted)
	}
}

func interpret(name string) error {
	source, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	file := interpreter.File{Name: filepath.Base(name), Source: source}
	i, err := interpreter.New(&interpreter.Trace{}, interpreter.Imports(file), nil)
	if err != nil {
		return err
	}
	run, err := i.Main(file)
	if err != nil {
		return err
	}
	debug.SetMaxStack(inside.MaxStack)
	run()
	return nil
}

// execute interprets a translated program in a process of its own.
func execute(t *testing.T, source []byte) reference.Run {
	t.Helper()
	name := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(name, source, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), timeLimit)
	defer cancel()
	child, err := process.Start(ctx, process.Command{
		Path: os.Args[0], Env: append(os.Environ(), programVariable+"="+name),
		Limits: process.Limits{Memory: 1 << 30},
	})
	if err != nil {
		t.Fatal(err)
	}
	var asleep bool
	var helpers sync.WaitGroup
	helpers.Go(func() { asleep = killAsleep(child) })
	helpers.Go(func() {
		if _, err := io.Copy(stderr(), child.Stderr); err != nil {
			t.Error(err)
		}
	})
	stdout, err := io.ReadAll(child.Stdout)
	if err != nil {
		t.Fatal(err)
	}
	helpers.Wait()
	exit, err := child.Wait()
	if err != nil && ctx.Err() == nil {
		t.Fatal(err)
	}
	run := reference.Run{Stdout: string(stdout), Code: exit.Code}
	switch {
	case asleep:
		run.Code = deadlocked
	case ctx.Err() != nil:
		run.Code = tooLong
	}
	return run
}

// stderr is where the errors of interpreted programs go.
func stderr() io.Writer {
	if testing.Verbose() {
		return os.Stderr
	}
	return io.Discard
}

// killAsleep waits for the end of a child, and kills it if it falls asleep for
// good: a program with cgo does not notice that it is deadlocked.
func killAsleep(child *process.Child) bool {
	watch, look := child.WatchSleep(), time.NewTicker(process.SleepWatchTime)
	defer look.Stop()
	for {
		select {
		case <-child.Done():
			return false
		case <-look.C:
			if watch.Asleep() {
				child.Kill()
				return true
			}
		}
	}
}
