package renderer

import (
	"go/scanner"
	gotoken "go/token"
	"go/types"
)

// goWork is what a byte of Go costs in the units of colors.
const goWork = 4

// goSpans returns Go code as spans. Go's own scanner knows the language
// exactly, reads what is no program yet, and takes linear time.
func goSpans(code string) []span {
	var s scanner.Scanner
	file := gotoken.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	var spans []span
	end, before := 0, gotoken.ILLEGAL
	for {
		pos, tok, text := s.Scan()
		if tok == gotoken.EOF {
			return append(spans, span{"", end, len(code)})
		}
		if tok == gotoken.LPAREN && before == gotoken.IDENT {
			spans[len(spans)-1].class = "f"
		}
		before = tok
		class := goClass(tok, text)
		if class == "" && tok != gotoken.IDENT {
			continue // plain, as what stands around it
		}
		start := file.Offset(pos)
		spans = append(spans, span{"", end, start}, span{class, start, start + len(text)})
		end = start + len(text)
	}
}

// goClass returns how a token of Go is colored.
func goClass(tok gotoken.Token, text string) string {
	switch {
	case tok == gotoken.COMMENT:
		return "c"
	case tok == gotoken.STRING, tok == gotoken.CHAR:
		return "s"
	case tok == gotoken.INT, tok == gotoken.FLOAT, tok == gotoken.IMAG:
		return "m"
	case tok.IsKeyword():
		return "k"
	case tok == gotoken.IDENT:
		return predeclared(text)
	}
	return ""
}

// predeclared returns how a name that Go itself declares is colored.
func predeclared(name string) string {
	switch types.Universe.Lookup(name).(type) {
	case *types.Const, *types.Nil:
		return "m"
	case *types.TypeName:
		return "t"
	}
	return ""
}
