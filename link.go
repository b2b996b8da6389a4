package notebook

import (
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
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

var (
	addressScheme = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)
	inlinePicture = regexp.MustCompile(`^data:image/(png|gif|jpeg|webp);base64,[A-Za-z0-9+/]+=*$`)
)

// IsHarmless reports whether a page may link to an address: one without a
// scheme, or with one that runs nothing and opens no file of the reader.
func IsHarmless(address string) bool {
	// Browsers skip control characters and blanks before and in a scheme.
	bare := strings.Map(func(r rune) rune {
		if r <= ' ' || 0x7f <= r && r < 0xa0 {
			return -1
		}
		return r
	}, address)
	found := addressScheme.FindStringSubmatch(bare)
	if found == nil {
		return true
	}
	switch strings.ToLower(found[1]) {
	case "http", "https", "mailto", "tel":
		return true
	}
	return false
}

// IsInlinePicture reports whether an address is itself a picture that a page
// may show.
func IsInlinePicture(address string) bool { return inlinePicture.MatchString(address) }

// unescapedAddress returns a destination without its backslashes and
// references, read as generously as browsers do.
func unescapedAddress(destination []byte) string {
	return html.UnescapeString(string(util.UnescapePunctuations(destination)))
}
