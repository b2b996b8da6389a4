// Package reference runs plain Go programs with the Go toolchain, for tests
// that compare an engine with it.
package reference

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
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
// binary, since many links would take long, apart from those that do something
// before main. A test is skipped where there is no Go toolchain.
func Programs(t *testing.T, programs map[string]string) map[string]Run {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no Go toolchain to compare with")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module reference\n\ngo 1.26\n")
	var imports, cases strings.Builder
	binaries := map[string]string{}
	for i, name := range names(programs) {
		folder, pkg := fmt.Sprintf("p%d", i), fmt.Sprintf("mainǃ%d", i)
		source := filepath.Join(dir, folder, "main.go")
		if beginsBeforeMain(programs[name]) {
			write(t, source, programs[name])
			binaries[name] = folder
			continue
		}
		write(t, source, asPackage(pkg, programs[name]))
		fmt.Fprintf(&imports, "import %s %q\n", pkg, "reference/"+folder)
		fmt.Fprintf(&cases, "\tcase %q:\n\t\t%s.Main()\n", name, pkg)
		binaries[name] = "all"
	}
	write(t, filepath.Join(dir, "all", "main.go"), fmt.Sprintf(driver, imports.String(), cases.String()))
	build(t, dir, slices.Compact(slices.Sorted(maps.Values(binaries))))
	runs := map[string]Run{}
	for name, binary := range binaries {
		run := Command(t, exec.Command(filepath.Join(dir, "bin", binary), name))
		run.Stdout = packageName.ReplaceAllString(run.Stdout, "main.")
		runs[name] = run
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

// build builds the packages in these folders into the folder bin.
func build(t *testing.T, dir string, folders []string) {
	t.Helper()
	args := []string{"build", "-o", "bin" + string(filepath.Separator)}
	for _, folder := range folders {
		args = append(args, "./"+folder)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
}

// beginsBeforeMain reports whether a program has an init function, or a
// variable whose value a function of its own returns: in one binary with
// others, these would do their work for the others too.
func beginsBeforeMain(source string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		return false // the build will tell
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" {
				return true
			}
		case *ast.GenDecl:
			if d.Tok == token.VAR && callsOwn(d) {
				return true
			}
		}
	}
	return false
}

// callsOwn reports whether a declaration calls a function without the name of
// another package in front of it.
func callsOwn(d *ast.GenDecl) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			_, selects := call.Fun.(*ast.SelectorExpr)
			found = found || !selects
		}
		return !found
	})
	return found
}

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
	// packageName is what the names of types begin with, in place of "main.".
	packageName = regexp.MustCompile(`mainǃ\d+\.`)
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
