package notebook

import "time"

// MinRatioWall is the wall time from which a run has a ratio of CPU time and
// wall time. The system counts CPU time in whole microseconds, and reading it
// takes one or two: what is left of a cell of 1 µs is noise. Below 1 ms a run
// also ends before the threads of a process have settled.
const MinRatioWall = time.Millisecond

// A Measurement is what one run of a cell took. Builds are not part of it. The
// zero value says that nothing was measured.
type Measurement struct {
	Wall time.Duration `json:"wall_ns"`
	User time.Duration `json:"user_ns"` // CPU time in user mode
	Sys  time.Duration `json:"sys_ns"`  // CPU time in the kernel
	CPU  time.Duration `json:"cpu_ns"`  // User + Sys
	// Parallelism is CPU / Wall: how many cores were busy on average. It is 0
	// where there is no such ratio: see HasRatio.
	Parallelism float64 `json:"parallelism,omitempty"`
	// RunDelay is how long threads of the process could run and waited for a
	// core, added up. Only Linux tells; elsewhere it is 0.
	RunDelay time.Duration `json:"run_delay_ns,omitempty"`
	// ChildCPU is the CPU time of processes that the cell started and waited
	// for. It is not part of CPU, but in a program cell.
	ChildCPU time.Duration `json:"child_cpu_ns,omitempty"`
	Scheduling
	Allocation
	// MaxRSS is the largest resident memory of the process in bytes, where the
	// cell had one of its own; else 0.
	MaxRSS int64 `json:"max_rss_bytes,omitempty"`
	// Goroutines counts the goroutines of the cell still alive at its end.
	Goroutines int `json:"goroutines,omitempty"`
	// Shared names an earlier cell whose goroutines were alive meanwhile, so
	// that the CPU time holds theirs too.
	Shared string `json:"shared_with,omitempty"`
	// Dropped counts the bytes of output above the limit.
	Dropped int64 `json:"dropped_bytes,omitempty"`
	// Replayed names the earlier cells that ran again, silently, for this run.
	Replayed []string `json:"replayed,omitempty"`
}

// HasRatio reports whether CPU / Wall says something about the run: whether it
// took [MinRatioWall] or longer.
func (m Measurement) HasRatio() bool { return m.Wall >= MinRatioWall }

// Scheduling is what the scheduler of Go and that of the system did for a run.
// The zero value says that nothing is known.
type Scheduling struct {
	// Voluntary counts how often a thread gave its core away, because it had to
	// wait; Involuntary how often the system took it.
	Voluntary   int64 `json:"voluntary_switches,omitempty"`
	Involuntary int64 `json:"involuntary_switches,omitempty"`
	Started     int64 `json:"goroutines_started,omitempty"`
	Threads     int64 `json:"threads,omitempty"` // of the process, at the end of the run
	// LatencyMedian and LatencyP99 tell how long goroutines were ready before
	// they ran: half of them no longer than the first, 99 of 100 no longer than
	// the second. Both are bounds of classes of a histogram.
	LatencyMedian time.Duration `json:"latency_median_ns,omitempty"`
	LatencyP99    time.Duration `json:"latency_p99_ns,omitempty"`
}

// Allocation is what a run asked of the heap. The zero value says that nothing
// is known, or that nothing was allocated.
type Allocation struct {
	Objects int64 `json:"allocs,omitempty"`
	Bytes   int64 `json:"alloc_bytes,omitempty"`
	GCs     int64 `json:"gc_cycles,omitempty"` // collections that ended meanwhile
}
