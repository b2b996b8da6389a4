package notebook

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// liftTables moves tables that follow a list item without an indentation out
// of the item. Markdown takes their lines for lazy lines of the item, and no
// author means that.
func (p *noteParser) liftTables() {
	tables := slices.Collect(nodes[*extast.Table](p.note.Tree))
	numbers := map[ast.Node]int{}
	for _, t := range slices.Backward(tables) { // so that each later item moves once
		for p.isLazy(t) {
			liftOut(t, numbers)
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
// it in the item goes with it, and later items make a list of their own that
// goes on counting.
func liftOut(n ast.Node, numbers map[ast.Node]int) {
	item := n.Parent()
	list := item.Parent().(*ast.List)
	numberItems(list, numbers)
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
		rest.Start = list.Start + numbers[item]
	}
	list.Parent().InsertAfter(list.Parent(), after, rest)
	for next := item.NextSibling(); next != nil; next = item.NextSibling() {
		rest.AppendChild(rest, next)
	}
}

// numberItems counts the items of a list from 1, when it is met first.
func numberItems(list *ast.List, numbers map[ast.Node]int) {
	if numbers[list.FirstChild()] > 0 {
		return
	}
	n := 0
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		n++
		numbers[item] = n
	}
}
