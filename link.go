package notebook

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"go.abhg.dev/goldmark/wikilink"
)

// A Link is a link or an image of a note.
type Link struct {
	// Destination is what the author wrote: a URL, a path relative to the
	// note, #id; of a wikilink the note with its #heading, without the text.
	Destination string
	Text        string // what a reader sees; of an image its description
	Image       bool   // shown in the page: ![...](...) or ![[...]]
	Wiki        bool   // [[...]]
	Position    Position
	Node        ast.Node
}

// Links returns the links and images of the note in order.
func (n *Note) Links() []Link {
	var list []Link
	for node := range nodes[ast.Node](n.Tree) {
		if link, ok := n.link(node); ok {
			link.Node, link.Position = node, n.Position(node.Pos())
			list = append(list, link)
		}
	}
	return list
}

func (n *Note) link(node ast.Node) (l Link, ok bool) {
	switch node := node.(type) {
	case *ast.Link:
		return Link{Destination: string(node.Destination), Text: n.Text(node)}, true
	case *ast.Image:
		return Link{Destination: string(node.Destination), Text: n.Text(node), Image: true}, true
	case *ast.AutoLink:
		url := string(node.URL(n.Source))
		if node.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(url, "mailto:") {
			url = "mailto:" + url
		}
		return Link{Destination: url, Text: n.Text(node)}, true
	case *wikilink.Node:
		l = Link{Destination: string(node.Target), Text: n.Text(node), Image: node.Embed, Wiki: true}
		if len(node.Fragment) > 0 {
			l.Destination += "#" + string(node.Fragment)
		}
		return l, true
	}
	return l, false
}
