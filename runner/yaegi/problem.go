package yaegi

import (
	"go/version"
	"slices"
	"strings"

	"notebook"
	"notebook/runner/lower"
	"notebook/runner/yaegi/internal/dialect"
	"notebook/runner/yaegi/stdtypes"
)

const (
	// showInstead is the way out that every compile error offers.
	showInstead = "to show the code without running it, write ```go ignore"
	// maxProblems is how many problems of one cell are told.
	maxProblems = 10
)

// install returns the remedy for everything that the interpreter cannot do.
func install() string {
	return "install Go " + strings.TrimPrefix(version.Lang(stdtypes.GoVersion()), "go")
}

// mayDiffer begins the messages about what the interpreter has, but may not do
// as Go does.
const mayDiffer = "the interpreter may run this differently from Go: "

// refusals returns the problems of a cell that the interpreter cannot run, or
// should not.
func (e *Engine) refusals(note *notebook.Note, cell *notebook.Cell, t dialect.Translation) []notebook.Problem {
	var problems []notebook.Problem
	for _, d := range t.Differences {
		switch {
		case d.Follows: // what it depends on is refused
		case d.Missing:
			problems = append(problems, newProblem(note, cell, d.Line, d.Col,
				"the interpreter does not have this: "+d.Construct, install()+", which this needs"))
		case e.cautious(note, cell):
			problems = append(problems, newProblem(note, cell, d.Line, d.Col,
				mayDiffer+d.Construct, install()+", or write engine: yaegi to run it all the same"))
		}
	}
	return problems[:min(len(problems), maxProblems)]
}

// warn adds a warning for each difference of a cell that runs all the same.
func warn(source *lower.Source, cell *notebook.Cell, t dialect.Translation) {
	hint := "to run it as Go does, " + install() + " and leave out engine: yaegi"
	for _, d := range t.Differences[:min(len(t.Differences), maxProblems)] {
		p := newProblem(source.Note, cell, d.Line, d.Col, mayDiffer+d.Construct, hint)
		source.Warn(notebook.Diagnostic{
			File: p.File, Position: notebook.Position{Line: p.Line, Col: p.Col}, Cell: cell.Label,
			Severity: notebook.Warning, Message: p.Message, Hint: p.Hint,
		})
		hint = "" // once a cell is enough
	}
}

// cautious reports whether a cell is refused for a difference: not where its
// author asks for this engine.
func (e *Engine) cautious(note *notebook.Note, cell *notebook.Cell) bool {
	return e.config.Cautious && note.Meta.Execute.Engine != notebook.Yaegi &&
		!slices.Contains(cell.Options.Engines, notebook.Yaegi)
}

// typeErrors returns what Go's type checker says about a program.
func typeErrors(note *notebook.Note, cell *notebook.Cell, t dialect.Translation) []notebook.Problem {
	var problems []notebook.Problem
	for _, e := range t.Errors {
		problems = append(problems, newProblem(note, cell, e.Line, e.Col, e.Message, showInstead))
	}
	return problems[:min(len(problems), maxProblems)]
}

// newProblem returns the problem at a line of the note and a column of the
// cell's code.
func newProblem(note *notebook.Note, cell *notebook.Cell, line, col int, message, hint string) notebook.Problem {
	at := cell.NotePosition(line-cell.Line+1, col)
	return notebook.Problem{
		File: note.Name, Line: at.Line, Col: at.Col, Severity: notebook.Error,
		Message: lower.Readable(message), Hint: hint,
	}
}
