package notebook

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// lintClaims warns of lines that were to begin claims: nothing checks them.
func (p *noteParser) lintClaims() {
	for paragraph := range nodes[*ast.Paragraph](p.note.Tree) {
		_, quoted := paragraph.Parent().(*ast.Blockquote)
		for i := range paragraph.Lines().Len() {
			segment := paragraph.Lines().At(i)
			line := strings.ToLower(string(bytes.TrimSpace(segment.Value(p.note.Source))))
			if strings.HasPrefix(line, "[!claim]") || quoted && i == 0 && strings.HasPrefix(line, "[claim]") {
				p.warn(p.note.Position(segment.Start), "write > [!claim], with a blank line above", "this is no claim, and nothing checks it")
			}
		}
	}
}
