package process

import "time"

// SleepWatchTime is how long to wait between two calls of [SleepWatch.Asleep].
const SleepWatchTime = 100 * time.Millisecond

// A SleepWatch finds out that a child has fallen asleep for good: its program
// is deadlocked. Go's runtime finds that out itself, but not in programs that
// use cgo, that wait for signals, or that are traced.
//
// The child sleeps for good when it uses no CPU time, when each of its threads
// waits for another one of them and has not run between two looks, and when it
// has no child. The only wait that may end by itself is that of the runtime's
// monitor: a goroutine that sleeps, or that waits for a timer, a file or the
// network, has a thread that waits in the kernel for that.
//
// Only Linux tells what threads wait for; elsewhere no child is ever asleep.
type SleepWatch struct {
	child   *Child
	cpu     int64             // CPU time at the last look
	still   int               // looks in a row that found no CPU time used
	threads map[string]string // how often each was scheduled; nil: not asleep
}

// WatchSleep returns a watch over the child.
func (c *Child) WatchSleep() *SleepWatch { return &SleepWatch{child: c, cpu: -1} }

// Asleep looks at the child and reports whether it slept for good since the
// last look. It is to be called every [SleepWatchTime].
func (w *SleepWatch) Asleep() bool {
	w.child.mu.Lock()
	defer w.child.mu.Unlock()
	return !w.child.reaped && w.look()
}

// Still returns how many looks in a row have found that the child used no CPU
// time, to the precision of the system's clock.
func (w *SleepWatch) Still() int { return w.still }
