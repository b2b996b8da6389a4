package lower_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/runner/lower"
	"notebook/runner/yaegi/stdtypes"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestLower lowers each note of the corpus, beside the packages that it imports,
// and compares the generated files, the problems and what each cell needs. What
// was lowered without a problem must type-check as one package.
func TestLower(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			imp := newImporter(t, archive.Files[1:last])
			source := lowerWith(t, archive.Files[0].Data, imp)
			typeCheck(t, source, imp)
			got := describe(source)
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if archive.Files[last].Name != "lowered" {
				t.Fatalf("%s: the last section is not the golden one, lowered", path)
			}
			if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
				t.Errorf("lowered source differs (-want +got):\n%s", diff)
			}
		})
	}
}

// lowerNote lowers a note that imports only the standard library.
func lowerNote(t *testing.T, src []byte) *lower.Source {
	t.Helper()
	return lowerWith(t, src, stdtypes.Importer(token.NewFileSet()))
}

func lowerWith(t *testing.T, src []byte, imp types.Importer) *lower.Source {
	t.Helper()
	note, diags := notebook.Parse("folder/note.md", src)
	for _, d := range diags {
		t.Fatalf("the note itself is wrong: %s", d)
	}
	cells := slices.SortedStableFunc(note.Code(), func(a, b *notebook.Cell) int { return a.Fence.Line - b.Fence.Line })
	return lower.Lower(note, cells, imp)
}

// describe writes what lowering made of a note.
func describe(s *lower.Source) string {
	var b strings.Builder
	for _, c := range s.Cells {
		fmt.Fprintf(&b, "== %s needs %v replays %v lost %v\n", c.Label, s.Needs(c.Label), s.Replay(c.Label), c.Lost)
		for _, p := range c.Problems {
			fmt.Fprintf(&b, "%d:%d: %s\n", p.Line, p.Col, p.Message)
			if p.Hint != "" {
				fmt.Fprintf(&b, "hint: %s\n", p.Hint)
			}
		}
		b.Write(c.File)
	}
	for _, p := range s.Programs {
		fmt.Fprintf(&b, "== program %s imports %v\n", p.Label, p.Imports)
		for _, problem := range p.Problems {
			fmt.Fprintf(&b, "%d:%d: %s\n", problem.Line, problem.Col, problem.Message)
		}
		b.Write(p.File)
	}
	for _, w := range s.Warnings {
		fmt.Fprintln(&b, w)
	}
	describeClaims(&b, s)
	return b.String()
}

// describeClaims writes what the names in claims stand for.
func describeClaims(b *strings.Builder, s *lower.Source) {
	for _, c := range s.Note.Claims {
		fmt.Fprintf(b, "== claim %s\n", c.Text)
		variables := s.Variables(&c.Expression)
		for _, name := range slices.Sorted(maps.Keys(variables)) {
			v := variables[name]
			fmt.Fprintf(b, "%s: %s cell=%s constant=%v why=%q\n", name, v.Kind, v.Cell, v.Constant, v.Why)
			if v.Last != "" {
				fmt.Fprintf(b, "%s: last=%s watches %v\n", name, v.Last, s.Watched(v.Last, name))
			}
			if len(v.Disturbed) > 0 || v.Missing != "" {
				fmt.Fprintf(b, "%s: disturbed=%v missing=%q\n", name, v.Disturbed, v.Missing)
			}
		}
	}
	if kinds := s.Values(); len(s.Note.Claims) > 0 {
		for _, label := range slices.Sorted(maps.Keys(kinds)) {
			fmt.Fprintf(b, "value of %s: %s\n", label, kinds[label])
		}
	}
}

// typeCheck checks the generated files as the one package that they are for a
// compiler.
func typeCheck(t *testing.T, s *lower.Source, imp types.Importer) {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, c := range s.Cells {
		if c.File == nil {
			continue
		}
		file, err := parser.ParseFile(fset, c.Label+".go", c.File, parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("cell %s: %v\n%s", c.Label, err, c.File)
			return
		}
		files = append(files, file)
	}
	conf := types.Config{Importer: withHarness{imp}, Error: func(err error) { t.Errorf("generated source: %v", err) }}
	_, _ = conf.Check("main", fset, files, nil)
}

// withHarness adds the functions that generated source calls.
type withHarness struct{ types.Importer }

func (w withHarness) Import(path string) (*types.Package, error) {
	if path != "notebook/runner/harness/inside" {
		return w.Importer.Import(path)
	}
	const src = `package inside
		func Show(...any) {}
		func ShowError(error) {}
		func Record(string, any) {}`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, 0)
	if err != nil {
		return nil, err
	}
	return new(types.Config).Check(path, fset, []*ast.File{file}, nil)
}
