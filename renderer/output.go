package renderer

import (
	"slices"
	"strings"

	"notebook"
	"notebook/renderer/internal/format"
)

const (
	foldAbove = 24 // lines of output shown without folding
	foldHead  = 12 // first lines that stay when there are more
	foldTail  = 4  // and last ones
)

// A block is output of one kind, cut into lines.
type block struct {
	stream string // stdout, stderr, display, or "" for a remark of the page
	late   bool
	lines  [][]token
}

// outputs writes what a run printed and the values it ended with. Of much
// output the first and the last lines are shown and the rest unfolds.
func (v cellView) outputs(r *notebook.CellRun) {
	if v.cell.Options.Output == notebook.OutputFalse || !v.cell.Options.Include {
		return
	}
	outputs := withRemark(r)
	if v.cell.Options.Output == notebook.OutputAsIs {
		v.asMarkdown(r)
		outputs = without(outputs, notebook.Stdout)
	}
	v.folded(r, blocks(r, outputs), r.LeftOut.Lines)
	dropped := int64(0)
	if r.Finished != nil {
		dropped = r.Finished.Dropped
	}
	if s := omitted(r.LeftOut.Bytes, dropped); s != "" {
		v.remark(s)
	}
}

// folded writes blocks; the fold counts the lines that are left out, too.
func (v cellView) folded(r *notebook.CellRun, blocks []block, leftOut int) {
	total := countLines(blocks)
	if total <= foldAbove {
		v.writeBlocks(r, blocks)
		return
	}
	head, rest := splitBlocks(blocks, foldHead)
	middle, tail := splitBlocks(rest, countLines(rest)-foldTail)
	v.writeBlocks(r, head)
	v.raw("<details class=more>")
	v.element("summary", format.Count(printedLines(middle)+leftOut, "more line")+alsoStderr(append(head, tail...), middle))
	v.writeBlocks(r, middle)
	v.end("details")
	v.writeBlocks(r, tail)
}

func countLines(blocks []block) int {
	n := 0
	for _, b := range blocks {
		n += len(b.lines)
	}
	return n
}

// printedLines counts without the remarks of the page.
func printedLines(blocks []block) int {
	n := 0
	for _, b := range blocks {
		if b.stream != "" {
			n += len(b.lines)
		}
	}
	return n
}

// alsoStderr says that the folded part of an output holds the only stderr.
func alsoStderr(shown, folded []block) string {
	stderr := func(b block) bool { return b.stream == string(notebook.Stderr) }
	if slices.ContainsFunc(folded, stderr) && !slices.ContainsFunc(shown, stderr) {
		return ", stderr among them"
	}
	return ""
}

// blocks returns what a run wrote in the order in which a reader wants it:
// output, values, and what came after the cell had ended.
func blocks(r *notebook.CellRun, outputs []notebook.Written) []block {
	var now, late []block
	for _, w := range outputs {
		b := block{string(w.Stream), w.Late, terminalLines(w.Data)}
		if w.Stream == "" {
			b.lines = [][]token{{{text: string(w.Data)}}}
		}
		if len(b.lines) == 0 {
			continue
		}
		if w.Late {
			late = append(late, b)
		} else {
			now = append(now, b)
		}
	}
	for _, d := range r.Displays {
		if d.MIME == "text/plain" {
			now = append(now, block{"display", false, terminalLines(d.Data)})
		}
	}
	return append(now, late...)
}

// splitBlocks cuts blocks after n lines.
func splitBlocks(blocks []block, n int) (head, rest []block) {
	for i, b := range blocks {
		if len(b.lines) > n {
			before, after := b, b
			before.lines, after.lines = b.lines[:n], b.lines[n:]
			if n > 0 {
				head = append(head, before)
			}
			return head, append([]block{after}, blocks[i+1:]...)
		}
		head = append(head, b)
		n -= len(b.lines)
	}
	return head, nil
}

func (v cellView) writeBlocks(r *notebook.CellRun, blocks []block) {
	for _, b := range blocks {
		if b.stream == "" {
			v.remark(lineText(b.lines[0]))
			continue
		}
		v.writeBlock(r, b)
	}
}

// remark writes words of the page among the output.
func (v cellView) remark(text string) {
	v.open("div", "class", "out")
	v.element("p", text, "class", "remark")
	v.end("div")
}

func (v cellView) writeBlock(r *notebook.CellRun, b block) {
	attrs := []string{"class", "out", "data-stream", b.stream}
	if b.late {
		attrs = append(attrs, "data-late", "")
	}
	v.open("div", attrs...)
	if name := blockName(b); name != "" {
		v.element("p", name)
	}
	v.open("pre", scrollAttrs(blockText(b), outputName(v.cell, r, b))...)
	for i, line := range b.lines {
		if i > 0 {
			v.raw("\n")
		}
		v.tokens(line)
	}
	v.raw("</pre>")
	v.end("div")
}

// blockName names a block that is not plain output in its place.
func blockName(b block) string {
	switch {
	case b.late && b.stream == string(notebook.Stderr):
		return "stderr, written after the cell had ended"
	case b.late:
		return "written after the cell had ended"
	case b.stream == string(notebook.Stderr):
		return "stderr"
	}
	return ""
}

// outputName is what a screen reader calls a block.
func outputName(c *notebook.Cell, r *notebook.CellRun, b block) string {
	name := b.stream + " of " + notebook.CellName(c.Label)
	if b.stream == "display" {
		name = "value of " + notebook.CellName(c.Label)
	}
	if len(c.Options.Engines) > 1 {
		name += ", " + r.Engine
	}
	return name
}

func blockText(b block) string {
	var s strings.Builder
	for _, line := range b.lines {
		s.WriteString(lineText(line))
		s.WriteByte('\n')
	}
	return s.String()
}

func lineText(line []token) string {
	var s strings.Builder
	for _, t := range line {
		s.WriteString(t.text)
	}
	return s.String()
}
