package notebook

import (
	"errors"
	"fmt"
	"go/parser"
	"go/scanner"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// inlineSign begins the code spans that are values.
const inlineSign = "{go}"

// inlineValues replaces the code spans that begin with {go} by values.
func (p *noteParser) inlineValues() {
	if p.note.Meta.Execute.Fences == FencesNone {
		return
	}
	for _, span := range slices.Collect(nodes[*ast.CodeSpan](p.note.Tree)) {
		first, ok := span.FirstChild().(*ast.Text)
		if !ok {
			continue
		}
		text := string(first.Segment.Value(p.note.Source))
		p.warnOfRole(span, text)
		rest, ok := strings.CutPrefix(text, inlineSign)
		if ok && isUnspaced(rest) {
			p.warn(p.note.Position(first.Segment.Start), "write `"+inlineSign+" "+rest+"`", "this is shown as it is: a value has a space behind %s", inlineSign)
		}
		if !ok || strings.TrimLeft(rest, " \t\n") == rest || strings.TrimSpace(rest) == "" && first.NextSibling() == nil {
			continue
		}
		v := &InlineValue{Expression: p.expression(span, len(inlineSign))}
		p.note.Values = append(p.note.Values, v)
		node := &ValueNode{Value: v}
		node.SetPos(span.Pos())
		span.Parent().ReplaceChild(span.Parent(), span, node)
	}
	slices.SortStableFunc(p.note.Values, func(a, b *InlineValue) int {
		if a.Position.before(b.Position) {
			return -1
		}
		return 1
	})
	for i, v := range p.note.Values {
		p.completeValue(v, i+1)
	}
	if n := len(p.note.Cells) + len(p.note.Values) + len(p.note.Claims); n > maxCells {
		p.refuse(Position{1, 1}, "the note has more than 10,000 cells, values and claims")
		p.note.Values, p.note.Claims = nil, nil
	}
}

// warnOfRole warns of a sign before a code span: a role of other formats.
func (p *noteParser) warnOfRole(span *ast.CodeSpan, text string) {
	before, ok := span.PreviousSibling().(*ast.Text)
	if !ok {
		return
	}
	said := strings.TrimRight(string(before.Segment.Value(p.note.Source)), " \t")
	if !strings.HasSuffix(said, inlineSign) {
		return
	}
	at := before.Segment.Start + len(said) - len(inlineSign)
	p.warn(p.note.Position(at), "write `"+inlineSign+" "+text+"`", "this is shown as it is: the %s of a value stands inside the backquotes", inlineSign)
}

// isUnspaced reports whether text that follows the sign of a value is an
// expression without the space before it.
func isUnspaced(text string) bool {
	if strings.TrimLeft(text, " \t\n") != text {
		return false
	}
	_, err := parser.ParseExpr(text)
	return err == nil
}

// completeValue makes a cell of a Go expression.
func (p *noteParser) completeValue(v *InlineValue, number int) {
	if _, v.Measures = scanNames(v.Text); v.Measures || v.Broken {
		return
	}
	if _, err := parser.ParseExpr(v.Text); err != nil {
		offset, message := 0, err.Error()
		if list := scanner.ErrorList(nil); errors.As(err, &list) {
			offset, message = list[0].Pos.Offset, list[0].Msg
		}
		v.Broken = true
		p.report(Diagnostic{
			Position: v.At(offset), Severity: Error, Message: "no expression of Go: " + message,
			Hint: "an inline value is one expression",
		})
		return
	}
	mode := Run
	if eval := p.note.Meta.Execute.Eval; eval != nil && !*eval {
		mode = Show
	}
	v.Code = &Cell{
		Label: fmt.Sprintf("inline-%d", number), Index: len(p.note.Cells) + number, Lang: "go", Mode: mode, Inline: true,
		Code: v.Text + "\n", Fence: v.Position, Line: v.Position.Line, EndLine: v.Position.Line,
		Options: Options{Include: true}, indent: []int{v.Position.Col - 1},
	}
}
