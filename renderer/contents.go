package renderer

import (
	"github.com/yuin/goldmark/ast"

	"notebook"
	"notebook/renderer/internal/format"
)

// A part is an entry of the table of contents.
type part struct {
	ID, Text string
	Class    string // "bad" for a cell that did not end as expected
	Parts    []*part
}

const deepestPart = 3 // level of the headings that are still listed

// contents returns the table of contents: headings, and the cells that have a
// title or went wrong. A note with fewer than two entries needs none.
func (p *page) contents() []*part {
	root := &part{}
	path := []*part{root} // path[i] is the entry of depth i that is open
	add := func(depth int, e *part) {
		depth = min(depth, len(path))
		path = append(path[:depth], e)
		parent := path[depth-1]
		parent.Parts = append(parent.Parts, e)
	}
	total := 0
	for n := p.note.Tree.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			level, id := p.outline.levels[n], headingID(n)
			if level == 0 || level > deepestPart || id == "" {
				continue
			}
			add(level-1, &part{ID: id, Text: format.Visible(plainText(n, p.note.Source))})
		case *notebook.CellNode:
			e := p.cellPart(n.Cell)
			if e == nil {
				continue
			}
			parent := path[len(path)-1]
			parent.Parts = append(parent.Parts, e)
		default:
			continue
		}
		total++
	}
	if total < 2 {
		return nil
	}
	return root.Parts
}

// cellPart returns the entry of a cell, or nil where it has none.
func (p *page) cellPart(c *notebook.Cell) *part {
	failed := !asExpected(c, p.runs(c))
	if c.Options.Title == "" && !failed || !p.shown(c) {
		return nil
	}
	e := &part{ID: c.Label, Text: format.Visible(c.Options.Title)}
	if e.Text == "" {
		e.Text = notebook.CellName(c.Label)
	}
	if failed {
		e.Class = "bad"
	}
	return e
}
