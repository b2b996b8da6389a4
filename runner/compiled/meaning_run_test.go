package compiled_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"notebook"
	"notebook/runner"
	"notebook/runner/compiled"
)

// A cellsRun is what a reader sees of some cells.
type cellsRun struct {
	output     *strings.Builder // standard output and displayed values
	stdout     *strings.Builder
	complaints []string // errors, and ends that the author did not expect
}

// runNotes runs the cells of all examples as one note.
func runNotes(t *testing.T, examples []example) map[string]cellsRun {
	t.Helper()
	var all strings.Builder
	ends := make([]int, len(examples)) // line of the note at which each example ends
	for i, e := range examples {
		fmt.Fprintf(&all, "%s\n\n", e.note)
		ends[i] = strings.Count(all.String(), "\n")
	}
	note := parseSession(t, all.String())
	runs := map[string]cellsRun{}
	owner := map[string]string{} // label -> example
	for _, c := range note.Cells {
		i, _ := slices.BinarySearch(ends, c.Fence.Line)
		owner[c.Label] = examples[i].name
	}
	for _, e := range examples {
		runs[e.name] = cellsRun{output: &strings.Builder{}, stdout: &strings.Builder{}}
	}
	runSession(t, note, nil, func(e notebook.Event) {
		name := owner[e.Cell]
		run, ok := runs[name]
		if !ok {
			return
		}
		if complaint := complain(e); complaint != "" {
			run.complaints = append(run.complaints, complaint)
			runs[name] = run
		}
		run.see(e)
	})
	return runs
}

// see adds what a reader sees of an event: standard output, and a displayed
// value on a line of its own.
func (run cellsRun) see(e notebook.Event) {
	switch body := e.Body.(type) {
	case notebook.Written:
		if body.Stream == notebook.Stdout {
			run.output.Write(body.Data)
			run.stdout.Write(body.Data)
		}
	case notebook.Displayed:
		fmt.Fprintf(run.output, "%s\n", body.Data)
	}
}

// complain says what is wrong with a cell according to an event, or "".
func complain(e notebook.Event) string {
	switch body := e.Body.(type) {
	case notebook.Problem:
		if body.Severity == notebook.Error {
			return fmt.Sprintf("%s: %s:%d:%d: %s", e.Cell, body.File, body.Line, body.Col, body.Message)
		}
	case notebook.Finished:
		if !body.Expected {
			return fmt.Sprintf("%s: %s", e.Cell, body.Outcome)
		}
	case notebook.NotRun:
		return fmt.Sprintf("%s: %s", e.Cell, body.Reason)
	}
	return ""
}

// parseSession parses a note without errors in it.
func parseSession(t testing.TB, src string) *notebook.Note {
	t.Helper()
	note, diagnostics := notebook.Parse("note.md", []byte(src))
	for _, d := range diagnostics {
		t.Fatalf("the note itself is wrong: %v", d)
	}
	return note
}

// runSession runs a note with the compiled engine, with files beside it.
func runSession(t *testing.T, note *notebook.Note, files map[string]string, see func(notebook.Event)) {
	t.Helper()
	dir := t.TempDir()
	env := runner.Env{
		Dir: filepath.Join(dir, "note"), Cache: filepath.Join(dir, "cache"), Temp: filepath.Join(dir, "temp"),
		Environ: []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")},
	}
	for _, d := range []string{env.Dir, env.Temp} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeFiles(t, env.Dir, files)
	engine := compiled.New(compiled.Config{})
	_, err := engine.Go(t.Context(), env)
	var none *compiled.NoToolchainError
	if errors.As(err, &none) {
		t.Skipf("this test builds programs: %v", err)
	}
	err = runner.New([]runner.Engine{engine}, runner.Options{}).Run(t.Context(), note, env, func(e notebook.Event) error {
		see(e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var (
	packageClause = regexp.MustCompile(`(?m)^package main$`)
	mainFunc      = regexp.MustCompile(`(?m)^func main\(\)`)
	notInName     = regexp.MustCompile(`[^a-z0-9]`)
)

// runPrograms builds Go programs, by name, and returns what each writes to
// standard output. To link only once they become packages of one program.
func runPrograms(t *testing.T, sources map[string]string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"go.mod": "module plain\n\ngo 1.26\n"}
	var imports, calls strings.Builder
	names := slices.Sorted(maps.Keys(sources))
	for _, name := range names {
		pkg := packageName(name)
		source := packageClause.ReplaceAllLiteralString(sources[name], "package "+pkg)
		files[filepath.Join(pkg, "plain.go")] = mainFunc.ReplaceAllLiteralString(source, "func Main()")
		fmt.Fprintf(&imports, "import %q\n", "plain/"+pkg)
		fmt.Fprintf(&calls, "\tcase %q:\n\t\t%s.Main()\n", name, pkg)
	}
	files["main.go"] = fmt.Sprintf("package main\n\nimport \"os\"\n%s\nfunc main() {\n\tswitch os.Args[1] {\n%s\t}\n}\n", &imports, &calls)
	writeFiles(t, dir, files)
	// Without the path of the folder the packages are found in the build cache.
	output(t, dir, "go", "build", "-trimpath", "-o", "plain", ".")
	outputs := map[string]string{}
	for _, name := range names {
		text := output(t, dir, filepath.Join(dir, "plain"), name)
		outputs[name] = strings.ReplaceAll(text, packageName(name)+".", "main.")
	}
	return outputs
}

func packageName(name string) string { return "plain_" + notInName.ReplaceAllString(name, "_") }

// output runs a command and returns its standard output.
func output(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("this test runs Go programs: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, &stderr)
	}
	return string(out)
}

// writeFiles writes files, by path, into a folder.
func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for path, text := range files {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
