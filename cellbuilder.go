package notebook

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A cellBuilder builds one cell. Its diagnostics wait for the label.
type cellBuilder struct {
	*Cell
	diagnostics []Diagnostic
	written     map[string]entry // options that the author wrote
	misplaced   bool             // there is an output comment that is no check
	word        Mode             // from the word ignore or no_run
}

func (p *noteParser) cell(block *ast.FencedCodeBlock, at Position, f fence) *Cell {
	c := &cellBuilder{
		Cell: &Cell{
			Index:   len(p.note.Cells) + 1,
			Lang:    f.lang,
			Fence:   at,
			Options: Options{Include: true},
		},
		written: map[string]entry{},
	}
	if eval := p.note.Meta.Execute.Eval; eval != nil && !*eval {
		c.Mode = Show
	}
	options, code := splitOptionLines(p.codeLines(block))
	c.setCode(code)
	c.words(f.words)
	c.attributes(f)
	c.optionLines(options)
	c.applyFacts(scanGo(c.Code))
	c.applyNote(p.note.Meta.Execute)
	c.checkTogether()
	p.label(c)
	if c.Options.Claim != nil {
		p.placeOption(c.Options.Claim)
	}
	p.contend(c)
	for _, d := range c.diagnostics {
		d.Cell = c.Label
		c.Broken = c.Broken || d.Severity == Error
		p.report(d)
	}
	return c.Cell
}

func (c *cellBuilder) setCode(lines []codeLine) {
	var code strings.Builder
	for _, line := range lines {
		code.WriteString(line.text)
		code.WriteByte('\n')
		c.indent = append(c.indent, line.indent)
	}
	c.Code = code.String()
	c.Line, c.EndLine = c.Fence.Line, c.Fence.Line // an empty cell
	if len(lines) > 0 {
		c.Line, c.EndLine = lines[0].line, lines[len(lines)-1].line
	}
}

func (c *cellBuilder) report(severity Severity, at Position, hint, format string, args ...any) {
	c.diagnostics = append(c.diagnostics, Diagnostic{
		Position: at, Severity: severity, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

func (c *cellBuilder) errorOf(err *valueError) {
	c.report(Error, err.position, err.hint, "%s", err.message)
}

var fenceWords = []string{string(Show), string(CompileOnly)}

func (c *cellBuilder) words(words []fenceWord) {
	for _, w := range words {
		mode := Mode(w.text)
		if mode != Show && mode != CompileOnly {
			hint := didYouMean(w.text, fenceWords)
			if strings.Contains(w.text, "=") {
				hint = "write options in braces: {" + w.text + "}"
			}
			c.report(Error, w.position, hint, "unknown word %q after the language", w.text)
			continue
		}
		if c.word != Show { // to show only is the stricter of the two
			c.word = mode
		}
	}
}

func (c *cellBuilder) attributes(f fence) {
	if f.err != nil {
		c.errorOf(f.err)
	}
	for _, e := range f.attributes {
		c.option(e)
	}
}

func (c *cellBuilder) optionLines(text yamlText) {
	fields, err := text.mapping()
	if err != nil {
		c.errorOf(err)
	}
	for _, e := range fields {
		c.option(e)
	}
}

func (c *cellBuilder) option(e entry) {
	name := e.name()
	decode := optionDecoders[name]
	switch first, twice := c.written[name]; {
	case twice:
		c.report(Error, nodePosition(e.key), "", "%s is set twice, first on line %d", name, first.key.Line)
		return
	case decode == nil && quartoOptions[name]:
		c.report(Warning, nodePosition(e.key), "remove it", "the option %s has no effect here", name)
		return
	case limitKeys[name]:
		c.report(Error, nodePosition(e.key), "write it under execute: in the front matter", "%s holds for the note, not for one cell", name)
		return
	case decode == nil:
		hint := didYouMean(name, optionNames())
		if other := otherWords[name]; other != "" {
			hint = "did you mean " + other + "?"
		}
		c.report(Error, nodePosition(e.key), hint, "unknown option %q", name)
		return
	}
	c.written[name] = e
	if err := decode(c.Cell, e); err != nil {
		c.errorOf(err)
	}
}

// applyFacts sets what the code itself says.
func (c *cellBuilder) applyFacts(facts goFacts) {
	switch facts.packageName {
	case "":
	case "main":
		c.Program = true
	default:
		c.report(Error, c.NotePosition(facts.packageLine, facts.packageCol), "write package main for a program, or no package clause",
			"a cell cannot be package %s", facts.packageName)
	}
	if c.Mode != Show && c.word != Run {
		c.Mode = c.word
	}
	if c.Mode != Show && facts.sketch {
		c.Mode = Sketch
	}
	c.lateOptions(facts.comments)
	c.Check = findCheck(c.Cell, facts.comments)
	for _, g := range facts.comments {
		if g.depth == 0 && (c.Check == nil || g.start != c.Check.start) && outputComment.MatchString(g.Text()) {
			c.misplaced = true
			c.report(Warning, c.NotePosition(g.line, g.col), "move it to the end of the cell",
				"this output comment is not compared: it is not the last thing in the cell")
		}
	}
	c.checkSlips(facts.comments)
}

// applyNote applies what the note says about all its cells: of the timeouts the
// strictest wins, of the rest what the cell itself says.
func (c *cellBuilder) applyNote(execute Execute) {
	if t := execute.Timeout; t > 0 && (c.Options.Timeout == 0 || t < c.Options.Timeout) {
		c.Options.Timeout = t
	}
	if _, own := c.written["trace"]; !own {
		c.Options.Trace = execute.Trace
	}
	if _, own := c.written["leaks"]; !own {
		c.Options.Leaks = execute.Leaks
	}
	if c.Options.Race != SwitchOff && c.Options.Expects(RaceVerdict) {
		c.Options.Race = SwitchOn
	}
	c.Options.Isolate = c.Options.Isolate || len(c.Options.Env) > 0 || len(c.Options.Procs) > 0 || c.Options.Dir != ""
	for _, e := range c.Options.Expect {
		c.Options.Isolate = c.Options.Isolate || e.Outcome.EndsProcess()
	}
}

// label gives the cell its label; a bad or used one is replaced by cell-N.
func (p *noteParser) label(c *cellBuilder) {
	if c.Label != "" {
		other := p.labels[c.Label]
		if other == nil {
			p.labels[c.Label] = c.Cell
			return
		}
		c.report(Error, nodePosition(c.written["label"].value), "give each cell a label of its own",
			"label %q is used twice, first on line %d", c.Label, other.Fence.Line)
	}
	c.Label = fmt.Sprintf("cell-%d", c.Index)
}
