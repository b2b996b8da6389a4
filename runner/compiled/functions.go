package compiled

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"

	"notebook/runner/lower"
)

// functions are the functions of a session that can run as a program: their
// names in the generated source by the names that the author gave them.
type functions map[string]string

// add adds the functions that a cell declares. A later declaration takes the
// place of an earlier one, also when it cannot run as a program.
func (f functions) add(c *lower.Cell) {
	file, err := parser.ParseFile(token.NewFileSet(), "", c.File, parser.SkipObjectResolution)
	if err != nil {
		return // a cell without a file; lowering parsed the others before
	}
	for _, d := range file.Decls {
		declared, ok := d.(*ast.FuncDecl)
		if !ok || declared.Recv != nil || declared.Name.Name == c.Func {
			continue
		}
		name, _, _ := strings.Cut(declared.Name.Name, mark)
		delete(f, name)
		if isProgram(declared) {
			f[name] = declared.Name.Name
		}
	}
}

// isProgram reports whether a function can be called as main is.
func isProgram(f *ast.FuncDecl) bool {
	t := f.Type
	named := f.Name.Name != "_" && f.Name.Name != "init"
	return named && f.Body != nil && t.Params.NumFields() == 0 && t.Results.NumFields() == 0 && t.TypeParams.NumFields() == 0
}

// String returns the elements of a map literal.
func (f functions) String() string {
	var s strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(&s, "\t\t%q: %s,\n", name, f[name])
	}
	return s.String()
}
