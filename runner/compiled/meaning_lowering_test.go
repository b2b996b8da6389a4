package compiled_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"strings"
	"testing"

	"notebook/runner/lower"
	"notebook/runner/yaegi/stdtypes"
)

// FuzzSession lowers programs that were split at random places. A split that
// keeps declarations before their uses has no problem; in one that does not,
// some cells are broken. In both the files of the other cells are one package.
func FuzzSession(f *testing.F) {
	programs := readPrograms(f)
	for seed := range uint64(4) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		for _, p := range programs {
			split := p.split(seed)
			if problems := lowered(t, split); len(problems) > 0 {
				t.Errorf("%s, seed %d: %s\n%s", p.name, seed, strings.Join(problems, "\n"), split)
			}
			lowered(t, p.jumbled(seed))
		}
	})
}

// jumbled returns a note with the pieces of the program in a random order.
func (p *splitProgram) jumbled(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, uint64(len(p.name))))
	var cells []string
	var cell []*unit
	for _, i := range r.Perm(len(p.units)) {
		cell = append(cell, p.units[i])
		if r.IntN(4) == 0 {
			cells = append(cells, textOf(cell))
			cell = nil
		}
	}
	return note(append(cells, textOf(cell)))
}

// lowered lowers a note, checks that the files of its cells are one package,
// and returns the problems of the cells.
func lowered(t *testing.T, src string) (problems []string) {
	t.Helper()
	note := parseSession(t, src)
	source := lower.Lower(note, note.Cells, stdtypes.Importer(token.NewFileSet()))
	fset := token.NewFileSet()
	var files []*ast.File
	for _, c := range source.Cells {
		for _, p := range c.Problems {
			problems = append(problems, fmt.Sprintf("%d:%d: %s", p.Line, p.Col, p.Message))
			if p.Line < c.Line || p.Line > c.EndLine || p.Col < 1 {
				t.Errorf("a problem of %s, lines %d to %d, lies at %d:%d: %s", c.Label, c.Line, c.EndLine, p.Line, p.Col, p.Message)
			}
		}
		for _, label := range c.Lost {
			problems = append(problems, c.Label+" needs "+label)
		}
		if !c.OK() || len(c.File) == 0 {
			continue
		}
		file, err := parser.ParseFile(fset, c.Label+".go", c.File, parser.SkipObjectResolution)
		if err != nil {
			t.Fatalf("%s does not parse: %v\n%s", c.Label, err, c.File)
		}
		files = append(files, file)
	}
	conf := types.Config{
		Importer: withHarness{stdtypes.Importer(fset)},
		Error:    func(err error) { t.Errorf("generated source: %v", err) },
	}
	_, _ = conf.Check("main", fset, files, nil)
	if t.Failed() {
		t.Logf("the cells:\n%s", src)
	}
	return problems
}

// withHarness adds the functions that generated source calls.
type withHarness struct{ types.Importer }

func (w withHarness) Import(path string) (*types.Package, error) {
	if path != "notebook/runner/harness/inside" {
		return w.Importer.Import(path)
	}
	const source = "package inside\nfunc Show(...any) {}\nfunc ShowError(error) {}\nfunc Record(string, any) {}"
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return new(types.Config).Check(path, fset, []*ast.File{file}, nil)
}
