package renderer

import (
	"strings"
	"unicode/utf8"

	"notebook/renderer/internal/format"
)

// A listing is code on a page.
type listing struct {
	lang     string // "" for plain text
	code     string
	name     string           // what a screen reader calls it
	corner   string           // a muted word beside it; may be empty
	minor    bool             // the word at the corner gives way on a phone
	numbered bool             // lines carry their numbers
	marks    map[int]lineMark // by line, from 1
}

// A lineMark sets a line off from the others.
type lineMark struct {
	class string // "on": marked by the author; "err": a problem lies here, "hit": one that is expected; or ""
	role  string // what a verdict says that happens here; may be empty
	id    string // an anchor; may be empty
}

// writeListing writes code: highlighted, each line led by an empty element that
// carries its number, so that numbers are neither selected nor copied.
func (p *page) writeListing(m markup, l listing) {
	m.open("pre", scrollAttrs(l.code, l.name)...)
	if l.numbered {
		m.raw("<code class=n>")
	} else {
		m.raw("<code>")
	}
	for i, line := range p.colors.highlight(l.lang, format.Visible(l.code)) {
		mark, marked := l.marks[i+1]
		if marked {
			m.open("span", mark.attrs()...)
		}
		if mark.role != "" {
			m.raw("<span class=src>") // a role without room beside it stands below
		}
		if l.numbered {
			m.raw("<i></i>")
		}
		m.tokens(line)
		if mark.role != "" {
			m.end("span")
			m.element("b", "", "class", "role", "data-role", format.Visible(mark.role))
		}
		m.raw("\n")
		if marked {
			m.end("span")
		}
	}
	m.raw("</code></pre>")
	if l.corner != "" {
		m.raw("<div class=corner>")
		if l.minor {
			m.element("span", l.corner, "class", "minor")
		} else {
			m.element("span", l.corner)
		}
		m.raw("</div>")
	}
}

// plainListing writes a code block that is no cell.
func (p *page) plainListing(m markup, lang, code string) {
	m.raw(`<div class="code plain-code">`)
	p.writeListing(m, listing{lang: lang, code: code, name: strings.TrimSpace(lang + " code"), corner: lang, minor: true})
	m.raw("</div>\n")
}

func (m markup) tokens(line []token) {
	for _, t := range line {
		if t.class == "" {
			m.text(t.text)
		} else {
			m.element("span", t.text, "class", t.class)
		}
	}
}

func (l lineMark) attrs() []string {
	attrs := []string{"class", strings.TrimSpace("hl " + l.class)}
	if l.id != "" {
		attrs = append(attrs, "id", l.id)
	}
	return attrs
}

// narrow is the number of columns that fit on a phone.
const narrow = 34

// scrollAttrs returns the attributes of a block of preformatted text: one that
// may scroll sideways can be reached by keyboard and has a name.
func scrollAttrs(text, name string) []string {
	if !wide(text) {
		return nil
	}
	return []string{"tabindex", "0", "role", "group", "aria-label", name}
}

func wide(text string) bool {
	for line := range strings.Lines(text) {
		if utf8.RuneCountInString(line)+3*strings.Count(line, "\t") > narrow {
			return true
		}
	}
	return false
}
