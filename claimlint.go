package notebook

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// lintClaims warns of paragraphs that were to be claims: nothing checks them.
func (p *noteParser) lintClaims() {
	for paragraph := range nodes[*ast.Paragraph](p.note.Tree) {
		if paragraph.Lines().Len() == 0 {
			continue
		}
		first := paragraph.Lines().At(0)
		line := strings.ToLower(string(bytes.TrimSpace(first.Value(p.note.Source))))
		_, quoted := paragraph.Parent().(*ast.Blockquote)
		if strings.HasPrefix(line, "[!claim]") || quoted && strings.HasPrefix(line, "[claim]") {
			p.warn(p.note.Position(first.Start), "write > [!claim] at the start of a line", "this is no claim, and nothing checks it")
		}
	}
}
