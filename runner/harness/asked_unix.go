//go:build unix

package harness

import "notebook/runner/harness/inside"

// Signals to a process that records.
const (
	signalStuck = inside.SignalStuck
	signalStop  = inside.SignalStop
)
