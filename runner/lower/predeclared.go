package lower

import (
	"go/ast"
	"go/types"
	"strings"
)

// hidePredeclared gives imports under predeclared names, which generated
// declarations use, other names in the syntax of the cell.
func (a *analysis) hidePredeclared(file *checkedFile) {
	hidden := map[string]string{}
	for i, u := range file.imports {
		if types.Universe.Lookup(u.name) != nil {
			hidden[u.name] = u.name + string(mark) + "0" // no cell has that number
			file.imports[i].name = hidden[u.name]
		}
	}
	for _, syntax := range []*ast.File{a.decls, a.stmts} {
		for _, id := range syntax.Unresolved {
			if name := hidden[id.Name]; name != "" {
				id.Name = name
			}
		}
	}
}

// aliasPredeclared lets the file of the cell import those packages under names
// that no note uses.
func (e *emitter) aliasPredeclared() {
	for id, obj := range e.info.Uses {
		pkg, ok := obj.(*types.PkgName)
		if !ok {
			continue
		}
		name, _, hidden := strings.Cut(pkg.Name(), string(mark))
		if start := e.offset(id.Pos()); hidden && types.Universe.Lookup(name) != nil {
			e.splicer.replace(start, start+len(name), e.writer.alias(pkg.Imported()))
		}
	}
}
