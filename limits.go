package notebook

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
)

// The limits of a note beyond its size. The parser takes quadratic time for
// what they bound; no note that a person wrote comes near.
const (
	maxNesting   = 100        // quotes and list items in each other
	maxOpenLinks = 1_000      // [a]( without an end, in one paragraph
	maxCells     = 10_000     // cells of code
	maxTable     = 100_000    // cells of all tables, filled up to full rows
	maxPipes     = 2_000      // \| in code in tables
	maxWork      = 50_000_000 // bytes looked at again while links are sought
	maxMarks     = 5_000      // runs of emphasis marks in a paragraph
	maxTargets   = 1 << 20    // bytes of link targets and titles beyond the size of the note
)

// overLimits looks for text that would take too long to parse. If there is
// some, it reports where and gives the note up.
func (p *noteParser) overLimits() bool {
	l := limiter{src: p.note.Source, tracker: newCodeTracker()}
	if l.scan(p.body); l.message == "" {
		return false
	}
	p.refuse(p.note.Position(l.at), l.message)
	return true
}

// A limiter estimates, line by line, what the text will cost.
type limiter struct {
	src     []byte
	tracker *codeTracker

	paragraph int // offset at which the current one began; -1: none
	lines     int // of the paragraph
	columns   int // of the table in the paragraph; 0: none yet
	table     int // cells of tables so far
	pipes     int // escaped pipes in code in tables so far
	notes     int // footnotes so far
	work      int

	at      int // what is over a limit
	message string
}

func (l *limiter) scan(from int) {
	l.paragraph = -1
	for start := from; start < len(l.src) && l.message == ""; {
		line, _, _ := bytes.Cut(l.src[start:], []byte("\n"))
		if l.tracker.isCode(line) || len(bytes.TrimSpace(line)) == 0 {
			l.endParagraph(start)
		} else {
			l.prose(start, line)
		}
		// Every line is offered to every container that is open.
		l.work += 64 * max(0, l.tracker.depth()-4)
		l.check(l.work > maxWork, start, "lists and quotes are nested too deeply for so many lines")
		start += len(line) + 1
	}
	l.endParagraph(len(l.src))
}

func (l *limiter) check(over bool, at int, message string) {
	if over && l.message == "" {
		l.at, l.message = at, message
	}
}

func (l *limiter) prose(start int, line []byte) {
	if l.paragraph < 0 {
		l.paragraph, l.lines, l.columns = start, 0, 0
	}
	l.lines++
	l.check(max(prefixDepth(line), l.tracker.depth()) > maxNesting, start, "quotes and lists are nested more than 100 deep")
	if l.columns == 0 {
		l.columns = delimiterColumns(line)
	}
	l.table += l.columns
	l.check(l.table > maxTable, start, "the tables have more than 100,000 cells")
	if bytes.IndexByte(line, '`') >= 0 {
		l.pipes += bytes.Count(line, []byte(`\|`))
		l.check(l.pipes > maxPipes, start, `more than 2,000 \| in code`)
	}
}

// endParagraph adds what the brackets of the paragraph will cost.
func (l *limiter) endParagraph(end int) {
	if l.paragraph < 0 {
		return
	}
	text := l.src[l.paragraph:min(end, len(l.src))]
	l.check(emphasisMarks(text) > maxMarks, l.paragraph, "more than 5,000 emphasis marks in a paragraph")
	b := bracketScanner{text: text, lines: l.lines, budget: maxWork - l.work}
	b.scan()
	l.notes += b.notes
	l.work += b.work + b.references*l.notes
	over := b.openLinks > maxOpenLinks || l.work > maxWork
	l.check(over && b.openLinks > maxOpenLinks/10, l.paragraph, "too many links of a paragraph have no closing parenthesis (limit: 1,000)")
	l.check(over, l.paragraph, "too many brackets in a paragraph")
	l.paragraph = -1
}

// emphasisMarks counts the runs of characters that may emphasize. The parser
// compares each that may end an emphasis with all that may begin one.
func emphasisMarks(text []byte) int {
	marks := 0
	for i, c := range text {
		if bytes.IndexByte([]byte("*_~="), c) >= 0 && (i == 0 || text[i-1] != c) {
			marks++
		}
	}
	return marks
}

// overTargets looks for a note whose links are much longer together than the
// note is: each reference repeats what its definition says. If it is one, it
// reports where and gives the note up.
func (p *noteParser) overTargets() bool {
	left := maxTargets + len(p.note.Source)
	for n := range nodes[ast.Node](p.note.Tree) {
		var target, title []byte
		switch n := n.(type) {
		case *ast.Link:
			target, title = n.Destination, n.Title
		case *ast.Image:
			target, title = n.Destination, n.Title
		}
		if left -= len(target) + len(title); left < 0 {
			p.refuse(p.note.Position(n.Pos()), "the links of the note repeat more than 1 MB of targets")
			return true
		}
	}
	return false
}

// prefixDepth counts the containers that a line opens or goes on with.
func prefixDepth(line []byte) int {
	for depth := 0; ; depth++ {
		line = bytes.TrimLeft(line, " \t")
		switch width := listMarker(line); {
		case width > 0:
			line = line[width:]
		case len(line) > 0 && line[0] == '>':
			line = line[1:]
		case len(line) > 1 && line[0] == ':' && (line[1] == ' ' || line[1] == '\t'):
			line = line[1:]
		case footnoteMarker(line) > 0:
			line = line[footnoteMarker(line):]
		default:
			return depth
		}
	}
}

// footnoteMarker returns the length of [^name]: at the start of line, or 0.
func footnoteMarker(line []byte) int {
	if !bytes.HasPrefix(line, []byte("[^")) {
		return 0
	}
	end := bytes.Index(line[:min(len(line), 1000)], []byte("]:"))
	if end < 0 || bytes.IndexByte(line[2:end], '[') >= 0 {
		return 0
	}
	return end + 2
}

// delimiterColumns returns the columns of a table of which line is the second
// row: |---|:-:|; 0 where it is another line.
func delimiterColumns(line []byte) int {
	line = bytes.Trim(line, " \t>")
	if bytes.IndexByte(line, '-') < 0 || len(bytes.Trim(line, "|:- \t")) > 0 {
		return 0
	}
	return bytes.Count(bytes.Trim(line, "|"), []byte("|")) + 1
}
