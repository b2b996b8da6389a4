package renderer

import (
	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"
)

// Tables are written here since goldmark's renderer aligns cells by style
// attributes, which the page's policy forbids.

func (r *prose) table(m markup, _ []byte, _ ast.Node, entering bool) bool {
	if entering {
		m.raw(`<div class=scroll tabindex=0 role=group aria-label=Table><table>`)
	} else {
		m.raw("</tbody></table></div>\n")
	}
	return true
}

func (r *prose) tableHeader(m markup, _ []byte, _ ast.Node, entering bool) bool {
	if entering {
		m.raw("<thead><tr>")
	} else {
		m.raw("</tr></thead>\n<tbody>")
	}
	return true
}

func (r *prose) tableRow(m markup, _ []byte, _ ast.Node, entering bool) bool {
	if entering {
		m.raw("<tr>")
	} else {
		m.raw("</tr>\n")
	}
	return true
}

func (r *prose) tableCell(m markup, _ []byte, n ast.Node, entering bool) bool {
	tag := "td"
	var attrs []string
	if n.Parent().Kind() == xast.KindTableHeader {
		tag, attrs = "th", []string{"scope", "col"}
	}
	if !entering {
		m.end(tag)
		return true
	}
	switch n.(*xast.TableCell).Alignment {
	case xast.AlignRight:
		attrs = append(attrs, "class", "al-right")
	case xast.AlignCenter:
		attrs = append(attrs, "class", "al-center")
	}
	m.open(tag, attrs...)
	return true
}

func (r *prose) taskCheckBox(m markup, _ []byte, n ast.Node, entering bool) bool {
	if !entering {
		return false
	}
	if n.(*xast.TaskCheckBox).IsChecked {
		m.raw(`<input type=checkbox disabled checked aria-label=done>`)
	} else {
		m.raw(`<input type=checkbox disabled aria-label="to do">`)
	}
	return false
}
