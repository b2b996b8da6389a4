package notebook

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
)

// blockID returns the offset of an Obsidian block id, ^name, at the end of
// text and of the space before it; ok is false where there is none. A single
// character or a short number is more likely a power.
func blockID(text []byte) (start int, ok bool) {
	text = bytes.TrimRight(text, " \t")
	start = bytes.LastIndexAny(text, " \t") + 1
	name, ok := bytes.CutPrefix(text[start:], []byte("^"))
	if !ok || len(name) < 2 || len(bytes.Trim(name, "0123456789")) == 0 && len(name) < 6 {
		return 0, false
	}
	for _, c := range name {
		if c != '-' && !isWord(rune(c)) {
			return 0, false
		}
	}
	return len(bytes.TrimRight(text[:start], " \t")), true
}

// removeBlockIDs takes the block ids out of the text: they are handles for
// Obsidian, nothing to read.
func (p *noteParser) removeBlockIDs() {
	var empty []ast.Node
	for n := range nodes[ast.Node](p.note.Tree) {
		switch n.(type) {
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
			if p.removeBlockID(n); n.FirstChild() == nil && n.Kind() == ast.KindParagraph {
				empty = append(empty, n)
			}
		}
	}
	for _, n := range empty {
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

func (p *noteParser) removeBlockID(block ast.Node) {
	last, ok := block.LastChild().(*ast.Text)
	if !ok {
		return
	}
	value := last.Segment.Value(p.note.Source)
	start, ok := blockID(value)
	if !ok {
		return
	}
	before, _ := last.PreviousSibling().(*ast.Text)
	if value[0] == '^' && last.PreviousSibling() != nil && (before == nil || !before.SoftLineBreak()) {
		return // glued to what stands before it
	}
	last.Segment.Stop = last.Segment.Start + start - last.Segment.Padding
	if start > 0 {
		return
	}
	if before != nil {
		before.SetSoftLineBreak(false)
	}
	block.RemoveChild(block, last)
}
