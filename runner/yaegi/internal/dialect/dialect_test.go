package dialect_test

import (
	"context"
	"fmt"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook/runner/leak"
	"notebook/runner/yaegi/internal/dialect"
	"notebook/runner/yaegi/internal/interpreter"
	"notebook/runner/yaegi/internal/reference"
	"notebook/runner/yaegi/stdtypes"
)

// programVariable makes the test binary interpret the program in that file.
const programVariable = "DIALECT_TEST_PROGRAM"

func TestMain(m *testing.M) {
	name := os.Getenv(programVariable)
	if name == "" {
		os.Exit(leak.Tests{M: m}.Run())
	}
	if err := interpret(name); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

func interpret(name string) error {
	source, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	i, err := interpreter.New(&interpreter.Trace{}, nil)
	if err != nil {
		return err
	}
	run, err := i.Main(interpreter.File{Name: filepath.Base(name), Source: source})
	if err != nil {
		return err
	}
	run()
	return nil
}

// translate translates one program.
func translate(source string) dialect.Translation {
	files := []dialect.File{{Name: "program", Source: []byte("//line note.md:1:1\n" + source)}}
	return dialect.Translate(files, stdtypes.Importer(token.NewFileSet()), interpreter.Known)[0]
}

// execute interprets a translated program in a process of its own.
func execute(t *testing.T, source []byte) reference.Run {
	t.Helper()
	name := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(name, source, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), programVariable+"="+name)
	if testing.Verbose() {
		cmd.Stderr = os.Stderr
	}
	return reference.Command(t, cmd)
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
			var want []string
			for i, line := range strings.Split(list[name], "\n") {
				for _, m := range wanted.FindAllStringSubmatch(line, -1) {
					want = append(want, fmt.Sprintf("%d: %s", i+1, m[1]))
				}
			}
			var got []string
			for _, d := range translate(list[name]).Differences {
				got = append(got, fmt.Sprintf("%d: %s", d.Line, d.Construct))
			}
			if len(want) == 0 {
				t.Fatal("the program expects no difference")
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}
