package chart

import (
	"strconv"

	"notebook"
)

// A look is how a state is drawn and what it is called.
type look struct {
	class string
	shape shape
	spent string // "they spent 20 % of their time ..."
}

// A shape is the outline of a state; later ones are drawn above earlier ones.
type shape int

const (
	thin  shape = iota // a line in the middle of the lane: waits
	low                // a low bar: in the kernel
	half               // a hatched bar of 60 % of the height: ready
	share              // a bar as high as the share of time that was running
	full               // running
)

var looks = map[notebook.State]look{
	notebook.Running:     {"run", full, "running"},
	notebook.Ready:       {"ready", half, "ready and waiting for a processor"},
	notebook.Sending:     {"send", thin, "waiting to send"},
	notebook.Receiving:   {"receive", thin, "waiting to receive"},
	notebook.Selecting:   {"select", thin, "waiting in a select"},
	notebook.Locking:     {"mutex", thin, "waiting for a lock"},
	notebook.WaitingAll:  {"group", thin, "waiting for a WaitGroup"},
	notebook.WaitingCond: {"cond", thin, "waiting for a Cond"},
	notebook.Sleeping:    {"sleep", thin, "asleep"},
	notebook.Networking:  {"network", thin, "waiting for the network or a pipe"},
	notebook.InSyscall:   {"syscall", low, "in system calls"},
	notebook.Collecting:  {"collect", low, "busy with garbage collection"},
	notebook.Waiting:     {"wait", thin, "waiting"},
}

// states are all states, in the order of legends and of stacked areas.
var states = []notebook.State{
	notebook.Running, notebook.Ready, notebook.InSyscall, notebook.Collecting,
	notebook.Locking, notebook.Sending, notebook.Receiving, notebook.Selecting,
	notebook.WaitingAll, notebook.WaitingCond, notebook.Networking, notebook.Sleeping, notebook.Waiting,
}

// lookOf returns how a state is drawn; one that this version does not know is
// a wait.
func lookOf(s notebook.State) look {
	if l, ok := looks[s]; ok {
		return l
	}
	return looks[notebook.Waiting]
}

// procColors is the number of colors for processors. More processors share
// them.
const procColors = 6

// procClass returns the class of what runs on a processor.
func procClass(proc int) string {
	if proc < 0 {
		return "run"
	}
	return "p" + strconv.Itoa(proc%procColors)
}
