package notebook

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// lintRawHTML warns of raw HTML that is shown as text. Of an element only the
// start is reported.
func (p *noteParser) lintRawHTML() {
	found := RawHTML(p.note.Source, p.note.Tree)
	open := map[string]int{} // start tags that were reported, by name
	for n := range nodes[ast.Node](p.note.Tree) {
		for _, piece := range found[n] {
			name, ok := rejectedName(piece)
			if !ok {
				continue
			}
			if start, end := strings.CutPrefix(name, "/"); !end {
				open[name]++
			} else if open[start] > 0 {
				open[start]--
				continue
			}
			p.warn(p.note.Position(piece.Offset), rawHint(piece, name), "HTML is shown as text: %s", shortLine(piece.Text))
		}
	}
}

// rejectedName returns the name of what looks like markup in a piece of text,
// in lower case: b, /b; "" for something other than a tag, such as <!doctype>.
func rejectedName(p RawPiece) (name string, ok bool) {
	if p.Tag != "" || !strings.HasPrefix(p.Text, "<") {
		return "", false
	}
	if !isTag(p.Text) {
		return "", strings.HasPrefix(p.Text, "<!") || strings.HasPrefix(p.Text, "<?")
	}
	end := 1 + strings.IndexAny(p.Text[1:]+">", " \t\n>")
	name = strings.ToLower(p.Text[1:end])
	return strings.TrimRight(name, "/"), true
}

func rawHint(p RawPiece, name string) string {
	element := strings.TrimPrefix(name, "/")
	switch {
	case strings.HasPrefix(p.Text, "<!--"):
		return "end the comment with -->"
	case !inlineTags[element] && !blockTags[element] && !voidTags[element]:
		return "put it between backticks; pages keep " + strings.Join(allowedTags(), ", ")
	case !plainTag.MatchString(p.Text):
		return "leave out its attributes: <" + name + ">"
	case blockTags[element] && !p.Block:
		return "put it on a line of its own, after an empty line"
	case name != element:
		return "nothing that it could end begins in the same place"
	}
	return "it has no </" + element + "> in the same place"
}

// allowedTags returns the names of all tags that may pass.
func allowedTags() []string {
	var names []string
	for _, tags := range []map[string]bool{inlineTags, blockTags, voidTags} {
		names = slices.AppendSeq(names, maps.Keys(tags))
	}
	slices.Sort(names)
	return names
}

// shortLine returns the first line of text, cut where it is long.
func shortLine(text string) string {
	const most = 60
	line, _, more := strings.Cut(strings.TrimSpace(text), "\n")
	if len(line) > most {
		line, more = line[:most], true
		for !utf8.ValidString(line) {
			line = line[:len(line)-1]
		}
	}
	if more {
		line += "…"
	}
	return line
}

// lintAddresses warns of links and pictures that no page keeps.
func (p *noteParser) lintAddresses() {
	for n := range nodes[ast.Node](p.note.Tree) {
		switch n := n.(type) {
		case *ast.Link:
			p.lintLink(n, n.Destination)
		case *ast.AutoLink:
			p.lintLink(n, n.URL(p.note.Source))
		case *ast.Image:
			if address := string(n.Destination); !IsInlinePicture(address) && !IsHarmless(unescapedAddress(n.Destination)) {
				p.warn(p.note.Position(n.Pos()), "save the picture beside the note", "the picture is left out: %s", shortLine(address))
			}
		}
	}
}

func (p *noteParser) lintLink(n ast.Node, destination []byte) {
	if !IsHarmless(unescapedAddress(destination)) {
		p.warn(p.note.Position(n.Pos()), "pages link to http, https, mailto, tel and to files by their path",
			"the link is removed: %s", shortLine(string(destination)))
	}
}
