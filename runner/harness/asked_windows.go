package harness

import "os"

// canRecord: processes on Windows have no descriptors of ours to send a trace on.
const canRecord = false

// Nobody is asked where nothing is recorded.
const (
	signalStuck = noSignal("stuck")
	signalStop  = noSignal("stop")
)

// A noSignal is a signal that no process gets.
type noSignal string

// String implements os.Signal.
func (s noSignal) String() string { return string(s) }

// Signal implements os.Signal.
func (noSignal) Signal() {}

var _ os.Signal = signalStop
