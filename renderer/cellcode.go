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
		return l
	}
	l.code = strings.TrimRight(l.code, "\n")
	l.marks = lineMarks(c, runs)
	l.numbered = c.Mode != notebook.Show && c.Mode != notebook.Sketch
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
	for _, lines := range c.Options.Mark {
		for n := max(lines.From, 1); n <= min(lines.To, c.EndLine-c.Line+1); n++ {
			marks[shownLine(c, n)] = lineMark{class: "on"}
		}
	}
	for _, r := range runs {
		for _, problem := range r.Problems {
			n := shownLine(c, problem.Line-c.Line+1)
			if n == 0 {
				continue
			}
			mark := marks[n]
			mark.id = lineID(c, n)
			if problem.Severity == notebook.Error && !expected(r) {
				mark.class = "err"
			}
			marks[n] = mark
		}
	}
	delete(marks, 0)
	return marks
}

// shownLine returns the line of the page's listing that shows line n of the
// cell's code, or 0: the comment of a check is not shown, and the braces that
// may follow it move up.
func shownLine(c *notebook.Cell, n int) int {
	code, shown := codeLines(c.Code), codeLines(c.CodeWithoutCheck())
	same := 0
	for same < len(shown) && shown[same] == code[same] {
		same++
	}
	hidden := len(code) - len(shown)
	switch {
	case 1 <= n && n <= same:
		return n
	case n > same+hidden && n <= len(code):
		return n - hidden
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
