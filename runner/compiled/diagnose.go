package compiled

import (
	"errors"
	"path/filepath"
	"regexp"
	"strconv"

	"notebook"
	"notebook/runner/lower"
)

const (
	// maxProblems is how many problems of one cell are told.
	maxProblems = 10
)

// diagnose returns what the compiler says about the cells, by label. An error
// that names no place in them is returned as it is.
func diagnose(err error, note *notebook.Note, cells []*notebook.Cell) (map[string][]notebook.Problem, error) {
	var refused *compileError
	if !errors.As(err, &refused) {
		return nil, err
	}
	problems := map[string][]notebook.Problem{}
	for _, m := range parseMessages(refused.Output) {
		cell := cellAt(cells, m)
		if cell == nil || m.file != filepath.Base(note.Name) || len(problems[cell.Label]) == maxProblems {
			continue
		}
		at := cell.NotePosition(m.line-cell.Line+1, m.col)
		problems[cell.Label] = append(problems[cell.Label], newProblem(note, at, lower.Readable(m.text)))
	}
	if len(problems) == 0 {
		return nil, err
	}
	return problems, nil
}

func newProblem(note *notebook.Note, at notebook.Position, text string) notebook.Problem {
	return notebook.Problem{
		File: note.Name, Line: at.Line, Col: at.Col, Severity: notebook.Error, Message: text, Hint: lower.ShowInstead,
	}
}

// blame returns the problem of a cell in which an error lies that names no
// place: of the linker, of a compiler that gave up.
func blame(refused *compileError, note *notebook.Note, cell *notebook.Cell) notebook.Problem {
	return newProblem(note, cell.NotePosition(1, 1), lower.Readable(withoutSource.ReplaceAllString(refused.Output, "")))
}

// withoutSource matches what stands before the message: the name of the package
// that is built, and the generated function that the linker looked at.
var withoutSource = regexp.MustCompile(`^(# .*\n)?(main\.\S+: )?`)

// A message is one line that a tool prints about a place in the source.
type message struct {
	file      string
	line, col int
	text      string
}

var messagePattern = regexp.MustCompile(`(?m)^(\S.*?):(\d+):(\d+): (.*)$`)

// parseMessages returns the messages in the output of a compiler. Lines that
// begin with a tab continue a message; they are left out, as its first line
// says what is wrong.
func parseMessages(output string) []message {
	var messages []message
	for _, m := range messagePattern.FindAllStringSubmatch(output, -1) {
		line, _ := strconv.Atoi(m[2])
		col, _ := strconv.Atoi(m[3])
		messages = append(messages, message{file: filepath.Base(m[1]), line: line, col: col, text: m[4]})
	}
	return messages
}

// cellAt returns the cell that a message lies in, or nil.
func cellAt(cells []*notebook.Cell, m message) *notebook.Cell {
	for _, c := range cells {
		if c.Line <= m.line && m.line <= c.EndLine {
			return c
		}
	}
	return nil
}
