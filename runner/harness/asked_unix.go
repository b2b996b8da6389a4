//go:build unix

package harness

import "notebook/runner/harness/inside"

// canRecord reports whether runs can be recorded on this system.
const canRecord = true

// Signals to a process that records.
const (
	signalStuck = inside.SignalStuck
	signalStop  = inside.SignalStop
)
