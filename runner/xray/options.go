package xray

import "time"

// MaxJSON is how many bytes a timeline takes at most as JSON.
const MaxJSON = 20_000

// maxTrace is how many bytes of a trace are read: three times what a recording
// with a soft limit of 1 MiB has been seen to hold.
const maxTrace = 4 << 20

// maxTime is for how long events are read. An honest trace takes a hundredth of
// it; a forged one can be made to take hours.
const maxTime = 10 * time.Second

// NameCategory is the category of the message, trace.Log(ctx, NameCategory,
// name), by which a goroutine says what it is to be called. A name that ends in
// "@41" says also that it was started in line 41 of the note.
const NameCategory = "notebook.go"

// StartCategory is the category of the message by which a goroutine says what
// the next one that it starts is to be called, in the form of a name.
const StartCategory = "notebook.start"

// EndCategory is the category of the message by which the goroutine that runs
// the body of a cell says that it has ended. The end of the region says so too,
// but not where the cell left a region of its own open: then the trace cannot
// be read from there on.
const EndCategory = "notebook.end"

// Options say which part of a trace is the cell's. The zero value is for a
// program of which no line is known: its main goroutine is the cell, from when
// the trace first sees it.
type Options struct {
	// Region is the name of the region of runtime/trace that wraps the body of
	// the cell, in the goroutine that runs it.
	Region string
	// Note is the base name of the note's file, as stack frames carry it.
	Note string
	// Line returns the line of the note that a line of another file stands for,
	// or 0. Nil: no other file holds code of the note.
	Line func(file string, line int) int
	// Code returns a line of the note. The trace does not tell a close from a
	// select; the line does. Nil: such wakes are notebook.ByOther.
	Code func(line int) string
	// Wall is the wall time of a cell that may have gone on when the recording
	// was stopped; the timeline is cut there if the trace ends before. 0: where
	// the trace ends, the cell did.
	Wall time.Duration
}
