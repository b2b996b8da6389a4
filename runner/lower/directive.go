package lower

import (
	"go/scanner"
	"go/token"
	"strings"
)

// refuseEmbed reports a go:embed directive: a cell has no files of its own.
func (c *Cell) refuseEmbed() {
	if off := FindDirective(c.Code, "//go:embed"); off >= 0 {
		c.problem(off, "go:embed is not supported in a cell", "read the file when the cell runs, with os.ReadFile")
	}
}

// FindDirective returns the offset of a compiler directive in Go code, or -1.
func FindDirective(code, directive string) int {
	if !strings.Contains(code, directive) {
		return -1
	}
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	for {
		pos, tok, text := s.Scan()
		switch {
		case tok == token.EOF:
			return -1
		case tok == token.COMMENT && strings.HasPrefix(text, directive+" "):
			return file.Offset(pos)
		}
	}
}

// withoutLines returns Go code in which no comment says where the code behind
// it comes from: this is the note, whatever the author writes. All else stays at
// its place.
func withoutLines(code string) string {
	if !strings.Contains(code, "//line ") && !strings.Contains(code, "/*line ") {
		return code
	}
	var s scanner.Scanner
	b := []byte(code)
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	for {
		pos, tok, text := s.Scan()
		switch {
		case tok == token.EOF:
			return string(b)
		case tok == token.COMMENT && strings.HasPrefix(text[2:], "line "):
			copy(b[file.Offset(pos)+len("//"):], "    ")
		}
	}
}
