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
	folds := c.Fold != notebook.CalloutPlain
	tag := "aside"
	if folds {
		tag = "details"
	}
	if !entering {
		m.end(tag)
		m.raw("\n")
		return true
	}
	attrs := []string{"class", strings.TrimSpace("callout " + calloutClass[c.Name])}
	if c.Fold == notebook.CalloutOpen {
		attrs = append(attrs, "open", "")
	}
	m.open(tag, attrs...)
	if _, ok := c.FirstChild().(*notebook.CalloutTitle); !ok {
		name := titleTag(folds)
		m.element(name, upperFirst(c.Name), "class", "name")
		m.raw("\n")
	}
	return true
}

func (r *prose) calloutTitle(m markup, _ []byte, n ast.Node, entering bool) bool {
	folds := false
	if c, ok := n.Parent().(*notebook.Callout); ok {
		folds = c.Fold != notebook.CalloutPlain
	}
	if entering {
		m.open(titleTag(folds), "class", "name")
	} else {
		m.end(titleTag(folds))
		m.raw("\n")
	}
	return true
}

func titleTag(folds bool) string {
	if folds {
		return "summary"
	}
	return "p"
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
