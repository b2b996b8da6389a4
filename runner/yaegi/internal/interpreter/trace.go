package interpreter

import (
	"bytes"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// A Trace keeps where the last panic came from. The zero value is ready to use.
//
// It is written to a file, since a panic in a goroutine ends the process
// before anybody can ask.
type Trace struct {
	// File, if not nil, holds the frames of the last panic, as ParseFrames
	// reads them, at every moment.
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
		_, _ = t.File.WriteAt([]byte(t.text+"\n"), 0)
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

// ParseFrames reads what a Trace wrote to its file: the frames of the last
// panic, innermost first.
func ParseFrames(text string) []Frame {
	var frames []Frame
	text, _, _ = strings.Cut(text, "\n\n")
	exact := false
	for line := range strings.Lines(text) {
		e := parseError(strings.TrimSpace(line))
		if e.Line == 0 {
			continue
		}
		f := Frame{File: e.File, Line: e.Line, Col: e.Col}
		if e.Message == exactly {
			frames, exact = append(frames, f), true
			continue
		}
		f.Func = strings.TrimSuffix(strings.TrimPrefix(e.Message, "panic: "), "(...)")
		if exact { // the same function once more, without the exact place
			frames[0].Func, frames[0].Exact, exact = f.Func, true, false
			continue
		}
		frames = append(frames, f)
	}
	return frames
}

// String returns the frame as a line of a stack: the function and its place.
func (f Frame) String() string { return f.Func + "  " + f.File + ":" + strconv.Itoa(f.Line) }
