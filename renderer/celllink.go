package renderer

import (
	"strings"

	"notebook"
)

// cellLink names a cell, by its title if it has one, and leads to it where the
// page shows it.
func (v cellView) cellLink(label string) {
	name := notebook.CellName(label)
	c := v.page.note.Cell(label)
	if c == nil {
		v.text(name)
		return
	}
	if c.Options.Title != "" {
		name = c.Options.Title
	}
	if !v.page.shown(c) {
		v.text(name)
		return
	}
	v.element("a", name, "href", "#"+label)
}

func (v cellView) cellLinks(labels []string, between string) {
	for i, label := range labels {
		if i > 0 {
			v.text(between)
		}
		v.cellLink(label)
	}
}

// needs says why a cell that is missing others was not run, with links.
func (v cellView) needs(n *notebook.NotRun) {
	v.text("not run: ")
	if len(n.Needs) == 1 {
		if rest, ok := strings.CutPrefix(n.Reason, notebook.CellName(n.Needs[0])); ok {
			v.cellLink(n.Needs[0])
			v.text(rest)
			return
		}
	}
	v.text("needs ")
	v.cellLinks(n.Needs, "; ")
}

// replays names the cells that ran again before a run.
func (v cellView) replays(r *notebook.CellRun) {
	if r.Finished == nil || len(r.Finished.Replayed) == 0 {
		return
	}
	v.raw("<p class=foot>ran again before it: ")
	v.cellLinks(r.Finished.Replayed, "; ")
	v.raw("</p>")
}
