package renderer

import (
	"slices"
	"strings"

	"notebook"
	"notebook/renderer/internal/format"
)

const (
	maxDiffRows = 200 // lines of a difference that are shown
	nearby      = 2   // equal lines kept around a difference
)

// A diffLine is a line of a comparison: '-' stated and missing, '+' printed
// and not stated, ' ' both, and 0 for text of the page.
type diffLine struct {
	sign byte
	text string
}

// difference writes how the output of a run differs from what its cell states.
func (v cellView) difference(r *notebook.CellRun) {
	check := v.cell.Check
	if check == nil || r.Outcome() != notebook.Mismatch {
		return
	}
	text := v.diff(r)
	if text == "" {
		return
	}
	match := v.cell.Options.Match
	title := "Output and comment differ:"
	switch {
	case match == notebook.MatchRegexp:
		title = "The output does not match the comment, a pattern:"
	case check.Unordered || match == notebook.MatchUnordered:
		title = "Output and comment differ, with their lines sorted:"
	}
	v.raw("<div class=diff>")
	v.open("p")
	v.text(title + " ")
	v.element("span", "− stated", "class", "was")
	v.text(", ")
	v.element("span", "+ printed", "class", "is")
	v.end("p")
	v.writeDiff(shortenDiff(parseDiff(text)))
	v.raw("</div>")
}

func (v cellView) writeDiff(lines []diffLine) {
	var all strings.Builder
	for _, l := range lines {
		all.WriteString(l.text + "\n")
	}
	v.open("pre", scrollAttrs(all.String(), "Difference")...)
	for _, l := range lines {
		switch l.sign {
		case '-':
			v.element("del", "− "+l.text)
		case '+':
			v.element("ins", "+ "+l.text)
		case ' ':
			v.element("span", "  "+l.text)
		default:
			v.element("small", "  "+l.text)
		}
	}
	v.raw("</pre>")
}

// diff returns how the output of a run differs: as the run says, where not all
// of it is left to be compared.
func (v cellView) diff(r *notebook.CellRun) string {
	if r.LeftOut.Bytes == 0 {
		_, text := v.cell.Check.Compare(printed(r), v.cell.Options.Match)
		return text
	}
	for _, p := range r.Problems {
		if v.isDifference(r, p) {
			return p.Trace
		}
	}
	return ""
}

// printed returns the stdout of a run as its check sees it.
func printed(r *notebook.CellRun) string {
	var b strings.Builder
	for _, w := range r.Outputs {
		if w.Stream == notebook.Stdout && !w.Late {
			b.Write(w.Data)
		}
	}
	return b.String()
}

// parseDiff reads what Check.Compare returns.
func parseDiff(text string) []diffLine {
	var diff []diffLine
	for line := range strings.Lines(text) {
		diff = append(diff, diffLine{line[0], strings.TrimSuffix(line[1:], "\n")})
	}
	return diff
}

// shortenDiff replaces long runs of equal lines, and what is too much, by a
// remark.
func shortenDiff(diff []diffLine) []diffLine {
	var short []diffLine
	for len(diff) > 0 {
		n := slices.IndexFunc(diff, func(l diffLine) bool { return l.sign != ' ' })
		if n < 0 {
			n = len(diff)
		}
		head, tail := nearby, nearby // of the n equal lines
		if len(short) == 0 {
			head = 0
		}
		if n == len(diff) {
			tail = 0
		}
		if n > head+tail+1 {
			short = append(short, diff[:head]...)
			short = append(short, diffLine{text: "… " + format.Count(n-head-tail, "equal line") + " …"})
			short = append(short, diff[n-tail:n]...)
		} else {
			short = append(short, diff[:n]...)
		}
		diff = diff[n:]
		for len(diff) > 0 && diff[0].sign != ' ' {
			short, diff = append(short, diff[0]), diff[1:]
		}
	}
	if len(short) > maxDiffRows {
		rest := len(short) - maxDiffRows
		short = append(short[:maxDiffRows:maxDiffRows], diffLine{text: "… " + format.Count(rest, "more line") + " …"})
	}
	return short
}
