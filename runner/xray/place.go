package xray

import (
	"math"
	"path"
	"strings"

	"golang.org/x/exp/trace"

	"notebook"
)

// A place is what is of interest in a stack.
type place struct {
	function string // the innermost one
	inNote   bool   // it stands in the note
	line     int32  // of the innermost frame in the note; 0: none
	waits    state  // by the innermost operation
	wakes    notebook.WakeKind
	bare     bool // the note's own code woke: a close or a select
}

// nowhere is the place of an empty stack.
var nowhere = &place{waits: waiting, wakes: notebook.ByOther}

// places finds places, each once.
type places struct {
	options Options
	known   map[trace.Stack]*place
	last    [2]struct { // asked for
		stack trace.Stack
		place *place
	}
}

// of returns the place of a stack.
func (p *places) of(s trace.Stack) *place {
	switch s {
	case trace.NoStack:
		return nowhere
	case p.last[0].stack:
		return p.last[0].place
	case p.last[1].stack:
		return p.last[1].place
	}
	found, ok := p.known[s]
	if !ok {
		found = p.find(s)
		p.known[s] = found
	}
	p.last[1] = p.last[0]
	p.last[0].stack, p.last[0].place = s, found
	return found
}

// forget drops what is known. Stacks hold the tables of their part of the
// trace, and stacks of another part never equal them.
func (p *places) forget() { p.known = map[trace.Stack]*place{} }

func (p *places) find(s trace.Stack) *place {
	found := *nowhere
	first, operates := true, false
	for f := range s.Frames() {
		line := p.line(f)
		if first {
			found.function, found.inNote, first = f.Func, line != 0, false
		}
		if op, ok := operationOf(f.Func); ok && !operates {
			found.waits, found.wakes, operates = op.waits, op.wakes, true
		}
		if line != 0 {
			found.line = line
			break
		}
	}
	if found.bare = found.inNote && !operates; found.bare {
		found.wakes = p.statement(int(found.line))
	}
	return &found
}

// statement returns how a line of the note wakes goroutines other than by a
// call: the runtime leaves closechan and selectgo out of stacks.
func (p *places) statement(line int) notebook.WakeKind {
	if p.options.Code == nil {
		return notebook.ByOther
	}
	code := strings.TrimSpace(p.options.Code(line))
	switch {
	case strings.Contains(code, "close("),
		strings.HasPrefix(code, "}"), strings.HasPrefix(code, "return"): // a deferred one
		return notebook.ByClose
	case strings.Contains(code, "select") || strings.Contains(code, "case"):
		return notebook.BySelect
	}
	return notebook.ByOther
}

// line returns the line of the note in which a frame is, or 0.
func (p *places) line(f trace.StackFrame) int32 {
	line := int(min(f.Line, math.MaxInt32))
	if p.options.Note != "" && path.Base(strings.ReplaceAll(f.File, `\`, "/")) == p.options.Note {
		return int32(line)
	}
	if p.options.Line == nil {
		return 0
	}
	return int32(min(max(p.options.Line(f.File, line), 0), math.MaxInt32))
}
