package renderer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"notebook"
	"notebook/renderer/internal/format"
)

// A fact is one figure of the strip below the title: what ran, where, and how
// long it took.
type fact struct {
	Name, Value string
	Class       string // "ok", "bad" or ""
	Link        string // where the value leads; may be empty
}

// facts returns the facts of a run, the result first; none for a note that
// was not run or has no cells to run.
func (p *page) facts() []fact {
	start, end := p.result.Start, p.result.End
	if !p.result.Ran || end.Cells == 0 {
		return nil
	}
	facts := []fact{
		p.cellsFact(),
		{Name: p.timeName(), Value: format.Unbroken(format.Duration(end.Wall))},
		{Name: where(start), Value: strings.Replace(start.Go, "go", "Go\u00a0", 1)},
		{Name: processor(start), Value: cores(start)},
	}
	if end.Claims != nil {
		facts = slices.Insert(facts, 1, p.claimsFact())
	}
	if !start.Date.IsZero() {
		facts = append(facts, fact{Name: format.Unbroken(start.Date.Format("15:04 MST")), Value: format.Unbroken(start.Date.Format("2 Jan 2006"))})
	}
	return facts
}

func (p *page) cellsFact() fact {
	end := p.result.End
	f := fact{
		Name:  "cells as expected",
		Value: fmt.Sprintf("%d of %d", end.Cells-end.Failed-end.NotRun, end.Cells),
		Class: "ok",
	}
	if end.Cells == 1 {
		f.Name = "cell as expected"
	}
	if end.NotRun > 0 {
		f.Name += fmt.Sprintf(", %d not run", end.NotRun)
	}
	if end.Failed > 0 {
		f.Class = "bad"
		if c := p.firstFailed(); c != nil {
			f.Link = "#" + c.Label
		}
	}
	return f
}

func (p *page) firstFailed() *notebook.Cell {
	for _, c := range p.note.Cells {
		if !asExpected(c, p.runs(c)) {
			return c
		}
	}
	return nil
}

// timeName says what part of the whole time the build was. A build without
// time is one that was kept from an earlier run.
func (p *page) timeName() string {
	switch {
	case p.result.Build > 0:
		return "in all, build " + format.Unbroken(format.Duration(p.result.Build))
	case p.ranCompiled():
		return "in all, build reused"
	}
	return "in all, no build"
}

func (p *page) ranCompiled() bool {
	for _, runs := range p.result.Cells {
		for _, r := range runs {
			if r.Started && r.Engine == string(notebook.Compiled) {
				return true
			}
		}
	}
	return false
}

func where(s notebook.Start) string {
	engine := s.Engine
	if engine == string(notebook.Yaegi) {
		engine = "interpreted (yaegi)"
	}
	return strings.TrimPrefix(engine+", ", ", ") + s.OS + "/" + s.Arch
}

// A machinePath is a path of a file before its last element.
var machinePath = regexp.MustCompile(`(^|\s)\S*[/\\]`)

// interpreted says why an interpreter ran the session; "" where none did.
// Pages hold no paths of the machine that made them.
func (p *page) interpreted() string {
	s := p.result.Start
	if s.Engine != string(notebook.Yaegi) || len(p.facts()) == 0 {
		return ""
	}
	return format.Visible(machinePath.ReplaceAllString(s.Why, "$1"))
}

func cores(s notebook.Start) string {
	words := format.Unbroken(format.Count(s.Cores, "core"))
	if s.GOMAXPROCS != s.Cores {
		words += fmt.Sprintf(", GOMAXPROCS\u00a0%d", s.GOMAXPROCS)
	}
	return words
}

var noise = regexp.MustCompile(`\((R|TM|r|tm)\)| CPU\b| Processor\b| @.*`)

// processor returns the model of the processor without its trade marks.
func processor(s notebook.Start) string {
	if name := strings.Join(strings.Fields(noise.ReplaceAllString(s.CPU, "")), " "); name != "" {
		return name
	}
	return s.Arch
}

// notRun says why a page has no facts.
func (p *page) notRun() string {
	if p.result.Ran {
		return ""
	}
	for _, c := range p.note.Cells {
		if c.Mode == notebook.Run || c.Mode == notebook.CompileOnly {
			return "The code on this page was not run."
		}
	}
	return ""
}

func (p *page) footer() string {
	s := "Rendered from " + format.Visible(base(p.note.Name))
	if start := p.result.Start; p.result.Ran && !start.Date.IsZero() && p.result.End.Cells > 0 {
		s += ". The outputs are those of a run on " + start.Date.Format("2 January 2006")
	}
	return s + "."
}

func generator(s notebook.Start) string {
	return strings.TrimSpace("notebook " + s.Notebook)
}
