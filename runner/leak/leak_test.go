package leak_test

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"testing"

	"notebook/runner/leak"
)

// tests are a function in place of the tests of a package.
type tests func() int

func (f tests) Run() int { return f() }

func TestRun(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	if got := (leak.Tests{M: tests(func() int { return 0 })}).Run(); got != 0 {
		t.Errorf("nothing left: exit code %d", got)
	}
	if got := (leak.Tests{M: tests(func() int { return 2 })}).Run(); got != 2 {
		t.Errorf("tests that fail: exit code %d", got)
	}
	for name, leave := range map[string]func() (remove func() error, err error){
		"goroutine": goroutine, "temporary file": temporaryFile, "open file": openFile, "child": child,
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS != "linux" && name != "goroutine" {
				t.Skip("found on Linux only")
			}
			var remove func() error
			var err error
			got := leak.Tests{M: tests(func() int {
				remove, err = leave()
				return 0
			})}.Run()
			if got != 1 {
				t.Errorf("exit code %d", got)
			}
			if err := errors.Join(err, remove()); err != nil {
				t.Error(err)
			}
		})
	}
}

func goroutine() (func() error, error) {
	stop := make(chan error)
	go func() { stop <- nil }()
	return func() error { return <-stop }, nil
}

func temporaryFile() (func() error, error) {
	f, err := os.CreateTemp("", "")
	return func() error { return nil }, errors.Join(err, f.Close())
}

func openFile() (func() error, error) {
	f, err := os.Open(os.DevNull)
	return f.Close, err
}

func child() (func() error, error) {
	cmd := exec.Command("sleep", "1000")
	err := cmd.Start()
	return func() error {
		err := cmd.Process.Kill()
		_, waitErr := cmd.Process.Wait()
		return errors.Join(err, waitErr)
	}, err
}
