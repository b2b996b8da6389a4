package yaegi

import (
	"go/token"

	"notebook/runner/lower"
	"notebook/runner/yaegi/internal/dialect"
	"notebook/runner/yaegi/internal/interpreter"
	"notebook/runner/yaegi/stdtypes"
)

// translateSession translates the cells of the session that are not broken.
func translateSession(source *lower.Source) ([]*lower.Cell, []dialect.Translation) {
	var cells []*lower.Cell
	var files []dialect.File
	for _, c := range source.Cells {
		if c.OK() && len(c.File) > 0 {
			cells = append(cells, c)
			files = append(files, dialect.File{Name: c.Label, Source: c.File})
		}
	}
	return cells, translate(files)
}

func translateProgram(p *lower.Program) dialect.Translation {
	return translate([]dialect.File{{Name: p.Label, Source: p.File}})[0]
}

func translate(files []dialect.File) []dialect.Translation {
	return dialect.Translate(files, stdtypes.Importer(token.NewFileSet()), interpreter.Known)
}
