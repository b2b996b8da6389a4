package stdtypes_test

import (
	"archive/zip"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"notebook/runner/yaegi/stdtypes"
)

func TestEveryPackageImports(t *testing.T) {
	imp := stdtypes.Importer(token.NewFileSet())
	for _, path := range stdtypes.Packages() {
		pkg, err := imp.Import(path)
		if err != nil {
			t.Errorf("Import(%q): %v", path, err)
			continue
		}
		if !pkg.Complete() || pkg.Path() != path {
			t.Errorf("Import(%q): path %q, complete %v", path, pkg.Path(), pkg.Complete())
		}
	}
}

func TestImportFailsOutsideStd(t *testing.T) {
	imp := stdtypes.Importer(token.NewFileSet())
	for _, path := range []string{"internal/cpu", "container", "example.com/x", "", "../fmt"} {
		if _, err := imp.Import(path); err == nil {
			t.Errorf("Import(%q) succeeded", path)
		}
	}
}

// What one package exports of another's types must be identical to them,
// also where a package nobody may import lies between.
func TestTypesOfSeveralPackagesAreIdentical(t *testing.T) {
	const src = `package p
import ("bytes"; "context"; "io"; "io/fs"; "iter"; "net/http"; "os"; "slices"; "sync/atomic"; "time")
var _ io.Reader = (*os.File)(nil)
var _ error = &fs.PathError{}
var _ *fs.PathError = (*os.PathError)(nil)
var _ iter.Seq[int] = slices.Values([]int{1})
var _ context.Context = (&http.Request{}).Context()
var _ io.WriterTo = (*bytes.Buffer)(nil)
var _ atomic.Pointer[time.Time]
`
	t.Setenv("PATH", "")
	t.Setenv("HOME", "")
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: stdtypes.Importer(fset)}
	if _, err := conf.Check("p", fset, []*ast.File{file}, nil); err != nil {
		t.Error(err)
	}
}

func TestDataFitsTheGoRelease(t *testing.T) {
	if got, want := version.Lang(stdtypes.GoVersion()), version.Lang(runtime.Version()); got != want {
		t.Errorf("export data of %s, binary built by %s: run go generate", got, want)
	}
}

func TestDataIsComplete(t *testing.T) {
	want := []string{"unsafe"}
	for path := range strings.FieldsSeq(goCommand(t, "list", "-f", "{{if .GoFiles}}{{.ImportPath}}{{end}}", "std")) {
		elements := strings.Split(path, "/")
		if path != "unsafe" && elements[0] != "vendor" && !slices.Contains(elements, "internal") {
			want = append(want, path)
		}
	}
	slices.Sort(want)
	if got := stdtypes.Packages(); !slices.Equal(got, want) {
		t.Errorf("run go generate: packages\n got %v\nwant %v", got, want)
	}
}

// A few packages without dependencies are generated again and compared.
func TestDataIsReproducible(t *testing.T) {
	goVersion := strings.TrimSpace(goCommand(t, "env", "GOVERSION"))
	if goVersion != stdtypes.GoVersion() {
		t.Skipf("export data of %s, toolchain is %s", stdtypes.GoVersion(), goVersion)
	}
	output := filepath.Join(t.TempDir(), "some.zip")
	goCommand(t, "run", "generate.go", "-o", output, "container/list", "math/cmplx", "unicode")
	fresh, kept := readZip(t, output), readZip(t, "std.zip")
	for path, data := range fresh {
		if kept[path] != data {
			t.Errorf("export data of %s is out of date: run go generate", path)
		}
	}
	if len(fresh) != 3 {
		t.Errorf("generated %d packages, want 3", len(fresh))
	}
}

func readZip(t *testing.T, name string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	return files
}

func goCommand(t *testing.T, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no Go toolchain")
	}
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=")
	if args[0] == "run" {
		cmd.Env = os.Environ() // the program runs here; it sets its platform itself
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

func BenchmarkImport(b *testing.B) {
	for b.Loop() {
		imp := stdtypes.Importer(token.NewFileSet())
		for _, path := range []string{"fmt", "sync", "time", "context"} {
			if _, err := imp.Import(path); err != nil {
				b.Fatal(err)
			}
		}
	}
}
