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
	text, late := strings.CutPrefix(problem.Message, latePanic)
	exact, message := cutPlace(j, text)
	problem.Message = goMessage(message)
	if late {
		problem.Message = latePanic + problem.Message
	}
	if len(p.Frames) == 0 {
		return problem
	}
	var trace strings.Builder
	called := ""
	for i, f := range p.Frames {
		switch {
		case i == 0 && exact.IsValid():
			f.Line, f.Col, f.Exact = exact.Line, exact.Col, true
		case !f.Exact:
			f = refine(j, f, called, message, problem.Line)
		}
		if i == 0 {
			at := notePosition(note, f)
			problem.Line, problem.Col = at.Line, at.Col
		}
		if text := frameText(note, f); text != "" {
			trace.WriteString("\n  " + text)
		}
		called = f.Func
	}
	problem.Trace = ""
	if trace.Len() > 0 {
		problem.Trace = fmt.Sprintf("goroutine %s [running]:%s", p.Goroutine, &trace)
	}
	return problem
}

// latePanic stands before the message of a panic after the end of its cell.
const latePanic = "panic: "

// frameText returns the line of a trace for a frame; "" for one of a cell itself
// of which no line is known.
func frameText(note *notebook.Note, f interpreter.Frame) string {
	name, at := functionName(f.Func), ""
	if f.Exact {
		at = fmt.Sprintf("%s:%d", path.Base(note.Name), f.Line)
	}
	if name == "" || at == "" {
		return name + at
	}
	return name + "  " + at
}

// notePosition returns the place of a frame in the note: the fence of the cell
// where no line is known, so that none is blamed.
func notePosition(note *notebook.Note, f interpreter.Frame) notebook.Position {
	cell := note.Cell(f.File)
	switch {
	case cell == nil:
		return notebook.Position{Line: f.Line}
	case !f.Exact:
		return cell.Fence
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
