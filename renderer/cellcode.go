package renderer

import (
	"strconv"
	"strings"

	"notebook"
)

// listing returns the code of a cell as the page shows it.
func (p *page) listing(c *notebook.Cell, runs []*notebook.CellRun) listing {
	l := listing{lang: c.Lang, code: c.CodeWithoutCheck(), name: "Code of " + notebook.CellName(c.Label), numbered: true}
	if c.Options.Echo == notebook.EchoFenced {
		l.code, l.lang, l.numbered = fenced(p.note, c), "markdown", false
		l.marks = lineMarks(c, runs)
		p.markVerdicts(c, l.marks)
		p.anchorLines(c, l.marks)
		return l
	}
	l.code = strings.TrimRight(l.code, "\n")
	l.marks = lineMarks(c, runs)
	p.markVerdicts(c, l.marks)
	p.anchorLines(c, l.marks)
	l.numbered = isNumbered(c)
	if c.Mode == notebook.Sketch {
		l.corner = "sketch"
	}
	return l
}

// lineID returns the anchor of a line that a problem names.
func lineID(c *notebook.Cell, line int) string { return c.Label + ":L" + strconv.Itoa(line) }

// lineMarks returns the lines that stand out: those of the option mark, and
// those where a problem lies.
func lineMarks(c *notebook.Cell, runs []*notebook.CellRun) map[int]lineMark {
	marks := map[int]lineMark{}
	shown := findShownLines(c)
	for _, lines := range c.Options.Mark {
		for n := max(lines.From, 1); n <= min(lines.To, shown.total); n++ {
			marks[shown.at(n)] = lineMark{class: "on"}
		}
	}
	for _, r := range runs {
		for _, problem := range r.Problems {
			n := shown.at(problem.Line - c.Line + 1)
			if n == 0 {
				continue
			}
			mark := marks[n]
			mark.id = lineID(c, n)
			switch {
			case problem.Severity != notebook.Error:
			case !expected(c, r):
				mark.class = "err"
			case mark.class == "":
				mark.class = "hit"
			}
			marks[n] = mark
		}
	}
	for _, n := range timelineLines(c, runs, shown) {
		mark := marks[n]
		mark.id = lineID(c, n)
		marks[n] = mark
	}
	delete(marks, 0)
	return marks
}

// shownLines maps the lines of a cell's code to those of its listing: the
// comment of a check is not shown, and the braces that may follow it move up.
// A listing with the fence shows all, below the fence and the options.
type shownLines struct {
	above  int // lines of the listing before the code
	same   int // lines before the comment
	hidden int // lines of the comment
	total  int // lines of the code
}

func findShownLines(c *notebook.Cell) shownLines {
	code, shown := codeLines(c.Code), codeLines(c.CodeWithoutCheck())
	if c.Options.Echo == notebook.EchoFenced {
		return shownLines{above: c.Line - c.Fence.Line, same: len(code), total: len(code)}
	}
	s := shownLines{hidden: len(code) - len(shown), total: len(code)}
	for s.same < len(shown) && shown[s.same] == code[s.same] {
		s.same++
	}
	return s
}

// at returns the line of the listing that shows line n of the code, or 0.
func (s shownLines) at(n int) int {
	switch {
	case 1 <= n && n <= s.same:
		return s.above + n
	case n > s.same+s.hidden && n <= s.total:
		return n - s.hidden
	}
	return 0
}

func codeLines(code string) []string {
	return strings.Split(strings.TrimRight(code, "\n"), "\n")
}

// fenced returns the block of a cell as it stands in the note, with its fence
// and options, without what stands before it in a list or a quote.
func fenced(n *notebook.Note, c *notebook.Cell) string {
	lines := strings.Split(string(n.Source), "\n")
	var b strings.Builder
	for i := c.Fence.Line; i <= min(c.EndLine+1, len(lines)); i++ {
		line := lines[i-1]
		b.WriteString(line[min(c.Fence.Col-1, len(line)):])
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n")
}
