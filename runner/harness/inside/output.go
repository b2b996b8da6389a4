package inside

import (
	"encoding/binary"
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

// A mark says to which run the goroutines with certain labels belong.
type mark struct {
	labels unsafe.Pointer
	run    uint32
	start  time.Time   // of what is measured
	ended  atomic.Bool // the cell's function has returned
	prev   *mark
}

// lastMark is the mark of the running cell, or of the last one. Any goroutine
// reads it.
var lastMark atomic.Pointer[mark]

// attribute makes the output of the running goroutine and of those that it
// starts belong to run, and late once ended is set in the mark.
func attribute(run uint32) *mark {
	m := &mark{labels: profLabel(), run: run, prev: lastMark.Load()}
	lastMark.Store(m)
	return m
}

// origin returns the mark of the running goroutine; nil when it carries no
// label of a cell.
func origin() *mark {
	labels := profLabel()
	if labels == nil {
		return nil
	}
	for m := lastMark.Load(); m != nil; m = m.prev {
		if m.labels == labels {
			return m
		}
	}
	return nil
}

// appendOrigin appends what a KindOutput message begins with.
func appendOrigin(b []byte, fd int, goroutine uint64) []byte {
	m := origin()
	if m == nil {
		b = append(binary.AppendUvarint(b, 0), byte(fd), 0)
		return append(binary.AppendUvarint(b, goroutine), 0)
	}
	late := byte(0)
	if m.ended.Load() {
		late = 1
	}
	b = append(binary.AppendUvarint(b, uint64(m.run)), byte(fd), late)
	b = binary.AppendUvarint(b, goroutine)
	return binary.AppendUvarint(b, uint64(time.Since(m.start)))
}
