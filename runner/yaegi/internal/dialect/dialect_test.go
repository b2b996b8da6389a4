package dialect_test

import (
	"fmt"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook/runner/yaegi/internal/dialect"
	"notebook/runner/yaegi/internal/interpreter"
	"notebook/runner/yaegi/internal/reference"
	"notebook/runner/yaegi/stdtypes"
)

// translate translates one program.
func translate(source string) dialect.Translation {
	files := []dialect.File{{Name: "program", Source: []byte("//line note.md:1:1\n" + source)}}
	return dialect.Translate(files, stdtypes.Importer(token.NewFileSet()), interpreter.Known)[0]
}

func programs(t *testing.T, name string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, f := range archive.Files {
		list[f.Name] = string(f.Data)
	}
	return list
}

// Programs that are accepted do under yaegi, translated, what they do in Go.
func TestAcceptedProgramsRunAsInGo(t *testing.T) {
	list := programs(t, "testdata/same.txtar")
	want := reference.Programs(t, list)
	for _, name := range slices.Sorted(maps.Keys(list)) {
		t.Run(name, func(t *testing.T) {
			translation := translate(list[name])
			for _, d := range translation.Differences {
				t.Errorf("refused: line %d: %s", d.Line, d.Construct)
			}
			got := execute(t, translation.Source)
			if diff := cmp.Diff(want[name].String(), got.String()); diff != "" {
				t.Errorf("yaegi differs from Go (-go +yaegi):\n%s", diff)
			}
		})
	}
}

var wanted = regexp.MustCompile(`// want "([^"]*)"`)

// Programs that yaegi runs differently are refused at the right line.
func TestDifferencesAreFound(t *testing.T) {
	list := programs(t, "testdata/differs.txtar")
	for _, name := range slices.Sorted(maps.Keys(list)) {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(list[name], "// want ") {
				t.Fatal("the program expects no difference")
			}
			compareDifferences(t, list[name], translate(list[name]))
		})
	}
}

// compareDifferences compares the differences of a file with those that it
// wants.
func compareDifferences(t *testing.T, source string, translation dialect.Translation) {
	t.Helper()
	var want, got []string
	for i, line := range strings.Split(source, "\n") {
		for _, m := range wanted.FindAllStringSubmatch(line, -1) {
			want = append(want, fmt.Sprintf("%d: %s", i+1, m[1]))
		}
	}
	for _, d := range translation.Differences {
		got = append(got, fmt.Sprintf("%d: %s", d.Line, d.Construct))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

// What depends on a difference in a file before it is a difference.
func TestDifferencesAreFollowed(t *testing.T) {
	list := programs(t, "testdata/follows.txtar")
	packages := map[string][]dialect.File{}
	for _, name := range slices.Sorted(maps.Keys(list)) {
		folder, file, _ := strings.Cut(name, "/")
		packages[folder] = append(packages[folder], dialect.File{Name: file, Source: []byte("//line note.md:1:1\n" + list[name])})
	}
	for folder, files := range packages {
		for i, translation := range dialect.Translate(files, stdtypes.Importer(token.NewFileSet()), interpreter.Known) {
			t.Run(folder+"/"+files[i].Name, func(t *testing.T) {
				compareDifferences(t, list[folder+"/"+files[i].Name], translation)
			})
		}
	}
}
