package compiled

import (
	"go/scanner"
	"go/token"
	"os"
	"strings"

	"notebook"
	"notebook/runner/lower"
)

// precheck breaks the cells that could be compiled but not run as the author
// means it.
func (s *session) precheck(source *lower.Source) {
	for _, c := range source.Cells {
		if p, bad := s.unfit(c.Cell); bad && c.OK() {
			source.Break(c.Label, p)
		}
	}
	for _, program := range source.Programs {
		if p, bad := s.unfit(program.Cell); bad && len(program.Problems) == 0 {
			program.Problems = append(program.Problems, p)
		}
	}
}

// unfit returns what is wrong with a cell, if anything.
func (s *session) unfit(c *notebook.Cell) (p notebook.Problem, bad bool) {
	if dir := c.Options.Dir; dir != "" {
		if info, err := os.Stat(s.path(dir)); err != nil || !info.IsDir() {
			p = newProblem(s.note, c.Fence, "dir: there is no folder "+dir)
			p.Hint = "dir names a folder, seen from the folder of the note"
			return p, true
		}
	}
	if line, col := findDirective(c.Code, "//go:embed"); line > 0 {
		p = newProblem(s.note, c.NotePosition(line, col), "go:embed is not supported in a cell")
		p.Hint = "read the file when the cell runs, with os.ReadFile; " + showInstead
		return p, true
	}
	return p, false
}

// findDirective returns the place of a compiler directive in Go code, or zeros.
func findDirective(code, directive string) (line, col int) {
	if !strings.Contains(code, directive) {
		return 0, 0
	}
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	for {
		pos, tok, text := s.Scan()
		switch {
		case tok == token.EOF:
			return 0, 0
		case tok == token.COMMENT && strings.HasPrefix(text, directive+" "):
			at := file.PositionFor(pos, false)
			return at.Line, at.Column
		}
	}
}
