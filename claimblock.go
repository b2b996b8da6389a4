package notebook

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"go.yaml.in/yaml/v4"
)

// claims makes claims of the callouts of that name, and of the options claim.
func (p *noteParser) claims() {
	p.lintClaims()
	for _, callout := range slices.Collect(nodes[*Callout](p.note.Tree)) {
		if callout.Name == claimCallout {
			p.claim(callout)
		}
	}
	for _, c := range p.note.Cells {
		if c.Options.Claim != nil {
			c.Options.Claim.Nearest = c.Label
			p.note.Claims = append(p.note.Claims, c.Options.Claim)
		}
	}
	slices.SortStableFunc(p.note.Claims, func(a, b *Claim) int {
		return cmp.Or(cmp.Compare(a.Position.Line, b.Position.Line), cmp.Compare(a.Position.Col, b.Position.Col))
	})
}

// claimCallout is the kind of callout that is a claim.
const claimCallout = "claim"

// claim replaces a callout by a claim: its last code span is the predicate,
// the rest is the sentence.
func (p *noteParser) claim(callout *Callout) {
	c := &Claim{Expression: Expression{Position: p.note.Position(callout.Pos()), Broken: true}}
	if spans := slices.Collect(nodes[*ast.CodeSpan](callout)); len(spans) > 0 {
		span := spans[len(spans)-1]
		c.Expression = p.expression(span, 0)
		cutNode(span, callout, p.note.Source)
	} else {
		p.report(Diagnostic{
			Position: c.Position, Severity: Error, Message: "this claim has no predicate",
			Hint: "end the callout with one in backticks: `wall() < 1s`",
		})
	}
	node := &ClaimNode{Claim: c}
	node.SetPos(callout.Pos())
	node.SetBlankPreviousLines(callout.HasBlankPreviousLines())
	for child := callout.FirstChild(); child != nil; child = callout.FirstChild() {
		if title, ok := child.(*CalloutTitle); ok {
			child = titleParagraph(title)
			callout.RemoveChild(callout, title)
		}
		node.AppendChild(node, child)
	}
	joinTitle(node)
	callout.Parent().ReplaceChild(callout.Parent(), callout, node)
	c.Sentence = p.note.Text(node)
	p.note.Claims = append(p.note.Claims, c)
}

// cutNode takes a node out of its paragraph, with the line break before it.
// Parents that have nothing left go too, up to the root.
func cutNode(n, root ast.Node, source []byte) {
	parent := n.Parent()
	before, ok := n.PreviousSibling().(*ast.Text)
	if ok && n.NextSibling() == nil {
		before.SetSoftLineBreak(false)
		before.SetHardLineBreak(false)
		before.Segment = before.Segment.TrimRightSpace(source)
	}
	parent.RemoveChild(parent, n)
	for parent != root && parent.FirstChild() == nil {
		up := parent.Parent()
		up.RemoveChild(up, parent)
		parent = up
	}
}

func titleParagraph(title *CalloutTitle) ast.Node {
	paragraph := ast.NewParagraph()
	paragraph.SetPos(title.Pos())
	paragraph.SetLines(title.Lines())
	for child := title.FirstChild(); child != nil; child = title.FirstChild() {
		paragraph.AppendChild(paragraph, child)
	}
	return paragraph
}

// joinTitle makes one paragraph of the title of a claim and the lines below it:
// the first line of a sentence is no title.
func joinTitle(node ast.Node) {
	title, ok := node.FirstChild().(*ast.Paragraph)
	if !ok {
		return
	}
	rest, ok := title.NextSibling().(*ast.Paragraph)
	if !ok || rest.HasBlankPreviousLines() {
		return
	}
	line := ast.NewText()
	line.SetSoftLineBreak(true)
	title.AppendChild(title, line)
	for child := rest.FirstChild(); child != nil; child = rest.FirstChild() {
		title.AppendChild(title, child)
	}
	node.RemoveChild(node, rest)
}

// decodeClaim reads a predicate.
func decodeClaim(c *Cell, e entry) *valueError {
	text, err := textValue(e)
	if err != nil {
		err.hint = "write a predicate: wall() < 1s; several stand in callouts of their own: > [!claim]"
		return err
	}
	if strings.TrimSpace(text) == "" {
		return errorAt(e.value, "write a predicate: wall() < 1s", "%s has no value", e.name())
	}
	c.Options.Claim = &Claim{Option: true, Expression: Expression{
		Text: strings.Join(strings.Fields(text), " "), Position: nodePosition(e.value),
	}}
	if text != c.Options.Claim.Text || e.value.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return nil // its places in the note are not known
	}
	c.Options.Claim.pieces = []piece{{0, nodePosition(e.value)}}
	return nil
}

// placeOption completes the claim of a cell's option, and finds where its text
// begins: behind a quotation mark, perhaps. Quotes within may be escaped.
func (p *noteParser) placeOption(c *Claim) {
	if len(c.pieces) > 0 {
		at := c.Position
		line := p.note.lineText(min(at.Line, len(p.note.lines)) - 1)
		rest := line[min(max(at.Col-1, 0), len(line)):]
		switch quoted := bytes.TrimLeft(rest, `'"`); {
		case bytes.HasPrefix(rest, []byte(c.Text)):
		case len(rest)-len(quoted) == 1 && bytes.HasPrefix(quoted, []byte(c.Text)):
			c.Position.Col++
			c.pieces[0].at.Col++
		default:
			c.pieces = nil
		}
	}
	p.completeExpression(&c.Expression)
}
