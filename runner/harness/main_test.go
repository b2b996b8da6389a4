package harness_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"notebook"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreTopFunction("notebook/runner/process.startChildren"),
		goleak.Cleanup(func(code int) {
			removeBuilt()
			os.Exit(code)
		}))
}

// built are the programs in testdata, each built when a test needs it.
var built struct {
	sync.Mutex
	dir string
}

// build returns the path of a program in testdata.
func build(t testing.TB, name string) string {
	t.Helper()
	return buildWith(t, name, "")
}

// buildWith returns the path of a program in testdata that is built with a tag.
func buildWith(t testing.TB, name, tag string) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the programs of the tests need Linux")
	}
	built.Lock()
	defer built.Unlock()
	if built.dir == "" {
		dir, err := os.MkdirTemp("", "harness")
		if err != nil {
			t.Fatal(err)
		}
		built.dir = dir
	}
	path := filepath.Join(built.dir, name+tag)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	cmd := exec.Command("go", "build", "-tags", tag, "-o", path, "./testdata/"+name)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

func removeBuilt() {
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
}

// sessionNames are the generated names that the program session shows.
var sessionNames = map[string]string{"Pointǃ2": "Point", "Pointǃ12": "Point", "workerǃ7": "worker"}

var cellLine = regexp.MustCompile(`nbǃ\.Cell\{Label: "([a-z0-9-]+)"`)

// sessionNote returns the note that the program session pretends to come from.
func sessionNote(t testing.TB) *notebook.Note {
	t.Helper()
	src, err := os.ReadFile("testdata/session/main.go")
	if err != nil {
		t.Fatal(err)
	}
	note := &notebook.Note{Name: "notes/note.md"}
	for i, m := range cellLine.FindAllSubmatch(src, -1) {
		note.Cells = append(note.Cells, testCell(string(m[1]), i+1))
	}
	return note
}

// testCell returns cell number n: lines 100n to 100n+99.
func testCell(label string, n int) *notebook.Cell {
	return &notebook.Cell{Label: label, Index: n, Fence: notebook.Position{Line: 100*n - 1, Col: 1}, Line: 100 * n, EndLine: 100*n + 99}
}
