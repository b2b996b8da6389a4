package lower

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"

	"notebook"
)

// Imports returns the import paths that the cells may need: those they declare
// and the standard packages that are likely to be added. It errs on the side
// of too many, since a name may turn out to be a variable of an earlier cell.
func Imports(cells []*notebook.Cell) []string {
	paths := map[string]bool{}
	for _, c := range cells {
		if c.Broken || c.Mode == notebook.Show || c.Mode == notebook.Sketch {
			continue
		}
		if c.Program {
			file, _ := parser.ParseFile(token.NewFileSet(), "", c.Code, parser.AllErrors)
			addImports(paths, file)
		} else {
			p, _ := parse(token.NewFileSet(), c.Code)
			addImports(paths, p.decls, p.stmts)
		}
	}
	return slices.Sorted(maps.Keys(paths))
}

func addImports(paths map[string]bool, files ...*ast.File) {
	for _, file := range files {
		for _, spec := range file.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && path != "C" {
				paths[path] = true
			}
		}
	}
	for name, selected := range free(files...) {
		if len(selected) == 0 || types.Universe.Lookup(name) != nil {
			continue
		}
		for _, path := range findStd(name, selected) {
			paths[path] = true
		}
	}
}
