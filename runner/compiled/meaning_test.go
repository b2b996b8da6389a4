package compiled_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// An example is a session and the ordinary Go program that says the same:
// where the session defines a name again, the program opens a block.
type example struct {
	name  string
	note  string // cells
	plain string // a package main; no cells, but one Go file
}

// TestMeaning runs the examples of what a session has to bear.
func TestMeaning(t *testing.T) { checkExamples(t, "session") }

// checkExamples runs the cells of every example of a folder and compares what
// they write and display with what the ordinary program writes. All examples
// stand in one note, one after the other: so each also has to bear that the
// others have used its names.
func checkExamples(t *testing.T, folder string) {
	examples := readExamples(t, folder)
	plain := runPrograms(t, plainFiles(examples))
	cells := runNotes(t, examples)
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			compareMeaning(t, plain[e.name], cells[e.name])
		})
	}
}

// compareMeaning compares the output of a program with that of the cells that
// it became.
func compareMeaning(t *testing.T, plain string, cells cellsRun) {
	t.Helper()
	for _, complaint := range cells.complaints {
		t.Error(complaint)
	}
	if diff := cmp.Diff(strings.Split(plain, "\n"), strings.Split(cells.output.String(), "\n")); diff != "" {
		t.Errorf("output (-program +cells):\n%s", diff)
	}
}

// readExamples reads the archives of a folder of test data.
func readExamples(t *testing.T, folder string) []example {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", folder, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no examples", err)
	}
	var examples []example
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(archive.Files) != 2 || archive.Files[0].Name != "note.md" || archive.Files[1].Name != "plain.go" {
			t.Fatalf("%s: want the files note.md and plain.go", path)
		}
		examples = append(examples, example{
			name: strings.TrimSuffix(filepath.Base(path), ".txtar"),
			note: string(archive.Files[0].Data), plain: string(archive.Files[1].Data),
		})
	}
	return examples
}

func plainFiles(examples []example) map[string]string {
	files := map[string]string{}
	for _, e := range examples {
		files[e.name] = e.plain
	}
	return files
}
