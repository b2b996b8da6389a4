package notebook

import (
	"fmt"
	"iter"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// A Heading is a heading of a note.
type Heading struct {
	Level    int    // 1 to 6
	Text     string // without markup
	ID       string // unique among the headings and cells of the note
	Position Position
	Node     *ast.Heading
}

// Headings returns the headings of the note in order, those in quotes, lists
// and callouts too.
func (n *Note) Headings() []Heading {
	var list []Heading
	for h := range nodes[*ast.Heading](n.Tree) {
		heading := Heading{Level: h.Level, Text: n.Text(h), Position: n.Position(h.Pos()), Node: h}
		if id, ok := h.AttributeString("id"); ok {
			heading.ID, _ = id.(string)
		}
		list = append(list, heading)
	}
	return list
}

func (n *Note) firstHeading() string {
	for h := range nodes[*ast.Heading](n.Tree) {
		if h.Level == 1 {
			return n.Text(h)
		}
	}
	return ""
}

// headingIDs gives each heading the id that GitHub gives it, so that links
// written for GitHub work: equal headings count up from -1. The ids of cells
// come first: a heading with the id of a cell gets -2.
func (p *noteParser) headingIDs() {
	used := map[string]int{} // ids, with the last number behind each
	for _, c := range p.note.Cells {
		used[c.Label] = 1
	}
	for h := range nodes[*ast.Heading](p.note.Tree) {
		base := slug(p.note.Text(h))
		id := base
		for _, taken := used[id]; taken; _, taken = used[id] {
			used[base]++
			id = fmt.Sprintf("%s-%d", base, used[base])
		}
		used[id] = 0
		h.SetAttributeString("id", id)
	}
}

// slug turns the text of a heading into an id as GitHub does: lower case, a
// hyphen for each space, no punctuation but hyphen and underscore.
func slug(text string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(text))
	if s == "" {
		return "section"
	}
	return s
}

// nodes returns the nodes of type T below and including root, in the order of
// the note. The tree may be changed below the node that was returned last.
func nodes[T ast.Node](root ast.Node) iter.Seq[T] {
	return func(yield func(T) bool) {
		if root == nil { // a note that was not parsed
			return
		}
		_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if t, ok := n.(T); ok && entering && !yield(t) {
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
	}
}
