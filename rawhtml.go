package notebook

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Raw HTML in a note is text, but for the tags below, without attributes. A
// tag that does not close, or closes nothing, where it stands is text too, so
// that a note cannot break the page around it. Comments are left out.
var (
	inlineTags = map[string]bool{"kbd": true, "sub": true, "sup": true, "mark": true, "abbr": true}
	blockTags  = map[string]bool{"details": true, "summary": true}
	voidTags   = map[string]bool{"br": true, "wbr": true}

	plainTag = regexp.MustCompile(`^<(/?)([A-Za-z]+)\s*/?>$`)
)

// A RawPiece is a piece of raw HTML: text, or a tag that may stand on a page.
type RawPiece struct {
	Text   string // as it was written
	Tag    string // "kbd", "/kbd", "br"; "" for text
	Block  bool   // the tag stands between blocks: details or summary
	Offset int    // in the source of the note
}

// RawHTML cuts all raw HTML below root into what is shown as text and what are
// tags. Only tags in the returned pieces may be written as tags: each is
// closed where it stands.
func RawHTML(source []byte, root ast.Node) map[ast.Node][]RawPiece {
	found := map[ast.Node][]RawPiece{}
	_ = ast.Walk(root, func(parent ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		var all []*RawPiece
		for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
			if pieces := rawPieces(n, source); pieces != nil {
				found[n] = pieces
				for i := range pieces {
					all = append(all, &pieces[i])
				}
			}
		}
		pairTags(all)
		return ast.WalkContinue, nil
	})
	return found
}

// rawPieces returns the pieces of a node; nil where it is no raw HTML.
func rawPieces(n ast.Node, source []byte) []RawPiece {
	var segments []text.Segment
	switch n := n.(type) {
	case *ast.HTMLBlock:
		segments = append(segments, n.Lines().Sliced(0, n.Lines().Len())...)
		if n.HasClosure() {
			segments = append(segments, n.ClosureLine)
		}
	case *ast.RawHTML:
		segments = n.Segments.Sliced(0, n.Segments.Len())
	}
	var s strings.Builder
	var starts []int // of the segments in s
	for _, segment := range segments {
		starts = append(starts, s.Len())
		s.Write(segment.Value(source))
	}
	pieces := splitRaw(s.String(), n.Type() == ast.TypeBlock)
	for i, line := 0, 0; i < len(pieces); i++ {
		for line+1 < len(starts) && starts[line+1] <= pieces[i].Offset {
			line++
		}
		pieces[i].Offset += segments[line].Start - starts[line]
	}
	return pieces
}

// splitRaw cuts raw HTML into text and tags that may pass, in linear time.
func splitRaw(s string, block bool) []RawPiece {
	var pieces []RawPiece
	lastComment, lastTag := strings.LastIndex(s, "-->"), strings.LastIndexByte(s, '>')
	done := 0
	for at := 0; at < len(s); at++ {
		end := 0
		switch rest := s[at:]; {
		case at+len("<!--") <= lastComment && strings.HasPrefix(rest, "<!--"):
			end = at + len("<!--") + strings.Index(rest[len("<!--"):], "-->") + len("-->")
		case at < lastTag && isTag(rest):
			end = at + strings.IndexByte(rest, '>') + 1
		default:
			continue
		}
		if at > done {
			pieces = append(pieces, RawPiece{Text: s[done:at], Offset: done})
		}
		if s[at+1] != '!' {
			pieces = append(pieces, tagPiece(s[at:end], at, block))
		}
		done, at = end, end-1
	}
	if done < len(s) {
		pieces = append(pieces, RawPiece{Text: s[done:], Offset: done})
	}
	return pieces
}

// isTag reports whether s begins as a tag does: <a or </a.
func isTag(s string) bool {
	if !strings.HasPrefix(s, "<") {
		return false
	}
	name := strings.TrimPrefix(s[1:min(len(s), 3)], "/")
	return name != "" && ('a' <= name[0]|0x20 && name[0]|0x20 <= 'z')
}

func tagPiece(s string, offset int, block bool) RawPiece {
	p := RawPiece{Text: s, Offset: offset}
	found := plainTag.FindStringSubmatch(s)
	if found == nil {
		return p
	}
	name := strings.ToLower(found[2])
	p.Block = block && blockTags[name]
	if p.Block || inlineTags[name] || voidTags[name] && found[1] == "" {
		p.Tag = found[1] + name
	}
	return p
}

// pairTags turns tags without their other half into text.
func pairTags(pieces []*RawPiece) {
	var open []*RawPiece
	count := map[string]int{} // of open, by name
	for _, p := range pieces {
		name, closing := strings.CutPrefix(p.Tag, "/")
		switch {
		case name == "" || voidTags[name]:
		case !closing:
			open = append(open, p)
			count[name]++
		case count[name] == 0:
			p.Tag = ""
		default:
			last := len(open) - 1
			for ; open[last].Tag != name; last-- {
				count[open[last].Tag]--
				open[last].Tag = ""
			}
			count[name]--
			open = open[:last]
		}
	}
	for _, p := range open {
		p.Tag = ""
	}
}
