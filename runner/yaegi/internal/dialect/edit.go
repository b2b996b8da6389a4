package dialect

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// An edit replaces the source between two offsets.
type edit struct {
	start, end int
	text       string
	plain      bool // needs no line directive behind it
	closes     int  // not 0: it ends what an insertion began; those of inner nodes are higher
}

// replace replaces the source between two positions.
func (p *pass) replace(from, to token.Pos, text string) {
	p.edits = append(p.edits, edit{start: p.file.Offset(from), end: p.file.Offset(to), text: text})
}

// insert puts text in front of a position. Texts for one position keep the
// order in which they come.
func (p *pass) insert(at token.Pos, text string) { p.replace(at, at, text) }

// wrap puts text around a node.
func (p *pass) wrap(n ast.Node, before, after string) {
	p.insert(n.Pos(), before)
	p.close(n.End(), after)
}

// close puts text behind a node, in front of all that stands behind the nodes
// around it.
func (p *pass) close(at token.Pos, text string) {
	p.edits = append(p.edits, edit{start: p.file.Offset(at), end: p.file.Offset(at), text: text, closes: len(p.edits) + 1})
}

// apply returns the source with the edits; one within text that another one
// replaces is void. Behind an edit that moves the rest of a line, a line
// directive keeps its positions right.
func (p *pass) apply() []byte {
	slices.SortStableFunc(p.edits, func(a, b edit) int { return cmp.Or(a.start-b.start, b.closes-a.closes) })
	var out bytes.Buffer
	at := 0
	for _, e := range p.edits {
		if e.start < at {
			continue
		}
		out.Write(p.source[at:e.start])
		out.WriteString(e.text)
		at = e.end
		if !e.plain && len(e.text) != e.end-e.start && at < len(p.source) && p.source[at] != '\n' {
			place := p.fset.Position(p.file.Pos(at))
			fmt.Fprintf(&out, "/*line %s:%d:%d*/", p.name, place.Line, place.Column)
		}
	}
	out.Write(p.source[at:])
	return out.Bytes()
}

// renameDirectives puts the name of the file into its line directives.
func (p *pass) renameDirectives(file *ast.File) {
	for _, group := range file.Comments {
		for _, c := range group.List {
			const prefix = "//line " // or /*line
			if !strings.HasPrefix(c.Text, prefix) && !strings.HasPrefix(c.Text, "/*line ") {
				continue
			}
			rest := c.Text[len(prefix):]
			name, ok := fileName(rest)
			if ok && name != "" {
				start := p.file.Offset(c.Pos()) + len(prefix)
				p.edits = append(p.edits, edit{start: start, end: start + len(name), text: p.name, plain: true})
			}
		}
	}
}

// fileName returns what stands before :line:col in a line directive.
func fileName(directive string) (string, bool) {
	col := strings.LastIndexByte(directive, ':')
	if col < 0 {
		return "", false
	}
	line := strings.LastIndexByte(directive[:col], ':')
	if line < 0 {
		return "", false
	}
	return directive[:line], true
}
