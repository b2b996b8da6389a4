package notebook

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/encoding/charmap"
)

// lintText warns of text that is shown otherwise than its author thinks.
func (p *noteParser) lintText() {
	for n := range nodes[*ast.Paragraph](p.note.Tree) {
		p.lintParagraph(n)
	}
	p.lintRawHTML()
	p.lintAddresses()
	for i := range p.note.lines {
		if line := p.note.lineText(i); !isASCII(line) {
			p.lintGarbled(p.note.lines[i], line)
		}
	}
}

var (
	indentedItem = regexp.MustCompile(`^(?: {4,}| {0,3}\t[ \t]*)(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\S`)
	pastedPrompt = regexp.MustCompile(`^In ?\[[0-9 ]*\]:[ \t]*\n?$`)
)

func (p *noteParser) lintParagraph(n *ast.Paragraph) {
	lines := n.Lines()
	for i := range lines.Len() {
		start := lines.At(i).Start
		line := p.note.lineAt(start)
		text := p.note.lineText(line)
		if i == 0 && pastedPrompt.Match(p.note.Source[start:lines.At(i).Stop]) {
			p.warn(p.note.Position(start), "put the code into a block of ```", "this looks like a cell pasted from Jupyter: it is read as text")
		}
		if i > 0 && indentedItem.Match(text) {
			p.warn(p.note.Position(start), "put an empty line before the list, or indent it less",
				"this looks like a list, but it goes on with the paragraph")
			return
		}
	}
}

func isASCII(line []byte) bool {
	for _, c := range line {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// lintGarbled warns of an emoji that was stored as UTF-8 and read in an old
// 8-bit encoding.
func (p *noteParser) lintGarbled(start int, line []byte) {
	for i := 0; i < len(line); {
		if line[i] < utf8.RuneSelf {
			i++
			continue
		}
		end := i
		for end < len(line) && line[end] >= utf8.RuneSelf {
			end++
		}
		if repaired := repairEmoji(line[i:end]); repaired != nil {
			p.warn(p.note.Position(start+i), "write "+string(repaired), "%q looks like a garbled emoji", line[i:end])
			return
		}
		i = end
	}
}

// repairEmoji returns the emoji that text was before it was garbled, or nil.
func repairEmoji(text []byte) []byte {
	if utf8.RuneCount(text) < 3 { // an emoji has three bytes or more
		return nil
	}
	for _, encoding := range []*charmap.Charmap{charmap.Macintosh, charmap.Windows1252} {
		original, err := encoding.NewEncoder().Bytes(text)
		if err == nil && utf8.Valid(original) && bytes.ContainsFunc(original, isEmoji) {
			return original
		}
	}
	return nil
}

// isEmoji reports whether r is a picture: above the letters of all languages
// that 8-bit encodings could hold.
func isEmoji(r rune) bool { return 0x1F300 <= r && r <= 0x1FAFF || 0x2600 <= r && r <= 0x27BF }
