package renderer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"notebook"
)

// A problemStyle is how a problem is shown.
type problemStyle struct {
	loud   bool   // the author did not expect it
	prefix string // before the message: what Go writes there
	lines  bool   // the message names lines
	unfold bool   // the trace is what the cell shows
}

// problem writes what went wrong, where, and what to do about it, in a cell or
// in none.
func (p *page) problem(m markup, in *notebook.Cell, problem notebook.Problem, s problemStyle) {
	class := "problem"
	if s.loud && problem.Severity != notebook.Warning {
		class += " loud"
	}
	m.open("div", "class", class)
	m.open("p", "class", "msg")
	m.text(s.prefix)
	if s.lines {
		p.said(m, in, problem.Message)
	} else {
		m.text(problem.Message)
	}
	if at := place(problem); problem.Line > 0 && (problem.File == "" || base(problem.File) == base(p.note.Name)) {
		p.lineLink(m, in, problem.Line, at, "at")
	} else if at != "" {
		m.element("span", at, "class", "at")
	}
	m.end("p")
	if problem.Hint != "" {
		m.hint(problem.Hint)
	}
	if problem.TraceTellsMore() {
		m.raw("<details")
		if s.unfold {
			m.raw(" open")
		}
		m.raw("><summary>Where the goroutines were</summary>")
		m.open("pre", scrollAttrs(problem.Trace, "Goroutines")...)
		p.said(m, in, problem.Trace)
		m.raw("</pre></details>")
	}
	m.end("div")
}

// hintCode finds the code in a hint: what stands between backticks, and the
// first words of a fence, which nothing closes.
var hintCode = regexp.MustCompile("```[^` ]*(?: (?:ignore|no_run)\\b)?|`[^`]+`")

// hint writes the next step for the author.
func (m markup) hint(text string) {
	m.raw("<p class=hint>hint: ")
	at := 0
	for _, found := range hintCode.FindAllStringIndex(text, -1) {
		m.text(text[at:found[0]])
		code := text[found[0]:found[1]]
		if !strings.HasPrefix(code, "```") {
			code = strings.Trim(code, "`")
		}
		m.element("code", code)
		at = found[1]
	}
	m.text(text[at:])
	m.end("p")
}

// place returns "note.md:41:7".
func place(p notebook.Problem) string {
	at := notebook.Position{Line: p.Line, Col: p.Col}.String()
	switch {
	case p.File == "":
		return at
	case at == "":
		return base(p.File)
	}
	return fmt.Sprintf("%s:%s", base(p.File), at)
}

// problems writes the problems of a run.
func (v cellView) problems(r *notebook.CellRun) {
	end := slices.IndexFunc(r.Problems, func(p notebook.Problem) bool { return p.Severity == notebook.Error })
	for i, p := range r.Problems {
		if v.isDifference(r, p) || saysVerdict(r, p) || saysDeadlock(r, p) {
			continue
		}
		s := problemStyle{loud: !expected(v.cell, r), lines: r.Outcome() == notebook.CompileError, unfold: waits(r.Outcome()) && strings.Count(p.Trace, "\n") < maxUnfolded}
		if !s.loud && p.Severity == notebook.Error {
			p.Hint = "" // the author wants it to go wrong
		}
		if i == end { // the first error is Go's message, another one is about the cell
			s.prefix = messagePrefix(r.Outcome())
		}
		v.page.problem(v.markup, v.cell, p, s)
	}
}

// maxUnfolded is how many lines of a trace are shown at once.
const maxUnfolded = 12

// waits reports whether the end of a cell is that goroutines wait: then what
// they wait for is the point.
func waits(o notebook.Outcome) bool { return o == notebook.Deadlock || o == notebook.Stuck }

// isDifference reports whether a problem says that the check of the cell
// failed: then the difference itself is shown.
func (v cellView) isDifference(r *notebook.CellRun, p notebook.Problem) bool {
	check := v.cell.Check
	return check != nil && r.Outcome() == notebook.Mismatch && p.Line == check.Position.Line
}

// diagnostics writes what was wrong with the cell before it could run.
func (v cellView) diagnostics() {
	for _, d := range v.page.assets.Diagnostics {
		if d.Cell != v.cell.Label || d.Severity != notebook.Error {
			continue
		}
		v.page.problem(v.markup, v.cell, notebook.Problem{
			File: d.File, Line: d.Position.Line, Col: d.Position.Col, Severity: d.Severity, Message: d.Message, Hint: d.Hint,
		}, problemStyle{loud: true})
	}
}

// messagePrefix returns what stands before a message when Go prints it.
func messagePrefix(o notebook.Outcome) string {
	switch o {
	case notebook.Panic:
		return "panic: "
	case notebook.Fatal, notebook.Deadlock:
		return "fatal error: "
	}
	return ""
}
