package renderer

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"notebook"
)

// calloutClass groups the kinds of callouts by how they look; the rest look
// like a note.
var calloutClass = map[string]string{
	"tip": "good", "hint": "good", "success": "good", "check": "good", "done": "good",
	"warning": "warn", "caution": "warn", "attention": "warn", "important": "warn", "question": "warn", "help": "warn", "faq": "warn", "todo": "warn",
	"danger": "bad", "error": "bad", "bug": "bad", "failure": "bad", "fail": "bad", "missing": "bad",
	"quote": "plain", "cite": "plain", "example": "plain", "abstract": "plain", "summary": "plain", "tldr": "plain",
}

func (r *prose) callout(m markup, _ []byte, n ast.Node, entering bool) bool {
	c := n.(*notebook.Callout)
	box, title := calloutTags(c)
	if !entering {
		m.end(box)
		m.raw("\n")
		return true
	}
	attrs := []string{"class", strings.TrimSpace("callout " + calloutClass[c.Name])}
	switch c.Fold {
	case notebook.CalloutPlain:
		attrs = append(attrs, "role", "note")
	case notebook.CalloutOpen:
		attrs = append(attrs, "open", "")
	}
	m.open(box, attrs...)
	if _, ok := c.FirstChild().(*notebook.CalloutTitle); !ok && c.Name != "" {
		m.element(title, strings.ToUpper(c.Name[:1])+c.Name[1:], "class", "name")
		m.raw("\n")
	}
	return true
}

func (r *prose) calloutTitle(m markup, _ []byte, n ast.Node, entering bool) bool {
	c, ok := n.Parent().(*notebook.Callout)
	if !ok {
		return true
	}
	if _, title := calloutTags(c); entering {
		m.open(title, "class", "name")
	} else {
		m.end(title)
		m.raw("\n")
	}
	return true
}

// calloutTags returns the elements of a callout and of its title.
func calloutTags(c *notebook.Callout) (box, title string) {
	if c.Fold == notebook.CalloutPlain {
		return "div", "p"
	}
	return "details", "summary"
}
