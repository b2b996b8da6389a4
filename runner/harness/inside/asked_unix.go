//go:build unix && !notebook_plain

package inside

import (
	"bytes"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

// Signals by which the parent ends a recording while the cell still runs. They
// are of those that the system leaves to programs.
const (
	// SignalStuck asks to do so if no goroutine can be seen to wait for
	// something from outside of the process: a running recording keeps a timer,
	// and then nobody can see that all others wait for each other.
	SignalStuck = syscall.Signal(50)
	// SignalStop asks to do so at once: the process is about to be ended.
	SignalStop = syscall.Signal(51)
)

// listen lets the parent end recordings. Only processes that record listen: a
// program that waits for signals is never found deadlocked by Go itself.
func (s *session) listen() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, SignalStuck, SignalStop)
	go func() {
		for sig := range signals {
			if sig == SignalStop || !waitsForOutside() {
				s.finishRecording()
			}
		}
	}()
}

// waitsForOutside reports whether a goroutine sleeps, or waits for the network,
// a file or the system.
func waitsForOutside() bool {
	dump := make([]byte, 1<<20)
	dump = dump[:runtime.Stack(dump, true)]
	for goroutine := range bytes.SplitSeq(dump, []byte("\n\n")) {
		header, rest, _ := bytes.Cut(goroutine, []byte("\n"))
		if bytes.HasPrefix(rest, []byte("os/signal.")) {
			continue
		}
		for _, wait := range []string{" [sleep", " [IO wait", " [syscall"} {
			if bytes.Contains(header, []byte(wait)) {
				return true
			}
		}
	}
	return false
}
