package renderer

import (
	"io"
	"strings"

	"notebook/renderer/internal/format"
)

// A markup writes HTML. It is the one escaping writer: text and attribute
// values pass through it; names of elements and attributes are constants of
// this package. It writes into buffers, which do not fail, so that errors of
// the writer below are not looked at.
type markup struct{ w io.StringWriter }

// open writes a start tag; attrs are names and values in turn.
func (m markup) open(tag string, attrs ...string) {
	m.raw("<" + tag)
	for i := 0; i+1 < len(attrs); i += 2 {
		m.raw(" " + attrs[i] + attrValue(attrs[i+1]))
	}
	m.raw(">")
}

// end writes an end tag.
func (m markup) end(tag string) { m.raw("</" + tag + ">") }

// text writes s as text.
func (m markup) text(s string) { m.raw(textEscapes.Replace(format.Visible(s))) }

// element writes an element that holds nothing but text.
func (m markup) element(tag, text string, attrs ...string) {
	m.open(tag, attrs...)
	m.text(text)
	m.end(tag)
}

// icon writes one of the symbols of the page's frame: ok, bad, off. The word
// beside it says the same.
func (m markup) icon(name string) {
	m.raw(`<svg class=i aria-hidden=true><use href="#nb:` + name + `"/></svg>`)
}

// raw writes HTML that this package made.
func (m markup) raw(s string) { _, _ = m.w.WriteString(s) }

// Quotes stay as they are where HTML lets them: code is full of them.
var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)

// attrValue returns what follows an attribute's name: nothing for an empty
// value, and quotes only where HTML needs them, since pages are weighed.
func attrValue(s string) string {
	if s == "" {
		return ""
	}
	bare := strings.TrimLeft(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:#") == ""
	if bare {
		return "=" + s
	}
	return `="` + attrEscapes.Replace(format.Visible(s)) + `"`
}
