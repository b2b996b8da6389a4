package xray

import (
	"strings"

	"golang.org/x/exp/trace"

	"notebook"
)

// A state is a notebook.State as an index.
type state uint8

const (
	running state = iota
	ready
	sending
	receiving
	selecting
	locking
	waitingAll
	waitingCond
	sleeping
	networking
	inSyscall
	collecting
	waiting
	states // how many there are
)

var stateNames = [states]notebook.State{
	running: notebook.Running, ready: notebook.Ready,
	sending: notebook.Sending, receiving: notebook.Receiving, selecting: notebook.Selecting,
	locking: notebook.Locking, waitingAll: notebook.WaitingAll, waitingCond: notebook.WaitingCond,
	sleeping: notebook.Sleeping, networking: notebook.Networking, inSyscall: notebook.InSyscall,
	collecting: notebook.Collecting, waiting: notebook.Waiting,
}

// stateOf returns what a goroutine does from a transition on. The stack tells
// apart what the runtime gives one reason for.
func stateOf(to trace.GoState, reason string, p *place) state {
	switch to {
	case trace.GoRunning:
		return running
	case trace.GoRunnable:
		return ready
	case trace.GoSyscall:
		return inSyscall
	}
	switch reason {
	case "chan send":
		return sending
	case "chan receive":
		return receiving
	case "select":
		return selecting
	case "sleep":
		return sleeping
	case "network":
		return networking
	case "sync.(*Cond).Wait":
		return waitingCond
	case "sync", "forever": // a nil channel, or a select without cases
		return p.waits
	case "preempted", "wait until GC ends": // for the scan of its stack
		return collecting
	}
	if strings.HasPrefix(reason, "GC ") {
		return collecting
	}
	return waiting
}

// An operation is a function of the standard library that waits for other
// goroutines, or wakes them.
type operation struct {
	prefix string // of the function's name
	waits  state
	wakes  notebook.WakeKind
}

// operations are looked for in this order.
var operations = []operation{
	{"runtime.chansend", sending, notebook.BySend},
	{"runtime.chanrecv", receiving, notebook.ByReceive},
	{"runtime.closechan", waiting, notebook.ByClose},
	{"runtime.selectgo", selecting, notebook.BySelect},
	{"runtime.selectnb", selecting, notebook.BySelect}, // a select with one case and a default
	{"runtime.block", selecting, notebook.ByOther},     // a select without cases
	{"reflect.chansend", sending, notebook.BySend},
	{"reflect.chanrecv", receiving, notebook.ByReceive},
	{"reflect.chanclose", waiting, notebook.ByClose},
	{"reflect.rselect", selecting, notebook.BySelect},
	{"runtime.gcStart", collecting, notebook.ByOther},
	{"runtime.GC", collecting, notebook.ByOther},
	{"context.(*cancelCtx).", waiting, notebook.ByClose},
	{"sync.(*Mutex).", locking, notebook.ByUnlock},
	{"sync.(*RWMutex).", locking, notebook.ByUnlock},
	{"sync.(*WaitGroup).", waitingAll, notebook.ByDone},
	{"sync.(*Cond).", waitingCond, notebook.BySignal},
}

// operationOf returns the operation that a function is; ok is false if none.
func operationOf(function string) (op operation, ok bool) {
	for _, op := range operations {
		if strings.HasPrefix(function, op.prefix) {
			return op, true
		}
	}
	return op, false
}
