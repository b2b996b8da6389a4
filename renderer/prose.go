package renderer

import (
	"fmt"
	"html"
	"maps"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	xast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"go.abhg.dev/goldmark/wikilink"

	"notebook"
)

// A prose renders the tree of a note: goldmark's renderer for what it does
// well, and functions of this package for the rest.
type prose struct {
	page      *page
	renderer  renderer.Renderer
	rawTags   map[ast.Node][]notebook.RawPiece // raw HTML, by node
	pictures  int                              // bytes of the pictures written
	level     int                              // of the last heading written
	cellLabel string                           // the cell that wrote this Markdown; "" for the note itself
}

func newProse(p *page) *prose {
	r := &prose{page: p, rawTags: map[ast.Node][]notebook.RawPiece{}}
	r.renderer = renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(r, 100),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(
			extension.WithFootnoteBacklinkTitle("Back to the text"),
			extension.WithFootnoteIDPrefixFunction(r.footnotePrefix),
		), 500),
		util.Prioritized(gmhtml.NewRenderer(gmhtml.WithWriter(proseWriter{gmhtml.DefaultWriter})), 1000),
	))
	return r
}

// RegisterFuncs implements renderer.NodeRenderer.
func (r *prose) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	register := func(kind ast.NodeKind, f nodeFunc) { reg.Register(kind, adapt(f)) }
	register(ast.KindHeading, r.heading)
	register(ast.KindParagraph, r.paragraph)
	register(ast.KindCodeBlock, r.codeBlock)
	register(ast.KindFencedCodeBlock, r.codeBlock)
	register(ast.KindHTMLBlock, r.rawHTML)
	register(ast.KindRawHTML, r.rawHTML)
	register(ast.KindLink, r.link)
	register(ast.KindAutoLink, r.autoLink)
	register(ast.KindImage, r.image)
	register(xast.KindTable, r.table)
	register(xast.KindTableHeader, r.tableHeader)
	register(xast.KindTableRow, r.tableRow)
	register(xast.KindTableCell, r.tableCell)
	register(xast.KindTaskCheckBox, r.taskCheckBox)
	register(wikilink.Kind, r.wikilink)
	register(notebook.KindCell, r.cell)
	register(notebook.KindClaim, r.claim)
	register(notebook.KindValue, r.value)
	register(notebook.KindCallout, r.callout)
	register(notebook.KindCalloutTitle, r.calloutTitle)
	register(notebook.KindTag, r.tag)
	register(notebook.KindMark, r.mark)
}

// A nodeFunc renders one kind of node. It is called before and after its
// children, which are left out when the first call returns false.
type nodeFunc func(m markup, source []byte, n ast.Node, entering bool) (children bool)

func adapt(f nodeFunc) renderer.NodeRendererFunc {
	return func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f(markup{w}, source, n, entering) {
			return ast.WalkContinue, nil
		}
		return ast.WalkSkipChildren, nil
	}
}

// render writes a node and what is in it.
func (r *prose) render(b *strings.Builder, source []byte, n ast.Node) error {
	maps.Copy(r.rawTags, notebook.RawHTML(source, n))
	if err := r.renderer.Render(b, source, n); err != nil {
		return fmt.Errorf("render Markdown: %w", err)
	}
	return nil
}

func (r *prose) renderChildren(b *strings.Builder, source []byte, n ast.Node) error {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if err := r.render(b, source, c); err != nil {
			return err
		}
	}
	return nil
}

// proseWriter shows hidden characters where text is taken literally, that is
// in code; running text keeps its own, which languages written from right to
// left need.
type proseWriter struct{ gmhtml.Writer }

// RawWrite implements html.Writer.
func (w proseWriter) RawWrite(b util.BufWriter, source []byte) {
	markup{b}.text(string(source))
}

func (r *prose) heading(m markup, _ []byte, n ast.Node, entering bool) bool {
	h := n.(*ast.Heading)
	if h == r.page.outline.title {
		return false
	}
	r.level = r.page.outline.levels[h]
	tag, id := fmt.Sprintf("h%d", r.level), headingID(h)
	if r.cellLabel != "" {
		id = ""
	}
	switch {
	case !entering:
		if id != "" {
			m.element("a", "#", "class", "h", "href", "#"+id, "aria-label", "Link to this section")
		}
		m.end(tag)
		m.raw("\n")
	case id != "":
		m.open(tag, "id", id)
	default:
		m.open(tag)
	}
	return true
}

func (r *prose) paragraph(m markup, _ []byte, n ast.Node, entering bool) bool {
	if n == r.page.outline.tagged {
		return false
	}
	if entering {
		m.open("p")
	} else {
		m.end("p")
		m.raw("\n")
	}
	return true
}

// footnotePrefix keeps the footnotes that a cell wrote apart from the note's.
func (r *prose) footnotePrefix(ast.Node) []byte {
	if r.cellLabel == "" {
		return nil
	}
	return []byte(r.cellLabel + ":")
}

func (r *prose) codeBlock(m markup, source []byte, n ast.Node, entering bool) bool {
	if !entering {
		return false
	}
	lang := ""
	if fence, ok := n.(*ast.FencedCodeBlock); ok && fence.Info != nil {
		lang = notebook.FenceLanguage(string(fence.Info.Segment.Value(source)))
	}
	var code strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		code.Write(line.Value(source))
	}
	r.page.plainListing(m, lang, code.String())
	return false
}

func (r *prose) tag(m markup, _ []byte, n ast.Node, entering bool) bool {
	if entering {
		m.element("span", "#"+n.(*notebook.Tag).Name, "class", "tag")
	}
	return false
}

func (r *prose) mark(m markup, _ []byte, _ ast.Node, entering bool) bool {
	if entering {
		m.open("mark")
	} else {
		m.end("mark")
	}
	return true
}

func (r *prose) cell(m markup, _ []byte, n ast.Node, entering bool) bool {
	if !entering {
		return false
	}
	if c := n.(*notebook.CellNode).Cell; r.cellLabel == "" {
		r.page.cell(m, c)
	} else {
		r.page.plainListing(m, c.Lang, c.Code)
	}
	return false
}

// unescape returns Markdown text without its backslashes and references.
func unescape(s []byte) string {
	return html.UnescapeString(string(util.UnescapePunctuations(s)))
}

// plainText returns the text of a node without its markup.
func plainText(n ast.Node, source []byte) string {
	return (&notebook.Note{Source: source}).Text(n)
}
