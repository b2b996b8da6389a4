package notebook

import (
	"maps"
	"slices"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown parses the text after the front matter.
func (p *noteParser) markdown() ast.Node {
	p.closedFences = map[ast.Node]bool{}
	reader := text.NewReader(p.note.Source)
	// AdvanceLine goes from the end of one line to the start of the next: from
	// the end of the front matter to the text.
	reader.SetPosition(-1, text.NewSegment(0, p.body))
	reader.AdvanceLine()
	return p.newMarkdown().Parse(reader)
}

// newMarkdown returns the parser of CommonMark, the extensions of GitHub and
// Obsidian that notes use, and what this package adds.
func (p *noteParser) newMarkdown() parser.Parser {
	return goldmark.New(
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			extension.TaskList, extension.Linkify,
			extension.Footnote, extension.DefinitionList,
		),
		// Lower numbers come first: each of ours before goldmark's own parser
		// of the same text (fences 700, quotes 800, links 200, emphasis 500).
		goldmark.WithParserOptions(
			parser.WithBlockParsers(
				util.Prioritized(&fenceParser{parser.NewFencedCodeBlockParser(), p.closedFences}, 690),
				util.Prioritized(&calloutParser{parser.NewBlockquoteParser(), p.unknownCallout}, 790),
			),
			parser.WithInlineParsers(
				util.Prioritized(&wikilinkParser{}, 199),
				util.Prioritized(tagParser{}, 450),
				util.Prioritized(markParser{}, 450),
				util.Prioritized(&strikethroughParser{extension.NewStrikethroughParser()}, 500),
			),
			parser.WithASTTransformers(
				util.Prioritized(footnoteLinter{p}, 998), // goldmark's drops footnotes at 999
			),
		),
	).Parser()
}

func (p *noteParser) unknownCallout(offset int, kind string) {
	p.warn(p.note.Position(offset), didYouMean(kind, slices.Sorted(maps.Keys(calloutKinds))), "unknown kind of callout: %s", kind)
}

// A footnoteLinter warns of footnotes that nothing refers to: no page shows
// them.
type footnoteLinter struct{ *noteParser }

// Transform implements parser.ASTTransformer.
func (l footnoteLinter) Transform(tree *ast.Document, _ text.Reader, _ parser.Context) {
	for n := range nodes[*extast.Footnote](tree) {
		if n.Index < 0 {
			l.warn(l.note.Position(n.Pos()), "refer to it as [^"+string(n.Ref)+"] or remove it",
				"nothing refers to the footnote %s: it is not shown", n.Ref)
		}
	}
}

// A fenceParser is goldmark's parser of fenced code that also knows which
// fences have an end.
type fenceParser struct {
	parser.BlockParser
	closed map[ast.Node]bool
}

// Continue implements parser.BlockParser.
func (f *fenceParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	state := f.BlockParser.Continue(node, reader, pc)
	if state == parser.Close {
		f.closed[node] = true
	}
	return state
}
