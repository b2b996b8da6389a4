package yaegi

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"notebook"
	"notebook/runner/lower"
	"notebook/runner/yaegi/internal/interpreter"
)

// place gives the problem of a panic the place and the trace that the
// interpreter told, and a message without the interpreter's words.
func place(note *notebook.Note, j *job, p interpreter.Panic, problem notebook.Problem) notebook.Problem {
	exact, message := cutPlace(j, problem.Message)
	problem.Message = goMessage(message)
	if len(p.Frames) == 0 {
		return problem
	}
	var trace strings.Builder
	fmt.Fprintf(&trace, "goroutine %s [running]:", p.Goroutine)
	called := ""
	for i, f := range p.Frames {
		switch {
		case i == 0 && exact.IsValid():
			f.Line, f.Col = exact.Line, exact.Col
		case !f.Exact:
			f = refine(j, f, called, message)
		}
		if i == 0 {
			at := notePosition(note, f)
			problem.Line, problem.Col = at.Line, at.Col
		}
		name := functionName(f.Func)
		if name != "" {
			name += "  "
		}
		fmt.Fprintf(&trace, "\n  %s%s:%d", name, path.Base(note.Name), f.Line)
		called = f.Func
	}
	problem.Trace = trace.String()
	return problem
}

// notePosition returns the place of a frame in the note.
func notePosition(note *notebook.Note, f interpreter.Frame) notebook.Position {
	cell := note.Cell(f.File)
	if cell == nil {
		return notebook.Position{Line: f.Line}
	}
	return cell.NotePosition(f.Line-cell.Line+1, f.Col)
}

var cellFunction = regexp.MustCompile(`^cellǃ\d+(\.func)*`)

// functionName returns the name of a function for the reader: that of a cell
// itself has none.
func functionName(name string) string {
	name = strings.TrimPrefix(name, "main.")
	return lower.Readable(cellFunction.ReplaceAllString(name, ""))
}

var placed = regexp.MustCompile(`^([A-Za-z][\w-]*):(\d+):(\d+): `)

// cutPlace cuts the place off that the interpreter puts before some messages.
func cutPlace(j *job, message string) (notebook.Position, string) {
	m := placed.FindStringSubmatch(message)
	if m == nil || j.cell(m[1]) == nil {
		return notebook.Position{}, message
	}
	var at notebook.Position
	if _, err := fmt.Sscan(m[2]+" "+m[3], &at.Line, &at.Col); err != nil {
		return notebook.Position{}, message
	}
	return at, message[len(m[0]):]
}

// cell returns the cell of a job with that label, or nil.
func (j *job) cell(label string) *jobCell {
	for _, list := range [][]jobCell{j.Cells, j.Programs} {
		for i := range list {
			if list[i].Label == label {
				return &list[i]
			}
		}
	}
	return nil
}

// goMessages are the words of Go for what package reflect says when the
// interpreter runs into it.
var goMessages = map[string]string{
	"reflect: slice index out of range":                     "runtime error: index out of range",
	"reflect: array index out of range":                     "runtime error: index out of range",
	"reflect: string index out of range":                    "runtime error: index out of range",
	"reflect.Value.Slice: slice index out of bounds":        "runtime error: slice bounds out of range",
	"reflect.Value.Slice: string slice index out of bounds": "runtime error: slice bounds out of range",
	"reflect.MakeSlice: negative len":                       "runtime error: makeslice: len out of range",
	"reflect: call of reflect.Value.Field on zero Value":    "runtime error: invalid memory address or nil pointer dereference",
	"reflect.Value.Call: call of nil function":              "runtime error: invalid memory address or nil pointer dereference",
}

func goMessage(message string) string {
	if text, ok := goMessages[message]; ok {
		return text
	}
	return message
}
