package notebook

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// cells replaces the fenced blocks that are cells by cell nodes.
func (p *noteParser) cells() {
	for _, block := range fencedBlocks(p.note.Tree) {
		start := p.fenceStart(block)
		at := p.note.Position(start)
		if !p.closedFences[block] {
			p.warn(at, fmt.Sprintf("end the block with a line of %s", fenceSign(p.note.Source[start:])), "the fence is not closed")
		}
		info, place := p.fenceInfo(block)
		f := parseFence(info, place)
		if !p.isCell(f) {
			p.lintLanguage(at, f)
			continue
		}
		if len(p.note.Cells) == maxCells {
			p.refuse(at, "the note has more than 10,000 cells")
			return
		}
		c := p.cell(block, at, f)
		p.note.Cells = append(p.note.Cells, c)
		node := &CellNode{Cell: c}
		node.SetPos(block.Pos())
		node.SetBlankPreviousLines(block.HasBlankPreviousLines())
		block.Parent().ReplaceChild(block.Parent(), block, node)
	}
}

// fencedBlocks returns the fenced blocks in the order of the note; in the
// tree, footnotes come last.
func fencedBlocks(tree ast.Node) []*ast.FencedCodeBlock {
	blocks := slices.Collect(nodes[*ast.FencedCodeBlock](tree))
	slices.SortStableFunc(blocks, func(a, b *ast.FencedCodeBlock) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return blocks
}

// lintLanguage warns of a block that is no cell though it looks like one.
func (p *noteParser) lintLanguage(at Position, f fence) {
	wanted, hint := f, "write ```go"
	wanted.lang = strings.TrimSuffix(strings.ToLower(f.lang), "lang")
	if f.braces {
		hint = "write ```{go}"
	}
	shown := slices.ContainsFunc(f.words, func(w fenceWord) bool { return w.text == string(Show) })
	switch {
	case p.isCell(wanted) && !shown:
		p.warn(at, hint, "%q is not the word for a cell: the code is only shown", f.lang)
	case f.braces && isOptionName(f.lang) && f.lang != "go":
		p.warn(at, "write ```"+f.lang+" without braces", "cells in %s do not run, the code is only shown", f.lang)
	}
}

func (p *noteParser) isCell(f fence) bool {
	if f.lang != "go" || f.class {
		return false
	}
	switch p.note.Meta.Execute.Fences {
	case FencesNone:
		return false
	case FencesBraces:
		return f.braces
	}
	return true
}

// fenceStart returns the offset of the first backtick or tilde. The position
// that goldmark has is right about the line, but not about what follows a tab.
func (p *noteParser) fenceStart(block *ast.FencedCodeBlock) int {
	line := p.note.lineAt(block.Pos())
	text := p.note.lineText(line)
	col := bytes.Index(text, []byte("```"))
	if tilde := bytes.Index(text, []byte("~~~")); col < 0 || tilde >= 0 && tilde < col {
		col = tilde
	}
	return p.note.lines[line] + max(col, 0)
}

// maxInfo bounds what is read of the text after the backticks.
const maxInfo = 4 << 10

func (p *noteParser) fenceInfo(block *ast.FencedCodeBlock) (string, Position) {
	if block.Info == nil {
		return "", Position{}
	}
	segment := block.Info.Segment
	segment.Stop = min(segment.Stop, segment.Start+maxInfo)
	return string(segment.Value(p.note.Source)), p.note.Position(segment.Start)
}

// codeLines returns the lines of a block without what belongs to the
// containers around it and without the indentation of the fence.
func (p *noteParser) codeLines(block *ast.FencedCodeBlock) []codeLine {
	lines := make([]codeLine, block.Lines().Len())
	for i := range lines {
		segment := block.Lines().At(i)
		at := p.note.Position(segment.Start)
		lines[i] = codeLine{
			text:   strings.TrimSuffix(string(segment.Value(p.note.Source)), "\n"),
			line:   at.Line,
			indent: at.Col - 1 - segment.Padding,
		}
	}
	return lines
}
