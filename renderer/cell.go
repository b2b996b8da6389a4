package renderer

import (
	"cmp"
	"strconv"
	"strings"

	"notebook"
)

// runs returns what a page shows of a cell: its first run under each engine.
func (p *page) runs(c *notebook.Cell) []*notebook.CellRun {
	var runs []*notebook.CellRun
	for _, r := range p.result.Cells[c.Label] {
		if r.Run == 0 {
			runs = append(runs, r)
		}
	}
	return runs
}

// asExpected reports whether all runs of a cell ended as the author expects.
func asExpected(c *notebook.Cell, runs []*notebook.CellRun) bool {
	for _, r := range runs {
		if !expected(c, r) {
			return false
		}
	}
	return true
}

func expected(c *notebook.Cell, r *notebook.CellRun) bool {
	switch {
	case crashedLater(c, r) && !c.Options.Error:
		return false
	case r.Finished != nil:
		return r.Finished.Expected && rerunsExpected(r)
	case r.NotRun != nil:
		return !r.NotRun.Fails
	}
	return false
}

// shown reports whether the page shows anything of a cell. One that the author
// left out still appears when it went wrong.
func (p *page) shown(c *notebook.Cell) bool {
	return c.Options.Include || !asExpected(c, p.runs(c))
}

// cell writes a cell: its code, and what its runs gave.
func (p *page) cell(m markup, c *notebook.Cell) {
	defer p.group(m, c)
	v := cellView{markup: m, page: p, cell: c, runs: p.runs(c)}
	if !p.shown(c) {
		v.optionClaim()
		return
	}
	if c.Mode == notebook.Show || c.Mode == notebook.Sketch {
		v.code("class", "code plain-code", "id", c.Label)
		m.raw("\n")
		return
	}
	m.open("section", v.attrs()...)
	v.header()
	v.code("class", "code")
	v.diagnostics()
	switch {
	case len(v.runs) == 1:
		v.run(v.runs[0])
	case len(v.runs) > 1:
		v.sideBySide()
	}
	v.optionClaim()
	m.raw("</section>\n")
}

// A cellView writes one cell.
type cellView struct {
	markup
	page *page
	cell *notebook.Cell
	runs []*notebook.CellRun
}

// attrs returns the attributes of the cell's element. Others rely on them.
func (v cellView) attrs() []string {
	attrs := []string{"class", "cell", "id", v.cell.Label}
	if len(v.runs) > 0 {
		attrs = append(attrs,
			"data-outcome", string(v.decisive().Outcome()),
			"data-expected", strconv.FormatBool(asExpected(v.cell, v.runs)))
		if engines := v.engines(); engines != "" {
			attrs = append(attrs, "data-engine", engines)
		}
	}
	if v.cell.Options.Title != "" {
		attrs = append(attrs, "aria-labelledby", v.titleID())
	}
	return attrs
}

func (v cellView) engines() string {
	var names []string
	for _, r := range v.runs {
		if r.Engine != "" {
			names = append(names, r.Engine)
		}
	}
	return strings.Join(names, " ")
}

func (v cellView) titleID() string { return v.cell.Label + ":title" }

// decisive returns the run that says how the cell ended: the first that did
// not end as expected, else the first.
func (v cellView) decisive() *notebook.CellRun {
	for _, r := range v.runs {
		if !expected(v.cell, r) {
			return r
		}
	}
	return v.runs[0]
}

// header writes the line above the code.
func (v cellView) header() {
	if !v.hasHeader() {
		return
	}
	v.open("header")
	if title := v.cell.Options.Title; title != "" {
		v.element("span", title, "class", "name", "id", v.titleID())
	}
	if state := v.headline(); state != "" {
		v.state(v.decisive(), state)
	}
	if badge := v.badge(); badge != "" {
		v.element("span", badge, "class", "badge")
	}
	v.end("header")
}

// hasHeader reports whether there is anything to say above the code. A cell
// that ended well, has no title and ran as the others did needs no header.
func (v cellView) hasHeader() bool {
	return v.cell.Options.Title != "" || v.headline() != "" || v.badge() != ""
}

func (v cellView) headline() string {
	if len(v.runs) == 0 {
		return ""
	}
	return headline(v.cell, v.decisive())
}

// badge says how the cell ran where that was not the session's way.
func (v cellView) badge() string {
	session := v.page.result.Start.Engine
	if len(v.runs) != 1 || session == "" || !v.runs[0].Started {
		return ""
	}
	switch engine := v.runs[0].Engine; engine {
	case session:
		return ""
	case string(notebook.Yaegi):
		return "interpreted: the cell asks for it"
	default:
		return engine
	}
}

// state writes an outcome as symbol and words.
func (v cellView) state(r *notebook.CellRun, words string) {
	icon, class := "ok", "state ok"
	switch {
	case !expected(v.cell, r):
		icon, class = "bad", "state bad"
	case r.Outcome() == notebook.Skipped:
		icon, class = "off", "state soft"
	}
	v.open("span", "class", class)
	v.icon(icon)
	if r.NotRun != nil && len(r.NotRun.Needs) > 0 {
		v.needs(r.NotRun)
	} else {
		v.text(words)
	}
	v.end("span")
}

// code writes the code of the cell, folded if the author wants it, in an
// element with the given attributes.
func (v cellView) code(attrs ...string) {
	o := v.cell.Options
	if o.Echo == notebook.EchoFalse || !o.Include {
		return
	}
	if o.CodeFold != notebook.FoldNone {
		v.raw(`<details class=fold`)
		if o.CodeFold == notebook.FoldOpen {
			v.raw(" open")
		}
		v.raw(">")
		v.element("summary", cmp.Or(o.CodeSummary, "Code"))
		defer v.end("details")
	}
	v.open("div", attrs...)
	v.page.writeListing(v.markup, v.page.listing(v.cell, v.runs))
	v.end("div")
}

// run writes what one run of the cell gave, in the order in which it came:
// output first, then what went wrong.
func (v cellView) run(r *notebook.CellRun) {
	v.said(r)
	v.drawn(r)
	v.foot(r)
	v.replays(r)
}

func (v cellView) said(r *notebook.CellRun) {
	v.outputs(r)
	v.difference(r)
	if v.cell.Options.Include || !expected(v.cell, r) {
		v.problems(r)
		v.verdicts(r)
	}
}

func (v cellView) drawn(r *notebook.CellRun) {
	if !v.isPaired(r) {
		v.timeline(r)
	}
	v.repeated(r)
	v.sweep(r)
}

// sideBySide writes the runs of a program cell under several engines. The parts
// of each are rows, so that like stands beside like.
func (v cellView) sideBySide() {
	v.raw("<div class=runs>")
	for _, r := range v.runs {
		v.raw("<div><p class=engine>")
		name := r.Engine
		if name == string(notebook.Yaegi) {
			name += ", interpreted"
		}
		v.element("span", name)
		if words := headline(v.cell, r); words != "" {
			v.state(r, words)
		}
		v.raw("</p><div>")
		v.said(r)
		v.raw("</div><div>")
		v.drawn(r)
		v.raw("</div><div>")
		v.foot(r)
		v.replays(r)
		v.raw("</div></div>")
	}
	v.raw("</div>")
}
