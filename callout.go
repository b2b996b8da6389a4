package notebook

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// calloutKinds holds the kinds that GitHub and Obsidian know.
var calloutKinds = wordSet(`
	abstract attention bug caution check cite claim danger done error example fail failure faq help hint
	important info missing note question quote success summary tip tldr todo warning`)

var calloutHead = regexp.MustCompile(`^[ \t]*\[!([A-Za-z][\w-]*)\]([+-]?)(?:[ \t]+(\S.*?))?[ \t]*\n?$`)

// A calloutParser parses block quotes and makes callouts of those that begin
// with [!kind].
type calloutParser struct {
	parser.BlockParser
	unknown func(offset int, kind string) // called for kinds that nobody knows
}

// Open implements parser.BlockParser.
func (b *calloutParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	quote, state := b.BlockParser.Open(parent, reader, pc)
	if quote == nil {
		return nil, state
	}
	line, segment := reader.PeekLine()
	head := calloutHead.FindSubmatchIndex(line)
	if head == nil {
		return quote, state
	}
	kind := strings.ToLower(string(line[head[2]:head[3]]))
	offset := segment.Start - segment.Padding
	if !calloutKinds[kind] {
		b.unknown(offset+head[2], kind)
		return quote, state
	}
	callout := &Callout{Name: kind, Fold: CalloutFold(line[head[4]:head[5]])}
	if head[6] >= 0 {
		title := &CalloutTitle{}
		title.Lines().Append(text.NewSegment(offset+head[6], offset+head[7]))
		title.SetPos(offset + head[6])
		callout.AppendChild(callout, title)
	}
	reader.AdvanceToEOL()
	return callout, state
}
