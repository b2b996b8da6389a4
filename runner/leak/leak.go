package leak

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.uber.org/goleak"
)

// Tests are the tests of a package, as a [testing.M].
type Tests struct {
	M interface{ Run() int }
}

// Run runs the tests and returns their exit code, or 1 when they have left
// something behind, which it tells on standard error.
func (t Tests) Run() int {
	code, err := t.run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "leak:", err)
		return max(code, 1)
	}
	return code
}

func (t Tests) run() (code int, err error) {
	temp, err := os.MkdirTemp("", "leak-")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	defer restore("TMPDIR", os.Getenv("TMPDIR"))
	if err := os.Setenv("TMPDIR", temp); err != nil {
		return 0, err
	}
	before := openFiles()
	if code := t.M.Run(); code != 0 {
		return code, nil // tests that fail clean up as they can
	}
	return 0, left(temp, before)
}

// restore sets an environment variable to its former value; "" is none.
func restore(name, value string) {
	if value == "" {
		_ = os.Unsetenv(name)
	} else {
		_ = os.Setenv(name, value)
	}
}

// left returns an error that names what the tests left.
func left(temp string, before map[string]bool) error {
	// The goroutine that starts children lives as long as the program.
	errs := []error{goleak.Find(goleak.IgnoreAnyFunction("notebook/runner/process.startChildren"))}
	for file := range openFiles() {
		if !before[file] {
			errs = append(errs, fmt.Errorf("an open file: %s", file))
		}
	}
	for _, pid := range children() {
		errs = append(errs, fmt.Errorf("a child process: %s", pid))
	}
	entries, err := os.ReadDir(temp)
	errs = append(errs, err)
	for _, entry := range entries {
		errs = append(errs, fmt.Errorf("a temporary file: %s", entry.Name()))
	}
	return errors.Join(errs...)
}

// openFiles returns the descriptors of this process and what they lead to,
// without those that the Go runtime waits for events with.
func openFiles() map[string]bool {
	names, _ := filepath.Glob("/proc/self/fd/*")
	files := map[string]bool{}
	for _, name := range names {
		target, err := os.Readlink(name)
		if err == nil && !strings.HasPrefix(target, "anon_inode:[event") {
			files[filepath.Base(name)+" "+target] = true
		}
	}
	return files
}

// children returns the process ids of the children of this process.
func children() []string {
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	var pids []string
	for _, name := range lists {
		if list, err := os.ReadFile(name); err == nil {
			pids = append(pids, strings.Fields(string(list))...)
		}
	}
	return pids
}
