package renderer

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"notebook"
	"notebook/renderer/internal/format"
)

// A reader of a page counts the lines of its listings, one of a terminal those
// of the file. A page therefore says "line 6" of a cell and leads to it; the
// place in the file is the title, and the words where no listing has the line.

// A linePlace is where a page shows a line of the note. The zero value is a
// line that no listing shows.
type linePlace struct {
	cell *notebook.Cell
	line int // of the listing, from 1
}

// linePlace finds a line of the note in the listings of the page.
func (p *page) linePlace(line int) linePlace {
	c := p.cellAt(line)
	if c == nil || !p.shown(c) || !showsLines(c) {
		return linePlace{}
	}
	if n := findShownLines(c).at(line - c.Line + 1); n > 0 {
		return linePlace{c, n}
	}
	return linePlace{}
}

// cellAt returns the cell in whose code a line of the note lies, or nil.
func (p *page) cellAt(line int) *notebook.Cell {
	i, _ := slices.BinarySearchFunc(p.note.Cells, line, func(c *notebook.Cell, line int) int { return cmp.Compare(c.EndLine, line) })
	if i < len(p.note.Cells) && p.note.Cells[i].Line <= line {
		return p.note.Cells[i]
	}
	return nil
}

// showsLines reports whether the page shows a cell's code line by line.
func showsLines(c *notebook.Cell) bool {
	return c.Options.Include && c.Options.Echo != notebook.EchoFalse
}

// isNumbered reports whether the listing of a cell carries the numbers of its
// lines.
func isNumbered(c *notebook.Cell) bool {
	return c.Options.Echo != notebook.EchoFenced && c.Mode != notebook.Show && c.Mode != notebook.Sketch
}

// words names a line as the page counts it, for what stands in a cell, or in
// none; "" for a line without a number.
func (l linePlace) words(in *notebook.Cell) string {
	switch {
	case l.cell == nil || !isNumbered(l.cell):
		return ""
	case l.cell == in:
		return "line " + strconv.Itoa(l.line)
	}
	return notebook.CellName(l.cell.Label) + ", line " + strconv.Itoa(l.line)
}

// lineLink writes a line of the note as the page counts it, and leads to it.
// The place in the file, which a terminal would name, tells editors.
func (p *page) lineLink(m markup, in *notebook.Cell, line int, file, class string) {
	at := p.linePlace(line)
	var attrs []string
	if class != "" {
		attrs = append(attrs, "class", class)
	}
	words := at.words(in)
	if words == "" {
		words = file
	} else {
		attrs = append(attrs, "title", format.Visible(file))
	}
	switch {
	case at.cell != nil:
		m.element("a", words, append(attrs, "href", "#"+lineID(at.cell, at.line))...)
	case class != "":
		m.element("span", words, attrs...)
	default:
		m.text(words)
	}
}

// linesIn returns a pattern for the lines of a note in what is said of it: "at
// lines 7 and 9", and its name with a line and perhaps a column.
func linesIn(note string) *regexp.Regexp {
	return regexp.MustCompile(`at lines? (\d+)(?: and (\d+))?|(?:^|[\s(])((?:\S*/)?` + regexp.QuoteMeta(base(note)) + `:(\d+)(?::\d+)?)`)
}

// said writes text of the runner; the lines that it names are those of the
// note, and become those of the page.
func (p *page) said(m markup, in *notebook.Cell, text string) {
	at := 0
	link := func(from, to int, file string) {
		line, err := strconv.Atoi(text[from:to])
		if err != nil {
			m.text(text[from:to])
			return
		}
		p.lineLink(m, in, line, file, "")
	}
	for _, found := range p.lines.FindAllStringSubmatchIndex(text, -1) {
		if found[6] >= 0 {
			m.text(text[at:found[6]])
			link(found[8], found[9], base(text[found[6]:found[7]]))
		} else {
			m.text(text[at:found[0]] + "at ")
			link(found[2], found[3], p.file(text[found[2]:found[3]]))
			if found[4] >= 0 {
				m.text(" and ")
				link(found[4], found[5], p.file(text[found[4]:found[5]]))
			}
		}
		at = found[1]
	}
	m.text(text[at:])
}

// file names a line of the note as a terminal does.
func (p *page) file(line string) string { return base(p.note.Name) + ":" + line }

// findNamedLines returns the lines of the note that the words of the page lead to.
func (p *page) findNamedLines() map[int]bool {
	named := map[int]bool{}
	said := func(text string) {
		for _, found := range p.lines.FindAllStringSubmatch(text, -1) {
			for _, number := range []string{found[1], found[2], found[4]} {
				if line, err := strconv.Atoi(number); err == nil {
					named[line] = true
				}
			}
		}
	}
	problem := func(problem notebook.Problem) {
		named[problem.Line] = true
		said(problem.Message)
		said(problem.Trace)
	}
	for _, found := range p.result.Problems {
		problem(found)
	}
	for _, d := range p.assets.Diagnostics {
		named[d.Position.Line] = true
	}
	for _, c := range p.note.Cells {
		for _, r := range p.runs(c) {
			for _, found := range r.Problems {
				problem(found)
			}
			for _, found := range r.Verdicts {
				said(found.Text)
			}
		}
	}
	return named
}

// anchorLines gives an anchor to the lines of a cell that are named anywhere.
func (p *page) anchorLines(c *notebook.Cell, marks map[int]lineMark) {
	shown := findShownLines(c)
	for line := c.Line; line <= c.EndLine && len(p.named) > 0; line++ {
		if n := shown.at(line - c.Line + 1); n > 0 && p.named[line] {
			mark := marks[n]
			mark.id = lineID(c, n)
			marks[n] = mark
		}
	}
}
