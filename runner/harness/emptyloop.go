package harness

import (
	"go/scanner"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"notebook"
)

// emptyLoop returns the line of the loop in which a goroutine runs for ever that
// does nothing else: such as x++ where nothing reads x. The compiler leaves one
// jump of it, with a line outside of all code; where the cell has only one loop,
// it must be that. It returns 0 where there is no such goroutine or more loops.
func (p place) emptyLoop(goroutines []goroutine) int {
	if !slices.ContainsFunc(goroutines, p.loops) {
		return 0
	}
	return onlyLoop(p.cell)
}

// loops reports whether a goroutine is in code of the cell that has no line.
func (p place) loops(g goroutine) bool {
	if !g.isBusy() || len(g.frames) == 0 {
		return false
	}
	f := g.frames[0]
	m := ownFunction.FindStringSubmatch(f.function)
	return m != nil && m[1] == strconv.Itoa(p.cell.Index) && strings.HasSuffix(f.file, path.Base(p.note.Name)) && !p.isCode(f)
}

// onlyLoop returns the line in the note of a cell's loop; 0 where it has none or
// several.
func onlyLoop(c *notebook.Cell) int {
	file := token.NewFileSet().AddFile("", -1, len(c.Code))
	var s scanner.Scanner
	s.Init(file, []byte(c.Code), nil, 0)
	line := 0
	for {
		pos, kind, _ := s.Scan()
		switch {
		case kind == token.EOF:
			return line
		case kind == token.FOR && line > 0:
			return 0
		case kind == token.FOR:
			line = c.Line + file.Line(pos) - 1
		}
	}
}
