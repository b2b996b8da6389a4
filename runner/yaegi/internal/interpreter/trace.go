package interpreter

import (
	"bytes"
	"io"
	"runtime"
	"strings"
	"sync"
)

// A Trace keeps where the last panic came from. The zero value is ready to use.
//
// It is written to a file, since a panic in a goroutine ends the process
// before anybody can ask.
type Trace struct {
	// File, if not nil, holds the last panic at every moment, for ParsePanic.
	File io.WriterAt

	mu     sync.Mutex
	id     string // of the panicking goroutine
	panics int    // panics on its stack at the last report
	frames int
	text   string
}

// maxFrames bounds a trace; the innermost frames are kept.
const maxFrames = 50

// A Frame is a function that a panic left.
type Frame struct {
	File      string
	Line, Col int
	// Func is the function's name, such as "main.worker" or "main.worker.func".
	Func string
	// Exact is set where Line and Col are the place of the panic; else they
	// are that of the first statement of the function.
	Exact bool
}

// exactly marks the place of a call of panic.
const exactly = "exactly"

// panic is what interpreted code calls in place of the built-in function.
func (t *Trace) panic(place string, value any) {
	t.add(place+": "+exactly, true)
	panic(value)
}

// add adds a frame: to those of the panic that unwinds this goroutine, or as
// the first of a new one.
func (t *Trace) add(frame string, first bool) {
	id, panics := goroutineID(), panicsOnStack()
	t.mu.Lock()
	defer t.mu.Unlock()
	// Each function that a panic leaves adds a panic to the stack. After a
	// recovery there are fewer.
	if first || id != t.id || (panics <= t.panics && panics < maxFrames) {
		t.text, t.frames = "", 0
	}
	t.id, t.panics = id, panics
	if t.frames++; t.frames > maxFrames {
		return
	}
	t.text += frame + "\n"
	if t.File != nil {
		// A trace that cannot be written is missing in a message, no more.
		_, _ = t.File.WriteAt([]byte(id+"\n"+t.text+"\n"), 0)
	}
}

// reports takes what yaegi reports of panics: one line for each function that
// a panic leaves.
type reports struct{ trace *Trace }

// Write implements io.Writer.
func (r reports) Write(p []byte) (int, error) {
	r.trace.add(strings.TrimSpace(string(p)), false)
	return len(p), nil
}

// panicsOnStack counts the panics that this goroutine is in, up to maxFrames.
func panicsOnStack() int {
	pcs := make([]uintptr, 20*maxFrames)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
	n := 0
	for more := true; more && n < maxFrames; {
		var f runtime.Frame
		f, more = frames.Next()
		if f.Function == "runtime.gopanic" {
			n++
		}
	}
	return n
}

// goroutineID returns the number of this goroutine.
func goroutineID() string {
	buf := make([]byte, 64)
	buf = buf[:runtime.Stack(buf, false)]
	fields := bytes.Fields(buf) // goroutine 7 [running]:
	if len(fields) < 2 {
		return ""
	}
	return string(fields[1])
}

// A Panic is what a Trace tells of the last panic.
type Panic struct {
	Goroutine string  // its number
	Frames    []Frame // innermost first
}

// ParsePanic reads what a Trace wrote to its file.
func ParsePanic(text string) Panic {
	text, _, _ = strings.Cut(text, "\n\n")
	id, text, _ := strings.Cut(text, "\n")
	p := Panic{Goroutine: id}
	exact := false
	for line := range strings.Lines(text) {
		e := parseError(strings.TrimSpace(line))
		if e.Line == 0 {
			continue
		}
		if exact { // the same function once more, without the exact place
			p.Frames[0].Func, exact = functionName(e.Message), false
			continue
		}
		f := Frame{File: e.File, Line: e.Line, Col: e.Col}
		if exact = e.Message == exactly; exact {
			f.Exact = true
		} else {
			f.Func = functionName(e.Message)
		}
		p.Frames = append(p.Frames, f)
	}
	return p
}

// functionName returns the function of a report such as
// "panic: main.worker.func(...)".
func functionName(report string) string {
	return strings.TrimSuffix(strings.TrimPrefix(report, "panic: "), "(...)")
}
