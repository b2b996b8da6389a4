package harness

import (
	"go/scanner"
	"go/token"
	"regexp"

	"notebook"
)

// startLine returns the line of the note that started a goroutine, from its own
// frames and those of the go statement; 0 when none did. Where the go statement
// lies in a function of others that starts what it is given, such as the method
// Go of a WaitGroup, Go names only that function: the line is that of the call
// which has the goroutine's code as its argument.
func (p place) startLine(frames, created []frame) int {
	if line := p.lineOf(created); line > 0 {
		return line
	}
	if len(created) == 0 || !starter.MatchString(created[0].function) {
		return 0
	}
	outermost := 0
	for _, f := range frames {
		if p.in(f) {
			outermost = f.line
		}
	}
	for c := range p.note.Code() {
		if c.Line <= outermost && outermost <= c.EndLine {
			return p.startCallAt(c, outermost)
		}
	}
	return 0
}

// starter matches the functions that start a goroutine for a function value.
var starter = regexp.MustCompile(`\)\.Go$|^time\.goFunc$`)

// startCallAt returns the line of the innermost call around a line that starts a
// function literal; 0 when there is none.
func (p place) startCallAt(c *notebook.Cell, line int) int {
	calls, known := p.starts[c]
	if !known {
		calls = startCalls(c)
		p.starts[c] = calls
	}
	for _, call := range calls { // the inner ones come first
		if call.line <= line && line <= call.end {
			return call.line
		}
	}
	return 0
}

// A startCall is a call that starts a goroutine for a function literal: the line
// of its name and that of its last parenthesis.
type startCall struct {
	line, end int
	literal   bool
}

// startCalls finds the calls of x.Go and x.AfterFunc in a cell that have a
// function literal as an argument, inner ones before outer ones. What the names
// mean is not looked at: it is asked only where one of them started a goroutine.
func startCalls(c *notebook.Cell) []startCall {
	file := token.NewFileSet().AddFile("", -1, len(c.Code))
	var s scanner.Scanner
	s.Init(file, []byte(c.Code), nil, 0)
	var calls, open []startCall // open: one for each parenthesis; line 0 where it is no such call
	dot, name := false, 0       // the token before is a dot; the line of a name behind one
	for {
		pos, kind, text := s.Scan()
		line := c.Line + file.Line(pos) - 1
		switch kind {
		case token.EOF:
			return calls
		case token.LPAREN:
			open = append(open, startCall{line: name})
		case token.RPAREN:
			if n := len(open); n > 0 {
				if call := open[n-1]; call.line > 0 && call.literal {
					call.end = line
					calls = append(calls, call)
				}
				open = open[:n-1]
			}
		case token.FUNC:
			if n := len(open); n > 0 {
				open[n-1].literal = true
			}
		}
		name = 0
		if dot && kind == token.IDENT && (text == "Go" || text == "AfterFunc") {
			name = line
		}
		dot = kind == token.PERIOD
	}
}
