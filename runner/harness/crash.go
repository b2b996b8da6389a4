package harness

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A report is what the Go runtime wrote about the end of its process.
type report struct {
	kind       string // "panic", "fatal", or the name of the signal that was sent
	message    string
	goroutines []goroutine
}

const (
	reportPanic = "panic"
	reportFatal = "fatal"
)

// deadlockMessage is what the runtime says when it finds a deadlock itself.
const deadlockMessage = "all goroutines are asleep - deadlock!"

// isDeadlock reports whether the runtime found that nothing can go on.
func (r *report) isDeadlock() bool {
	return r.kind == reportFatal && strings.HasSuffix(r.message, " - deadlock!")
}

// isStuck reports whether the goroutine that runs the cell waited for another
// one while none ran that could end that. A nil report tells nothing.
func (r *report) isStuck() bool {
	if r == nil {
		return false
	}
	waits := false
	for _, g := range r.goroutines {
		if g.isBusy() {
			return false
		}
		waits = waits || g.isFlow() && g.isBlocked()
	}
	return waits
}

// culprit returns the goroutine that ended the process, the first one of the
// dump, or nil when none did.
func (r *report) culprit() []goroutine {
	if len(r.goroutines) == 0 || r.isDeadlock() || r.kind != reportPanic && r.kind != reportFatal {
		return nil
	}
	return r.goroutines[:1]
}

// A goroutine is one entry of a dump.
type goroutine struct {
	id      int64
	state   string  // "running", "chan receive", ...
	labels  string  // as the runtime prints them
	frames  []frame // innermost first
	created frame   // the go statement; zero for the main goroutine
	creator int64   // the goroutine that ran it; 0 where that is not told
}

// isFlow reports whether the goroutine runs the statements of a cell, or of a
// program, which has no goroutine that starts cells.
func (g goroutine) isFlow() bool {
	return g.created.startsCells() || g.id == 1 && !slices.ContainsFunc(g.frames, frame.startsCells)
}

// startsCells reports whether the frame is of the harness's function that
// starts a goroutine for each cell of the session.
func (f frame) startsCells() bool {
	return strings.HasSuffix(f.function, ".(*session).execute") && !strings.HasPrefix(f.function, "main.")
}

// records reports whether the goroutine is one of those that record the run.
// One of them has just sent what was recorded when a process is ended.
func (g goroutine) records() bool {
	return g.created.function == "runtime/trace.Start" ||
		strings.HasSuffix(g.created.function, "/inside.(*session).listen")
}

// isBusy reports whether the goroutine runs, could run, or waits for the system.
func (g goroutine) isBusy() bool {
	if g.records() {
		return false
	}
	switch g.wait() {
	case "running", "runnable":
		return true
	case "syscall":
		return !strings.HasPrefix(g.created.function, "os/signal.") // waits for a signal
	}
	return false
}

// isBlocked reports whether the goroutine waits for other goroutines.
func (g goroutine) isBlocked() bool {
	wait := g.wait()
	return slices.ContainsFunc([]string{"chan ", "select", "sync.", "semacquire"}, func(prefix string) bool {
		return strings.HasPrefix(wait, prefix)
	})
}

// wait returns the state without what the runtime adds to it, such as for how
// long.
func (g goroutine) wait() string {
	wait, _, _ := strings.Cut(g.state, ",")
	return wait
}

// A frame is a call in a goroutine.
type frame struct {
	function string // as Go prints it, without arguments
	file     string
	line     int
	elided   string // "52" or "additional" frames stood here that Go does not show
}

var (
	reportHeader    = regexp.MustCompile(`panic: |fatal error: |SIG[A-Z0-9]+: [a-z ]+\nPC=`)
	elidedFrames    = regexp.MustCompile(`^\.\.\.(\d+|additional) frames elided\.\.\.$`)
	goroutineHeader = regexp.MustCompile(`^goroutine (\d+)(?: gp=\S+ m=\S+(?: mp=\S+)?)? \[(.*)\]:$`)
)

// parseReport splits text into what stands before the runtime's report and the
// report itself, which is nil when there is none.
func parseReport(text []byte) (before []byte, r *report) {
	s := string(text)
	for _, start := range reportStarts(s) {
		if r := reportAt(s[start:]); r != nil {
			return text[:preludeStart(text, start)], r
		}
	}
	return text, nil
}

// reportStarts returns where a report may begin, the likeliest place first: the
// last line that begins with a header; then, where the program had not ended its
// line, a header within one. Lines with a tab go on with a message.
func reportStarts(text string) []int {
	var lines, within []int
	line, seen, at := 0, -1, 0
	for _, m := range reportHeader.FindAllStringIndex(text, -1) {
		if i := strings.LastIndexByte(text[at:m[0]], '\n'); i >= 0 {
			line = at + i + 1
		}
		at = m[0]
		switch {
		case at == line:
			lines = append(lines, at)
		case line != seen && text[line] != '\t':
			within = append(within, at)
		}
		seen = line
	}
	slices.Reverse(lines)
	return append(lines, within...)
}

func atLineStart(text []byte, i int) bool { return i == 0 || text[i-1] == '\n' }

// preludeStart moves the start of a report up over the lines that the runtime
// writes before it.
func preludeStart(text []byte, start int) int {
	for atLineStart(text, start) && start > 0 {
		previous := bytes.LastIndexByte(text[:start-1], '\n') + 1
		line := text[previous:start]
		if !bytes.HasPrefix(line, []byte("runtime: ")) && !bytes.HasPrefix(line, []byte("unexpected fault address ")) {
			break
		}
		start = previous
	}
	return start
}

// noGoroutines is the message of a deadlock after which there is nothing to tell.
const noGoroutines = "fatal error: no goroutines (main called runtime.Goexit) - deadlock!"

// reportAt reads the report that begins with a header. Without a goroutine
// after the message, text is no report.
func reportAt(text string) *report {
	head, rest := cutMessage(text)
	if !followsMessage(rest) && (head != noGoroutines || strings.TrimSpace(rest) != "") {
		return nil
	}
	r := &report{goroutines: parseGoroutines(rest)}
	switch {
	case strings.HasPrefix(head, "panic: "):
		r.kind, r.message = reportPanic, unindent(strings.TrimPrefix(head, "panic: "))
	case strings.HasPrefix(head, "fatal error: "):
		r.kind, r.message = reportFatal, strings.TrimPrefix(head, "fatal error: ")
	default:
		r.kind, r.message, _ = strings.Cut(head, ": ")
	}
	return r
}

// cutMessage separates the first line, and the indented lines that continue it,
// from the rest.
func cutMessage(text string) (message, rest string) {
	end := 0
	for {
		i := strings.IndexByte(text[end:], '\n')
		if i < 0 {
			return text, ""
		}
		end += i + 1
		if !strings.HasPrefix(text[end:], "\t") {
			return text[:end-1], text[end:]
		}
	}
}

// maxPreface is more than the lines between a message and the first stack.
const maxPreface = 100

// followsMessage reports whether rest is what the runtime writes after a
// message: notes in brackets and about the processor's state, then stacks.
func followsMessage(rest string) bool {
	lines := 0
	for line := range strings.Lines(rest) {
		if lines++; lines > maxPreface {
			break
		}
		switch {
		case line == "runtime stack:\n", goroutineHeader.MatchString(strings.TrimSuffix(line, "\n")):
			return true
		case line == "\n", strings.HasPrefix(line, "["), strings.HasPrefix(line, "PC="),
			strings.HasPrefix(line, "runtime: "):
		default:
			return false
		}
	}
	return false
}

// unindent restores the message of a panic: the runtime indents its lines and
// adds what became of it.
func unindent(message string) string {
	lines := strings.Split(message, "\n\t")
	for i, line := range lines {
		line, _ = strings.CutSuffix(line, " [recovered, repanicked]")
		lines[i], _ = strings.CutSuffix(line, " [recovered]")
	}
	return strings.Join(lines, "\n")
}

// parseGoroutines reads a dump of goroutines.
func parseGoroutines(dump string) []goroutine {
	var all []goroutine
	function := "" // the line before a position
	for line := range strings.Lines(dump) {
		line = strings.TrimRight(line, "\r\n")
		if m := goroutineHeader.FindStringSubmatch(line); m != nil {
			id, _ := strconv.ParseInt(m[1], 10, 64)
			state, labels, _ := strings.Cut(m[2], " labels:{")
			all = append(all, goroutine{id: id, state: state, labels: labels})
			function = ""
			continue
		}
		if len(all) == 0 {
			continue
		}
		if m := elidedFrames.FindStringSubmatch(line); m != nil {
			g := &all[len(all)-1]
			g.frames = append(g.frames, frame{elided: m[1]})
			continue
		}
		position, isPosition := strings.CutPrefix(line, "\t")
		if isPosition && function != "" {
			all[len(all)-1].add(function, position)
		}
		function = line
		if isPosition || line == "" {
			function = ""
		}
	}
	for i := range all {
		if all[i].isHeldUp() {
			all[i].state = "running"
		}
		all[i].interpret()
	}
	return all
}

// isHeldUp reports whether the runtime keeps a goroutine that runs from going
// on: while it allocates memory, the garbage collector may.
func (g goroutine) isHeldUp() bool {
	return g.wait() == "preempted" || slices.ContainsFunc(g.frames, func(f frame) bool {
		return strings.HasPrefix(f.function, "runtime.mallocgc")
	})
}

// add adds a frame: a line with a function, and one with its position.
func (g *goroutine) add(function, position string) {
	position, _, _ = strings.Cut(position, " +0x")
	if creator, ok := strings.CutPrefix(function, "created by "); ok {
		creator, id, _ := strings.Cut(creator, " in goroutine ")
		if f, ok := newFrame(creator, position); ok {
			g.created = f
		}
		g.creator, _ = strconv.ParseInt(id, 10, 64)
		return
	}
	if i := strings.LastIndexByte(function, '('); i > 0 && strings.HasSuffix(function, ")") {
		function = function[:i]
	}
	if f, ok := newFrame(function, position); ok {
		g.frames = append(g.frames, f)
	}
}

// newFrame returns the frame of a function at a position such as "note.md:7".
func newFrame(function, position string) (frame, bool) {
	i := strings.LastIndexByte(position, ':')
	if i < 0 {
		return frame{}, false
	}
	line, err := strconv.Atoi(position[i+1:])
	return frame{function: function, file: position[:i], line: line}, err == nil
}
