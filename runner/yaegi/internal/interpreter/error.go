package interpreter

import (
	"errors"
	"go/scanner"
	"regexp"
	"strconv"
)

// An Error says what is wrong with a file.
type Error struct {
	File      string // name of the file, "" where it is not known
	Line, Col int    // 0 where they are not known
	Message   string
}

// Error implements error.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return e.File + ":" + strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Col) + ": " + e.Message
}

// newError finds out the place of an error of the parser or of yaegi.
func newError(err error) *Error {
	if list := (scanner.ErrorList{}); errors.As(err, &list) && len(list) > 0 {
		p := list[0].Pos
		return &Error{File: p.Filename, Line: p.Line, Col: p.Column, Message: list[0].Msg}
	}
	return parseError(err.Error())
}

var placed = regexp.MustCompile(`(?s)^([^:\n]+):(\d+):(\d+): (.*)$`)

func parseError(text string) *Error {
	m := placed.FindStringSubmatch(text)
	if m == nil {
		return &Error{Message: text}
	}
	line, _ := strconv.Atoi(m[2])
	col, _ := strconv.Atoi(m[3])
	return &Error{File: m[1], Line: line, Col: col, Message: m[4]}
}
