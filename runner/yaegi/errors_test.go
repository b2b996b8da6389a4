package yaegi_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/runner"
	"notebook/runner/compiled"
	"notebook/runner/yaegi"
)

// TestErrors compares what both engines say about programs with one mistake
// each, and where, with what the Go compiler says: of the program, and of
// session cells with the same text.
func TestErrors(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/errors.txtar")
	if err != nil {
		t.Fatal(err)
	}
	programs := map[string]string{}
	for _, f := range archive.Files {
		programs[f.Name] = string(f.Data)
	}
	path, home := os.Getenv("PATH"), os.Getenv("HOME")
	compiler := compilerErrors(t, programs)
	env := newEnv(t)
	interpreted := checkPrograms(t, yaegi.New(yaegi.Config{Cautious: true}), env, programs)
	env.Environ = []string{"PATH=" + path, "HOME=" + home}
	built := checkPrograms(t, compiled.New(compiled.Config{Environ: env.Environ}), env, programs)
	for name := range programs {
		t.Run(name, func(t *testing.T) {
			for form, ownWords := range map[string]map[string]bool{"program": ownWords, "cell": ownWordsInCells} {
				got := built[form+" "+name]
				if diff := cmp.Diff(got, interpreted[form+" "+name]); diff != "" {
					t.Errorf("%s (-compiled +yaegi):\n%s", form, diff)
				}
				if diff := cmp.Diff(compiler[name], got); diff != "" != (ownWords[name] || strings.HasPrefix(name, "syntax-")) {
					t.Errorf("%s (-compiler +engines):\n%s", form, diff)
				}
			}
		})
	}
}

// Of these programs the engines say something else than the compiler. Syntax
// errors come from another parser, and are not compared either.
var (
	ownWords = map[string]bool{
		"goto-over-variable": true, // the compiler names the variable, go/types its line
	}
	ownWordsInCells = map[string]bool{
		"goto-over-variable":   true,
		"unused-import":        true, // is none in a cell
		"initialization-cycle": true, // a cell declares one variable after the other
	}
)

// checkPrograms returns what an engine finds wrong with each program, as a
// program cell ("program NAME") and as a session cell ("cell NAME"), with lines
// counted from the program's first.
func checkPrograms(t *testing.T, engine runner.Engine, env runner.Env, programs map[string]string) map[string]string {
	t.Helper()
	if _, err := engine.Go(t.Context(), env); err != nil {
		t.Skip("no Go toolchain to compare with:", err)
	}
	found := map[string]string{}
	for form, clause := range map[string]string{"program": "package main\n", "cell": "\n"} {
		var src strings.Builder
		labels := map[string]string{}
		for _, name := range slices.Sorted(maps.Keys(programs)) {
			text := programs[name]
			fmt.Fprintf(&src, "```go {#%s}\n%s```\n\n", name, strings.Replace(text, "package main\n", clause, 1))
			labels[name] = form + " " + name
		}
		note, diagnostics := notebook.Parse("note.md", []byte(src.String()))
		for _, d := range diagnostics {
			t.Fatalf("parse: %v", d)
		}
		problems, err := runner.New([]runner.Engine{engine}, runner.Options{}).Check(t.Context(), note, env)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range problems {
			if d.Severity == notebook.Error {
				above := note.Cell(d.Cell).Line - 1
				found[labels[d.Cell]] += fmt.Sprintf("%d:%d: %s\n", d.Position.Line-above, d.Position.Col, relative(d.Message, above))
			}
		}
	}
	return found
}

var compilerError = regexp.MustCompile(`(?m)^([\w-]+)/main\.go:(\d+:\d+: .*(?:\n\t.*)*)$`)

// compilerErrors returns what go build says about each program.
func compilerErrors(t *testing.T, programs map[string]string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"go.mod": "module plain\n\ngo 1.26\n"}
	for name, text := range programs {
		files[filepath.Join(name, "main.go")] = text
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-gcflags=-e", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatal("all programs compile")
	}
	found := map[string]string{}
	for _, m := range compilerError.FindAllStringSubmatch(string(out), -1) {
		found[m[1]] += oneLine(m[2]) + "\n"
	}
	return found
}

var (
	placeBefore = regexp.MustCompile(`\t[\w-]+/main\.go:(\d+):\d+: (.*)`)
	placeIn     = regexp.MustCompile(`[\w-]+/main\.go:(\d+:\d+)`)
	lineIn      = regexp.MustCompile(`(note\.md:|at line )(\d+)`)
)

// oneLine joins the lines of a message as a reader of a note sees them, with
// other places at their end.
func oneLine(message string) string {
	message = placeBefore.ReplaceAllString(message, "\t$2 at line $1")
	message = placeIn.ReplaceAllString(message, "note.md:$1")
	first, rest, more := strings.Cut(message, "\n\t")
	if !more {
		return first
	}
	return strings.TrimSuffix(first, ":") + ": " + strings.ReplaceAll(rest, "\n\t", ", ")
}

// relative makes the lines of the note in a message those of a program.
func relative(message string, above int) string {
	return lineIn.ReplaceAllStringFunc(message, func(text string) string {
		m := lineIn.FindStringSubmatch(text)
		line, _ := strconv.Atoi(m[2]) // digits
		return m[1] + strconv.Itoa(line-above)
	})
}
