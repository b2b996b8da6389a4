package inside

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is how wide a line may get before a value is broken into lines.
const lineWidth = 80

// A node is a piece of a value's text: a leaf with a text, or items between
// brackets.
type node struct {
	name        string // "Field:" or "key:" before it
	text        string // of a leaf
	open, close string
	items       []node
	keyed       bool // the items have names: one goes on each line
}

func leaf(text string) node { return node{text: text} }

// flat returns the node on one line.
func (n node) flat() string {
	var b strings.Builder
	n.appendFlat(&b)
	return b.String()
}

func (n node) appendFlat(b *strings.Builder) {
	b.WriteString(n.name)
	b.WriteString(n.text)
	b.WriteString(n.open)
	for i, item := range n.items {
		if i > 0 {
			b.WriteByte(' ')
		}
		item.appendFlat(b)
	}
	b.WriteString(n.close)
}

// layout returns the node on one line if it fits behind indent levels, else on
// several.
func (n node) layout(indent int) string {
	flat := n.flat()
	if len(n.items) == 0 || indent*2+utf8.RuneCountInString(flat) <= lineWidth {
		return flat
	}
	var b strings.Builder
	b.WriteString(n.name + n.open)
	if n.keyed || n.nested() {
		for _, item := range n.items {
			b.WriteString(newLine(indent + 1))
			b.WriteString(item.layout(indent + 1))
		}
	} else {
		n.fill(&b, indent+1)
	}
	b.WriteString(newLine(indent) + n.close)
	return b.String()
}

// fill writes as many items on each line as fit.
func (n node) fill(b *strings.Builder, indent int) {
	width := lineWidth
	for _, item := range n.items {
		text := item.flat()
		size := utf8.RuneCountInString(text)
		if width+1+size > lineWidth {
			b.WriteString(newLine(indent))
			width = indent*2 + size
		} else {
			b.WriteByte(' ')
			width += 1 + size
		}
		b.WriteString(text)
	}
}

func (n node) nested() bool {
	for _, item := range n.items {
		if len(item.items) > 0 {
			return true
		}
	}
	return false
}

func newLine(indent int) string { return "\n" + strings.Repeat("  ", indent) }
