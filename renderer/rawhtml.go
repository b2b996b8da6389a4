package renderer

import (
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Raw HTML in a note is text, but for the tags below, without attributes. A
// tag that does not close, or closes nothing, where it stands is text too, so
// that a note cannot break the page around it. Comments are left out.
var (
	inlineTags = map[string]bool{"kbd": true, "sub": true, "sup": true, "mark": true, "abbr": true}
	blockTags  = map[string]bool{"details": true, "summary": true}
	voidTags   = map[string]bool{"br": true, "wbr": true}

	rawPart  = regexp.MustCompile(`(?s)<!--.*?-->|</?[A-Za-z][^>]*>`)
	plainTag = regexp.MustCompile(`^<(/?)([A-Za-z]+)\s*/?>$`)
)

// A rawPiece is a piece of raw HTML: text, or a tag that may pass.
type rawPiece struct {
	text  string // as it was written
	tag   string // "kbd", "/kbd", "br"; "" for text
	block bool   // the tag is one of blockTags
}

// findRawHTML decides for all raw HTML below root what passes.
func (r *prose) findRawHTML(source []byte, root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.HasChildren() {
			r.findRawChildren(source, n)
		}
		return ast.WalkContinue, nil
	})
}

// findRawChildren pairs the tags among the direct children of a node.
func (r *prose) findRawChildren(source []byte, parent ast.Node) {
	var all []*rawPiece
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		var text string
		switch c := c.(type) {
		case *ast.HTMLBlock:
			text = blockSource(c, source)
		case *ast.RawHTML:
			text = string(c.Segments.Value(source))
		default:
			continue
		}
		pieces := splitRaw(text, c.Type() == ast.TypeBlock)
		r.rawTags[c] = pieces
		for i := range pieces {
			all = append(all, &pieces[i])
		}
	}
	pairTags(all)
}

func blockSource(n *ast.HTMLBlock, source []byte) string {
	s := string(n.Lines().Value(source))
	if n.HasClosure() {
		s += string(n.ClosureLine.Value(source))
	}
	return s
}

// splitRaw cuts raw HTML into text and tags that may pass.
func splitRaw(s string, block bool) []rawPiece {
	var pieces []rawPiece
	for s != "" {
		at := rawPart.FindStringIndex(s)
		if at == nil {
			return append(pieces, rawPiece{text: s})
		}
		if at[0] > 0 {
			pieces = append(pieces, rawPiece{text: s[:at[0]]})
		}
		if part := s[at[0]:at[1]]; !strings.HasPrefix(part, "<!--") {
			pieces = append(pieces, tagPiece(part, block))
		}
		s = s[at[1]:]
	}
	return pieces
}

func tagPiece(s string, block bool) rawPiece {
	p := rawPiece{text: s}
	found := plainTag.FindStringSubmatch(s)
	if found == nil {
		return p
	}
	name := strings.ToLower(found[2])
	p.block = block && blockTags[name]
	if p.block || inlineTags[name] || voidTags[name] && found[1] == "" {
		p.tag = found[1] + name
	}
	return p
}

// pairTags turns tags without their other half into text.
func pairTags(pieces []*rawPiece) {
	var open []*rawPiece
	for _, p := range pieces {
		name, closing := strings.CutPrefix(p.tag, "/")
		switch {
		case name == "" || voidTags[name]:
		case !closing:
			open = append(open, p)
		default:
			at := len(open) - 1
			for at >= 0 && open[at].tag != name {
				at--
			}
			if at < 0 {
				p.tag = ""
				continue
			}
			forget(open[at+1:])
			open = open[:at]
		}
	}
	forget(open)
}

func forget(pieces []*rawPiece) {
	for _, p := range pieces {
		p.tag = ""
	}
}

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
		if p.tag != "" {
			m.raw("<" + p.tag + ">")
		} else {
			m.text(html.UnescapeString(p.text))
		}
	}
	if paragraph {
		m.end("p")
		m.raw("\n")
	}
	return false
}

func hasBlock(pieces []rawPiece) bool {
	for _, p := range pieces {
		if p.block && p.tag != "" {
			return true
		}
	}
	return false
}

func hasText(pieces []rawPiece) bool {
	for _, p := range pieces {
		if p.tag != "" || strings.TrimSpace(p.text) != "" {
			return true
		}
	}
	return false
}
