// Package reference runs plain Go programs with the Go toolchain, for tests
// that compare an engine with it.
package reference

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A Run is what a program did.
type Run struct {
	Stdout string
	Code   int // exit code
}

// String returns the output and, after a failure, the exit code.
func (r Run) String() string {
	if r.Code == 0 {
		return r.Stdout
	}
	return fmt.Sprintf("%s[exit code %d]\n", r.Stdout, r.Code)
}

// Programs runs programs of package main, by name. They are compiled into one
// binary, since many links would take long. A test is skipped where there is
// no Go toolchain.
func Programs(t *testing.T, programs map[string]string) map[string]Run {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no Go toolchain to compare with")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module reference\n\ngo 1.26\n")
	var imports, cases strings.Builder
	for i, name := range names(programs) {
		pkg := fmt.Sprintf("p%d", i)
		write(t, filepath.Join(dir, pkg, "main.go"), asPackage(pkg, programs[name]))
		fmt.Fprintf(&imports, "import %s %q\n", pkg, "reference/"+pkg)
		fmt.Fprintf(&cases, "\tcase %q:\n\t\t%s.Main()\n", name, pkg)
	}
	write(t, filepath.Join(dir, "main.go"), fmt.Sprintf(driver, imports.String(), cases.String()))
	binary := filepath.Join(dir, "reference.exe")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	runs := map[string]Run{}
	for name := range programs {
		runs[name] = Command(t, exec.Command(binary, name))
	}
	return runs
}

const driver = `package main

import "os"

%s
func main() {
	name := os.Args[1]
	os.Args = os.Args[:1]
	switch name {
%s	}
}
`

// Command runs a command to its end.
func Command(t *testing.T, cmd *exec.Cmd) Run {
	t.Helper()
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", cmd, err)
	}
	return Run{Stdout: stdout.String(), Code: cmd.ProcessState.ExitCode()}
}

var (
	clause   = regexp.MustCompile(`(?m)^package main$`)
	mainFunc = regexp.MustCompile(`(?m)^func main\(\)`)
)

// asPackage makes a program a package with a function Main.
func asPackage(pkg, source string) string {
	source = clause.ReplaceAllString(source, "package "+pkg)
	return mainFunc.ReplaceAllString(source, "func Main()")
}

func names(programs map[string]string) []string {
	var list []string
	for name := range programs {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
