package yaegi

import (
	"go/token"
	"go/types"

	"notebook/runner/lower"
	"notebook/runner/yaegi/internal/dialect"
	"notebook/runner/yaegi/internal/interpreter"
	"notebook/runner/yaegi/stdtypes"
)

// A translator translates generated files. It serves one goroutine.
type translator struct{ importer types.Importer }

func newTranslator() translator {
	return translator{stdtypes.Importer(token.NewFileSet())}
}

// session translates the cells of the session that are not broken.
func (t translator) session(source *lower.Source) ([]*lower.Cell, []dialect.Translation) {
	var cells []*lower.Cell
	var files []dialect.File
	for _, c := range source.Cells {
		if c.OK() && len(c.File) > 0 {
			cells = append(cells, c)
			files = append(files, dialect.File{Name: c.Label, Source: c.File})
		}
	}
	return cells, t.translate(files)
}

func (t translator) program(p *lower.Program) dialect.Translation {
	return t.translate([]dialect.File{{Name: p.Label, Source: p.File}})[0]
}

func (t translator) translate(files []dialect.File) []dialect.Translation {
	return dialect.Translate(files, t.importer, interpreter.Known)
}

// sessionCells returns the cells of the session that are not broken.
func (t translator) sessionCells(source *lower.Source) []jobCell {
	var cells []jobCell
	translated, translations := t.session(source)
	for _, c := range source.Cells {
		if !c.OK() {
			continue
		}
		cell := jobCell{Label: c.Label, Func: c.Func}
		if len(translated) > 0 && translated[0] == c {
			cell.Source = string(translations[0].Source)
			translated, translations = translated[1:], translations[1:]
		}
		cells = append(cells, cell)
	}
	return cells
}
