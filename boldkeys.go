package notebook

import "github.com/yuin/goldmark/ast"

// breakBoldKeys keeps the line breaks of paragraphs in which every line begins
// with a bold key: authors write lists of definitions that way.
func (p *noteParser) breakBoldKeys() {
	for n := range nodes[ast.Node](p.note.Tree) {
		switch n.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			if breaks := boldKeyBreaks(n); len(breaks) > 0 {
				for _, line := range breaks {
					line.SetHardLineBreak(true)
				}
			}
		}
	}
}

// boldKeyBreaks returns the ends of the lines of block where each line begins
// in bold, else nil.
func boldKeyBreaks(block ast.Node) []*ast.Text {
	var breaks []*ast.Text
	starts := true
	for n := block.FirstChild(); n != nil; n = n.NextSibling() {
		if starts && !isBold(n) {
			return nil
		}
		text, ok := n.(*ast.Text)
		starts = ok && (text.SoftLineBreak() || text.HardLineBreak())
		if starts {
			breaks = append(breaks, text)
		}
	}
	return breaks
}

func isBold(n ast.Node) bool {
	emphasis, ok := n.(*ast.Emphasis)
	return ok && emphasis.Level == 2
}
