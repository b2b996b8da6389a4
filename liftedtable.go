package notebook

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// liftTables moves tables that follow a list item without an indentation out
// of the item. Markdown takes their lines for lazy lines of the item, and no
// author means that.
func (p *noteParser) liftTables() {
	var tables []*extast.Table
	for t := range nodes[*extast.Table](p.note.Tree) {
		tables = append(tables, t)
	}
	for _, t := range tables {
		for p.isLazy(t) {
			liftOut(t)
		}
	}
}

// isLazy reports whether t is in a list item but begins where, or before, the
// marker of the item begins.
func (p *noteParser) isLazy(t *extast.Table) bool {
	item, ok := t.Parent().(*ast.ListItem)
	return ok && t.PreviousSibling() != nil && p.column(firstLine(t)) <= p.column(item.Pos())
}

// column returns the bytes between the start of a line and offset.
func (p *noteParser) column(offset int) int {
	return offset - p.note.lines[p.note.lineAt(offset)]
}

// firstLine returns the offset at which the text of a table begins.
func firstLine(t *extast.Table) int { return t.FirstChild().Pos() }

// liftOut moves n, which stands in a list item, behind the list; what follows
// it in the item goes with it, and later items make a list of their own.
func liftOut(n ast.Node) {
	item := n.Parent()
	list := item.Parent().(*ast.List)
	after := ast.Node(list)
	for n != nil {
		next := n.NextSibling()
		list.Parent().InsertAfter(list.Parent(), after, n)
		after, n = n, next
	}
	if item.NextSibling() == nil {
		return
	}
	rest := ast.NewList(list.Marker)
	rest.IsTight = list.IsTight
	if list.IsOrdered() {
		rest.Start = list.Start + itemsUpTo(item)
	}
	list.Parent().InsertAfter(list.Parent(), after, rest)
	for next := item.NextSibling(); next != nil; next = item.NextSibling() {
		rest.AppendChild(rest, next)
	}
}

func itemsUpTo(item ast.Node) int {
	n := 0
	for ; item != nil; item = item.PreviousSibling() {
		n++
	}
	return n
}
