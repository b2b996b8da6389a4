package lower

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"notebook"
)

// lowerProgram lowers a program cell: its text under a //line directive, with
// missing imports added behind the package clause.
func lowerProgram(note *notebook.Note, cell *notebook.Cell, imp types.Importer) *Program {
	p := &Program{Cell: cell}
	c := &Cell{Cell: cell, file: note.Name}
	defer func() { p.Problems = c.Problems }()
	c.refuseEmbed()
	if cell.Broken || len(c.Problems) > 0 {
		return p
	}
	fset, code := token.NewFileSet(), withoutLines(cell.Code)
	file, err := parser.ParseFile(fset, "", code, parser.ParseComments|parser.AllErrors)
	var list scanner.ErrorList
	if errors.As(err, &list) {
		e := firstError(list)
		c.problem(e.Pos.Offset, e.Msg, "")
		return p
	}
	imports := checkImports(c, fset, file, imp)
	added := addProgramImports(c, fset, file)
	if len(c.Problems) == 0 {
		info := checkProgram(c, fset, file, added, imp)
		p.Concurrent, p.CountsGoroutines = startsGoroutines(file, info), countsGoroutines(info)
	}
	if len(c.Problems) > 0 {
		return p
	}
	s := newSplicer(code, baseName(note.Name), cell.Line)
	for _, name := range slices.Sorted(maps.Keys(added)) {
		s.after(fset.Position(file.Name.End()).Offset, fmt.Sprintf("; import %s %q", name, added[name]))
	}
	var w strings.Builder
	s.copy(&w, 0, len(code))
	p.File = []byte(w.String())
	p.Imports = slices.Sorted(slices.Values(append(imports, slices.Collect(maps.Values(added))...)))
	return p
}

// checkImports returns the imports that the program declares, with a problem
// for each that cannot be had.
func checkImports(c *Cell, fset *token.FileSet, file *ast.File, imp types.Importer) []string {
	var paths []string
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		off := fset.Position(spec.Pos()).Offset
		if path == "C" {
			c.problem(off, "cgo is not supported in a cell", "put the C code into a package of its own module and import that")
			continue
		}
		if _, err := imp.Import(path); err != nil {
			c.problem(off, err.Error(), hintOf(err))
			continue
		}
		paths = append(paths, path)
	}
	return paths
}

// addProgramImports returns the standard packages that the program uses without
// importing them, by name.
func addProgramImports(c *Cell, fset *token.FileSet, file *ast.File) map[string]string {
	named := map[string]bool{}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		named[importedAs(spec, path)] = true
	}
	added := map[string]string{}
	for name, selected := range free(file) {
		if named[name] || len(selected) == 0 || types.Universe.Lookup(name) != nil {
			continue
		}
		switch paths := findStd(name, selected); len(paths) {
		case 0:
		case 1:
			added[name] = paths[0]
		default:
			off := fset.Position(firstUnresolved(file, name)).Offset
			c.problem(off, ambiguous(name, paths), "import the one you mean")
		}
	}
	return added
}

func firstUnresolved(file *ast.File, name string) token.Pos {
	for _, id := range file.Unresolved {
		if id.Name == name {
			return id.Pos()
		}
	}
	return file.Pos()
}

// importedAs guesses the name of an import without loading the package.
func importedAs(spec *ast.ImportSpec, path string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return packageName(path)
}

// packageName guesses the name of a package from its path.
func packageName(path string) string {
	elems := strings.Split(path, "/")
	last := elems[len(elems)-1]
	if n := len(elems); n > 1 && len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" {
		last = elems[n-2]
	}
	return last
}
