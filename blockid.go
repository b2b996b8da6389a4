package notebook

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// blockID is an Obsidian block id at the end of a block: ^name. A single
// character or a number is more likely a power.
var blockID = regexp.MustCompile(`(?:^|[ \t])\^([A-Za-z0-9-]{2,})[ \t]*$`)
var onlyDigits = regexp.MustCompile(`^[0-9]{1,5}$`)

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
	match := blockID.FindSubmatchIndex(value)
	if match == nil || onlyDigits.Match(value[match[2]:match[3]]) {
		return
	}
	if match[0] == 0 && last.PreviousSibling() != nil && value[0] == '^' {
		if before, ok := last.PreviousSibling().(*ast.Text); !ok || !before.SoftLineBreak() {
			return // glued to what stands before it
		}
	}
	last.Segment.Stop = last.Segment.Start + match[0] - last.Segment.Padding
	if match[0] > 0 {
		return
	}
	if before, ok := last.PreviousSibling().(*ast.Text); ok {
		before.SetSoftLineBreak(false)
	}
	block.RemoveChild(block, last)
}
