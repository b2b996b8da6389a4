package inside

import (
	"sync/atomic"
	"time"
	"unsafe"
)

// writeHook is a variable of package syscall in programs of a session: their
// standard library is built with one line added to syscall.Write, which calls
// it when it is not nil, with the number of the running goroutine. When it
// returns true, the n bytes that it returns are written. In a program with an
// unchanged standard library nobody calls it, and then output reaches the
// parent by descriptors 1 and 2.
//
// The added declaration and line are in the documentation of package harness.
//
//go:linkname writeHook syscall.notebookWrite
var writeHook func(goroutine uint64, fd int, p []byte) (n int, done bool)

// profLabel returns the identity of the labels of the running goroutine. They
// are inherited by the goroutines that it starts.
//
//go:linkname profLabel runtime/pprof.runtime_getProfLabel
func profLabel() unsafe.Pointer

// A mark says to which run the goroutines with certain labels belong.
type mark struct {
	labels unsafe.Pointer
	run    uint32
	start  time.Time
	prev   *mark
}

// lastMark is the mark of the running cell, or of the last one. Any goroutine
// reads it.
var lastMark atomic.Pointer[mark]

// attribute makes the output of the running goroutine and of those that it
// starts belong to run.
func attribute(run uint32) {
	lastMark.Store(&mark{labels: profLabel(), run: run, start: time.Now(), prev: lastMark.Load()})
}

// origin returns the run that the running goroutine belongs to and the time
// since that began; run 0 when it carries no label of a cell.
func origin() (run uint32, at time.Duration) {
	labels := profLabel()
	if labels == nil {
		return 0, 0
	}
	for m := lastMark.Load(); m != nil; m = m.prev {
		if m.labels == labels {
			return m.run, time.Since(m.start)
		}
	}
	return 0, 0
}
