package compiled

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A plainProgram is a program of the corpus on its own: one function of a
// package that the go command builds, without notebook.
type plainProgram struct{ name, body string }

// stdNames are the packages that programs of the corpus use.
var stdNames = map[string]string{
	"atomic": "sync/atomic", "bytes": "bytes", "context": "context", "errors": "errors", "io": "io", "net": "net",
	"runtime": "runtime", "strconv": "strconv", "strings": "strings", "sync": "sync", "time": "time",
}

const plainMain = `package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime/pprof"
	"time"
)

func main() {
	programs[os.Args[1]]()
	if len(os.Args) == 2 {
		return
	}
	leaked := 0
	for range 10 {
		var b bytes.Buffer
		if err := pprof.Lookup("goroutineleak").WriteTo(&b, 2); err != nil {
			panic(err)
		}
		leaked = bytes.Count(b.Bytes(), []byte("(leaked)"))
		if bytes.Count(b.Bytes(), []byte("\ngoroutine ")) == leaked {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	fmt.Println("leaked", leaked)
}
`

// source returns the file of a program.
func (p plainProgram) source(t *testing.T) string {
	t.Helper()
	function := "func " + p.function() + "() {\n" + p.body + "}\n"
	file, err := parser.ParseFile(token.NewFileSet(), p.name, "package main\n"+function, 0)
	if err != nil {
		t.Fatal(err)
	}
	var imports []string
	for _, id := range file.Unresolved {
		if path := stdNames[id.Name]; path != "" && !slices.Contains(imports, path) {
			imports = append(imports, path)
		}
	}
	text := "package main\n"
	for _, path := range imports {
		text += fmt.Sprintf("import %q\n", path)
	}
	return text + "\n//go:noinline\n" + function
}

// function returns the name of the program's function.
func (p plainProgram) function() string {
	name := "run_" + strings.ReplaceAll(p.name, "-", "_")
	if !ast.IsExported(name) && token.IsIdentifier(name) {
		return name
	}
	panic("no name of a program: " + p.name)
}

// buildPlain builds the programs into one executable.
func buildPlain(t *testing.T, programs []plainProgram, environ []string, flags ...string) string {
	t.Helper()
	dir := t.TempDir()
	table := "package main\n\nvar programs = map[string]func(){\n"
	files := map[string]string{"go.mod": "module programs\n\ngo 1.26\n", "main.go": plainMain}
	for i, p := range programs {
		files[fmt.Sprintf("p%d.go", i)] = p.source(t)
		table += fmt.Sprintf("\t%q: %s,\n", p.name, p.function())
	}
	files["table.go"] = table + "}\n"
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "programs")
	build := exec.CommandContext(t.Context(), "go", slices.Concat([]string{"build", "-o", out}, flags)...)
	build.Dir, build.Env = dir, append(os.Environ(), environ...)
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return out
}

// plainHangs is how long a program may take that ought to end at once.
const plainHangs = 5 * time.Second

// runPlain runs a program and returns what it wrote and whether it ended well.
// A program that hangs writes "hangs".
func runPlain(t *testing.T, path string, environ []string, args ...string) (string, bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), plainHangs)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), environ...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if ctx.Err() != nil {
		return "hangs", false
	}
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), err == nil
}
