package notebook

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"go.abhg.dev/goldmark/wikilink"
)

// Text returns the text of a node and the nodes below it, without markup: what
// a reader sees of it. Line breaks become spaces; raw HTML is left out.
func (n *Note) Text(node ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(node, func(child ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			return n.writeText(&b, child), nil
		}
		if child.Type() == ast.TypeBlock {
			b.WriteByte(' ')
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

func (n *Note) writeText(b *strings.Builder, node ast.Node) ast.WalkStatus {
	switch node := node.(type) {
	case *ast.Text:
		value := node.Segment.Value(n.Source)
		if !node.IsRaw() {
			value = unescape(value)
		}
		b.Write(value)
		if node.SoftLineBreak() || node.HardLineBreak() {
			b.WriteByte(' ')
		}
	case *ast.String:
		b.Write(node.Value)
	case *ast.AutoLink:
		b.Write(node.Label(n.Source))
	case *Tag:
		b.WriteString("#" + node.Name)
	case *wikilink.Node:
		if node.FirstChild() == nil {
			b.Write(node.Target)
		}
	case *CellNode:
		b.WriteString(node.Cell.Code)
	case *ValueNode:
		b.WriteString(node.Value.Text)
	case *ast.RawHTML:
		return ast.WalkSkipChildren
	}
	return ast.WalkContinue
}

// unescape resolves backslashes and entities.
func unescape(text []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(text)))
}
