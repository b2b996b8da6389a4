package renderer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"notebook"
)

// verdicts writes what was found out about a run, with links to the lines.
func (v cellView) verdicts(r *notebook.CellRun) {
	for _, found := range r.Verdicts {
		icon, class := "ok", "verdict"
		switch {
		case missesExpected(v.cell, r, found):
			continue // a problem says that more is wanted
		case v.cell.Options.Forbids(found), found.Kind == notebook.DeadlockVerdict && !expected(v.cell, r):
			icon, class = "bad", "verdict bad"
		case !found.Found:
			icon, class = "off", "verdict soft"
		}
		v.open("div", "class", class, "data-verdict", string(found.Kind), "data-found", strconv.FormatBool(found.Found))
		v.raw("<p>")
		v.icon(icon)
		v.page.said(v.markup, v.cell, found.Text)
		v.raw("</p>")
		for _, p := range r.Problems {
			if p.Message == found.Text && p.Hint != "" {
				v.hint(p.Hint)
			}
			if saysDeadlock(r, p) && found.Kind == notebook.DeadlockVerdict {
				v.deadlockReport(p, !expected(v.cell, r))
			}
		}
		v.end("div")
	}
}

// missesExpected reports whether a verdict tells that what the author expects
// was not found.
func missesExpected(c *notebook.Cell, r *notebook.CellRun, found notebook.Verdict) bool {
	return c.Options.Expects(found.Kind) && !found.Found && !found.Unchecked && !expected(c, r)
}

// saysVerdict reports whether a problem only repeats a verdict.
func saysVerdict(r *notebook.CellRun, p notebook.Problem) bool {
	return slices.ContainsFunc(r.Verdicts, func(found notebook.Verdict) bool { return found.Text == p.Message })
}

// saysDeadlock reports whether a problem is Go's own report of a deadlock whose
// lines a verdict tells.
func saysDeadlock(r *notebook.CellRun, p notebook.Problem) bool {
	return strings.HasSuffix(p.Message, "deadlock!") && slices.ContainsFunc(r.Verdicts, func(found notebook.Verdict) bool {
		return found.Kind == notebook.DeadlockVerdict && len(found.Positions) > 0
	})
}

// deadlockReport writes Go's own report of a deadlock below the verdict, folded.
func (v cellView) deadlockReport(p notebook.Problem, loud bool) {
	if loud && p.Hint != "" {
		v.hint(p.Hint)
	}
	report := messagePrefix(notebook.Deadlock) + p.Message + "\n" + p.Trace
	v.raw("<details><summary>What Go says</summary>")
	v.open("pre", scrollAttrs(report, "Report of the deadlock")...)
	v.page.said(v.markup, v.cell, report)
	v.raw("</pre></details>")
}

// verdictWords says in the header of a cell what its verdicts mean for it; ""
// where they do not decide how the run is judged.
func verdictWords(c *notebook.Cell, r *notebook.CellRun) string {
	for _, found := range r.Verdicts {
		switch name := string(found.Kind) + " found"; {
		case c.Options.Forbids(found) && r.Outcome() == notebook.OK:
			return name
		case c.Options.Forbids(found):
			return outcomeWords(r) + ", " + name
		case missesExpected(c, r, found) && r.Outcome() == notebook.OK:
			return "no " + name + ", though one was expected"
		case found.Found && c.Options.Expects(found.Kind) && r.Outcome() == notebook.OK && expected(c, r):
			return name + ", as expected"
		}
	}
	return ""
}

// A markedLine is a line of the note that takes part in a verdict about a cell.
type markedLine struct {
	line  int
	role  string
	fails bool // the verdict makes the note fail
}

// findMarkedLines returns the places of all verdicts in the order of the note:
// of a verdict about one cell, some may lie in another.
func findMarkedLines(n *notebook.Note, res *notebook.Result) []markedLine {
	var lines []markedLine
	for _, c := range n.Cells {
		for _, r := range res.Cells[c.Label] {
			for _, found := range r.Verdicts {
				for _, at := range found.Positions {
					lines = append(lines, markedLine{at.Line, at.Role, !expected(c, r)})
				}
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b markedLine) int { return cmp.Compare(a.line, b.line) })
	return lines
}

// markVerdicts marks the lines of a cell that take part in verdicts, and says
// what happens there.
func (p *page) markVerdicts(c *notebook.Cell, marks map[int]lineMark) {
	shown := findShownLines(c)
	from, _ := slices.BinarySearchFunc(p.marked, c.Line, func(m markedLine, line int) int { return cmp.Compare(m.line, line) })
	for _, m := range p.marked[from:] {
		if m.line > c.EndLine {
			return
		}
		n := shown.at(m.line - c.Line + 1)
		if n == 0 {
			continue
		}
		mark := marks[n]
		mark.id, mark.role = lineID(c, n), m.role
		switch {
		case m.role == notebook.StartRole:
		case m.fails:
			mark.class = "err"
		case mark.class != "err":
			mark.class = "hit"
		}
		marks[n] = mark
	}
}
