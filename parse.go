package notebook

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/yuin/goldmark/ast"
)

// MaxSize is the size in bytes above which Parse refuses a note.
const MaxSize = 16 << 20

// Parse turns the bytes of a Markdown file into a note and reports what is
// wrong with it, in the order of the note. It never fails: a note that is too
// large or nested too deeply to be parsed in reasonable time has an empty tree
// and is Broken. The name stands in messages; no file is opened. Parse keeps
// no reference to src.
func Parse(name string, src []byte) (*Note, []Diagnostic) {
	p := &noteParser{note: &Note{Name: name, Tree: ast.NewDocument()}, labels: map[string]*Cell{}}
	p.parse(src)
	slices.SortStableFunc(p.diagnostics, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Position.Line, b.Position.Line), cmp.Compare(a.Position.Col, b.Position.Col))
	})
	return p.note, p.diagnostics
}

// A noteParser holds the note while Parse builds it.
type noteParser struct {
	note         *Note
	body         int // offset in Source of what follows the front matter
	closedFences map[ast.Node]bool
	labels       map[string]*Cell // those that authors gave
	contenders   []contender      // cells to be compared
	diagnostics  []Diagnostic
	warnings     int // met so far; the first of them are reported
}

func (p *noteParser) parse(src []byte) {
	p.normalize(src)
	if len(src) > MaxSize {
		p.refuse(Position{1, 1}, fmt.Sprintf("the note has %d MB; notes of up to %d MB can be read", len(src)>>20, MaxSize>>20))
		return
	}
	p.frontMatter()
	p.removeComments()
	if p.overLimits() {
		return
	}
	p.note.Tree = p.markdown()
	if p.overTargets() {
		return
	}
	p.liftTables()
	p.cells()
	p.claims()
	p.inlineValues()
	p.checkGroups()
	p.breakBoldKeys()
	p.removeBlockIDs()
	p.headingIDs()
	p.lintText()
}

func (p *noteParser) normalize(src []byte) {
	text, invalid, first := normalize(src)
	p.setSource(text)
	if invalid > 0 {
		p.warn(p.note.Position(first), "save the file as UTF-8", "not UTF-8: %d bytes were replaced by %s", invalid, replacement)
	}
}

func (p *noteParser) setSource(text []byte) {
	p.note.Source = text
	p.note.lines = lineStarts(text)
}

// refuse gives up on a note that cannot be parsed.
func (p *noteParser) refuse(at Position, message string) {
	p.note.Tree, p.note.Cells, p.note.Broken = ast.NewDocument(), nil, true
	p.report(Diagnostic{Position: at, Severity: Error, Message: message, Hint: "split the note"})
}

func (p *noteParser) report(d Diagnostic) {
	d.File = p.note.Name
	p.diagnostics = append(p.diagnostics, d)
}

// maxWarnings bounds what is said about one note.
const maxWarnings = 1_000

func (p *noteParser) warn(at Position, hint, format string, args ...any) {
	p.warnings++
	if p.warnings <= maxWarnings {
		p.report(Diagnostic{Position: at, Severity: Warning, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
}
