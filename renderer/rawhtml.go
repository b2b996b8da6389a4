package renderer

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"

	"notebook"
)

// rawHTML writes raw HTML: the tags that package notebook lets pass, and all
// else as text.
func (r *prose) rawHTML(m markup, _ []byte, n ast.Node, entering bool) bool {
	if !entering {
		return false
	}
	pieces := r.rawTags[n]
	paragraph := n.Kind() == ast.KindHTMLBlock && !hasBlock(pieces) && hasText(pieces)
	if paragraph {
		m.open("p", "class", "raw")
	}
	for _, p := range pieces {
		if p.Tag != "" {
			m.raw("<" + p.Tag + ">")
		} else {
			m.text(html.UnescapeString(p.Text))
		}
	}
	if paragraph {
		m.end("p")
		m.raw("\n")
	}
	return false
}

func hasBlock(pieces []notebook.RawPiece) bool {
	for _, p := range pieces {
		if p.Block && p.Tag != "" {
			return true
		}
	}
	return false
}

func hasText(pieces []notebook.RawPiece) bool {
	for _, p := range pieces {
		if p.Tag != "" || strings.TrimSpace(p.Text) != "" {
			return true
		}
	}
	return false
}
