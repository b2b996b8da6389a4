package lower_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"notebook/runner/yaegi/stdtypes"
)

// newImporter returns an importer for the standard library and for packages of
// one file: path.go holds the package path.
func newImporter(t *testing.T, files []txtar.File) types.Importer {
	t.Helper()
	imp := withPackages{stdtypes.Importer(token.NewFileSet()), map[string]*types.Package{}}
	for _, f := range files {
		fset := token.NewFileSet()
		syntax, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		path := strings.TrimSuffix(f.Name, ".go")
		conf := types.Config{Importer: imp}
		if imp.packages[path], err = conf.Check(path, fset, []*ast.File{syntax}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return imp
}

// withPackages adds packages to those of another importer.
type withPackages struct {
	types.Importer
	packages map[string]*types.Package
}

func (w withPackages) Import(path string) (*types.Package, error) {
	if pkg := w.packages[path]; pkg != nil {
		return pkg, nil
	}
	return w.Importer.Import(path)
}
