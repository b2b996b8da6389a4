package notebook

import (
	"go/scanner"
	"go/token"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// expression returns the expression in a code span, of which the first bytes
// are skipped.
func (p *noteParser) expression(span *ast.CodeSpan, skip int) Expression {
	var text strings.Builder
	var e Expression
	for n := span.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok {
			continue
		}
		line := string(t.Segment.Value(p.note.Source))
		e.pieces = append(e.pieces, piece{text.Len(), p.note.Position(t.Segment.Start)})
		text.WriteString(strings.ReplaceAll(line, "\n", " "))
	}
	full := text.String()
	start := skip + len(full[skip:]) - len(strings.TrimLeft(full[skip:], " \t"))
	e.Position = e.At(start)
	e.Text = strings.TrimRight(full[start:], " \t")
	for i := range e.pieces {
		e.pieces[i].offset -= start
	}
	p.completeExpression(&e)
	return e
}

// completeExpression finds out what the text itself tells.
func (p *noteParser) completeExpression(e *Expression) {
	e.Nearest = p.nearestCell(e.Position)
	e.Names, _ = scanNames(e.Text)
	if len(e.Text) > maxExpression {
		e.Broken = true
		p.report(Diagnostic{
			Position: e.Position, Severity: Error, Message: "the expression has more than 1,000 bytes",
			Hint: "compute a part of it in a cell",
		})
	}
}

// nearestCell returns the label of the last cell before a place that runs.
func (p *noteParser) nearestCell(at Position) string {
	label := ""
	for _, c := range p.note.Cells {
		if !c.Fence.before(at) {
			break
		}
		if c.Mode == Run {
			label = c.Label
		}
	}
	return label
}

// before reports whether p stands before q in a note.
func (p Position) before(q Position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Col < q.Col
}

// wordsOfPredicates are identifiers that mean something in every predicate.
var wordsOfPredicates = wordSet(`
	and or not in contains startsWith endsWith matches true false nil let if else`)

// scanNames returns the identifiers of an expression that can be variables,
// and whether it calls a measuring function. The tokens of Go and those of
// predicates differ in nothing that matters here.
func scanNames(text string) (names []string, measures bool) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), func(token.Position, string) {}, 0)
	before, end := token.ILLEGAL, -1 // the token before, and where it ended
	_, tok, lit := token.NoPos, token.ILLEGAL, ""
	for pos, next, nextLit := s.Scan(); ; pos, next, nextLit = s.Scan() {
		if tok == token.IDENT {
			switch called := next == token.LPAREN; {
			case called && before != token.PERIOD:
				measures = measures || measuring[lit]
			case !called && before != token.PERIOD && !wordsOfPredicates[lit] && lit != "_" && !slices.Contains(names, lit):
				names = append(names, lit)
			}
		}
		if next == token.EOF {
			return names, measures
		}
		offset := file.Offset(pos)
		if next == token.IDENT && offset == end && (tok == token.INT || tok == token.FLOAT) {
			next = token.FLOAT // the unit of a duration, as in 70ms
		}
		before, tok, lit, end = tok, next, nextLit, offset+len(nextLit)
	}
}
