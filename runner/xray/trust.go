package xray

import (
	"bytes"
	"math"
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

// An event takes about defaultEventCost, and nowhere less than leastEventCost,
// on the machines that this was measured on.
const (
	defaultEventCost = 150 * time.Nanosecond
	leastEventCost   = 50 * time.Nanosecond
)

// EventCost returns how long the runtime takes to record an event on this
// machine. The first call measures it, in 5 to 100 ms: the same exchange
// of messages with and without a recording, several times in turn, of which
// the fastest count. Where this process is being traced already, it is a
// typical value.
func EventCost() time.Duration { return eventCost() }

var eventCost = sync.OnceValue(func() time.Duration {
	plain, traced := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	events := 0
	for range 7 {
		plain = min(plain, exchange())
		var data bytes.Buffer
		if err := trace.Start(&data); err != nil {
			return defaultEventCost
		}
		traced = min(traced, exchange())
		trace.Stop()
		recorded := newRecording(Options{})
		if err := recorded.read(&data); err != nil {
			return defaultEventCost
		}
		events = recorded.seen
	}
	return max((traced-plain)/time.Duration(events), leastEventCost)
})

// exchange returns how long two goroutines take for some hundred messages.
func exchange() time.Duration {
	ping, pong := make(chan int), make(chan int)
	go func() {
		defer close(pong)
		for n := range ping {
			pong <- n
		}
	}()
	start := time.Now()
	for n := range 500 {
		ping <- n
		<-pong
	}
	d := time.Since(start)
	close(ping)
	<-pong
	return d
}
