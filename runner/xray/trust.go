package xray

import (
	"io"
	"runtime"
	"runtime/trace"
	"sync"
	"time"
)

// busyBelow is the share of the drawn running time that must have been CPU
// time. Of a fixed amount of work on a quiet machine 0.95 and more was, and
// 0.05 to 0.7 beside other programs.
const busyBelow = 0.9

// Cost returns the share of the wall time of a run that recording it took:
// 0.04 is 4 %. It is computed from the number of events and the time that each
// takes, from EventCost. Without a wall time it is 0.
func Cost(events int, each, wall time.Duration) float64 {
	if wall <= 0 {
		return 0
	}
	return float64(events) * each.Seconds() / wall.Seconds()
}

// Honesty returns (CPU time + run-queue delay) / running: near 1, what a
// timeline draws as running did run, or waited for the operating system to let
// it. CPU time and the delay, the second field of Linux's schedstat summed over
// the threads of the process, are those of the run; running is the time that
// the timeline draws. 0: not known, since nothing ran.
func Honesty(cpu, delay, running time.Duration) float64 {
	if running <= 0 {
		return 0
	}
	return (cpu + delay).Seconds() / running.Seconds()
}

// Busy reports whether the machine was busy with other work while a run was
// recorded: less than nine tenths of what its timeline draws as running was
// CPU time. Of less than a millisecond that cannot be told.
func Busy(cpu, running time.Duration) bool {
	return running >= time.Millisecond && cpu.Seconds() < busyBelow*running.Seconds()
}

// defaultEventCost is about what an event took on the machines that this was
// measured on.
const defaultEventCost = 200 * time.Nanosecond

// EventCost returns how long the runtime takes to record an event on this
// machine. It is measured at the first call, in a few milliseconds: the same
// switches between goroutines with and without a recording. Where this process
// is being traced already, it is a typical value.
func EventCost() time.Duration { return eventCost() }

var eventCost = sync.OnceValue(func() time.Duration {
	const rounds = 5
	plain, traced := switches(), time.Duration(1<<62)
	for range rounds {
		plain = min(plain, switches())
	}
	for range rounds {
		if err := trace.Start(io.Discard); err != nil {
			return defaultEventCost
		}
		traced = min(traced, switches())
		trace.Stop()
	}
	return max((traced-plain)/(2*switchCount), 1)
})

const switchCount = 1000

// switches returns how long it takes a goroutine to stop and to start again
// switchCount times, which are two events each.
func switches() time.Duration {
	start := time.Now()
	for range switchCount {
		runtime.Gosched()
	}
	return time.Since(start)
}
