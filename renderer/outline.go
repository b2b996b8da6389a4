package renderer

import (
	"slices"

	"github.com/yuin/goldmark/ast"

	"notebook"
	"notebook/renderer/internal/format"
)

// An outline is the order of a note's headings.
type outline struct {
	title  *ast.Heading // becomes the h1 of the page, not part of its body; or nil
	tagged ast.Node     // a paragraph of nothing but tags, shown above the title; or nil
	tags   []string     // of the front matter, then of tagged
	levels map[*ast.Heading]int
}

// makeOutline finds the title and the tags of a note, and the level of every
// other heading: 2 and below, so that a page has one h1.
func makeOutline(n *notebook.Note) outline {
	o := outline{levels: map[*ast.Heading]int{}}
	o.title = findTitle(n)
	o.findTags(n)
	o.addLevels(n.Tree, 1)
	return o
}

// addLevels gives the headings of a tree levels below base. No level is jumped
// over, so that the outline is a tree also where the author's levels are none.
func (o *outline) addLevels(tree ast.Node, base int) {
	var open []int // the author's levels of the headings that the next one may belong to
	_ = ast.Walk(tree, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		h, ok := node.(*ast.Heading)
		if !ok || !entering || h == o.title {
			return ast.WalkContinue, nil
		}
		for len(open) > 0 && open[len(open)-1] >= h.Level {
			open = open[:len(open)-1]
		}
		open = append(open, h.Level)
		o.levels[h] = min(base+len(open), 6)
		return ast.WalkContinue, nil
	})
}

// findTitle returns the first heading of level 1, if it is the title: the
// front matter has none, or the same.
func findTitle(n *notebook.Note) *ast.Heading {
	for c := n.Tree.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok && h.Level == 1 {
			if n.Meta.Title == "" || withoutBackquotes(n.Meta.Title) == plainText(h, n.Source) {
				return h
			}
			return nil
		}
	}
	return nil
}

// findTags collects the tags of the front matter and those of a paragraph at
// the top of the note that holds nothing else.
func (o *outline) findTags(n *notebook.Note) {
	for _, t := range n.Meta.Tags {
		o.tags = append(o.tags, format.Visible(t))
	}
	first := n.Tree.FirstChild()
	if first != nil && first == ast.Node(o.title) {
		first = first.NextSibling()
	}
	tags := onlyTags(first, n.Source)
	if tags == nil {
		return
	}
	o.tagged = first
	for _, t := range tags {
		if t = format.Visible(t); !slices.Contains(o.tags, t) {
			o.tags = append(o.tags, t)
		}
	}
}

// onlyTags returns the tags of a paragraph without other text, else nil.
func onlyTags(n ast.Node, source []byte) []string {
	if n == nil || n.Kind() != ast.KindParagraph {
		return nil
	}
	var tags []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *notebook.Tag:
			tags = append(tags, c.Name)
		case *ast.Text:
			if plainText(c, source) != "" {
				return nil
			}
		default:
			return nil
		}
	}
	return tags
}

func (o *outline) titleID() string {
	if o.title == nil {
		return ""
	}
	return headingID(o.title)
}

// headingID returns the id that the parser gave a heading, or "".
func headingID(h *ast.Heading) string {
	value, _ := h.AttributeString("id")
	id, _ := value.(string)
	return id
}
