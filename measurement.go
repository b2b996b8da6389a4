package notebook

import "time"

// A Measurement is what one run of a cell took. Builds are not part of it. The
// zero value says that nothing was measured.
type Measurement struct {
	Wall time.Duration `json:"wall_ns"`
	User time.Duration `json:"user_ns"` // CPU time in user mode
	Sys  time.Duration `json:"sys_ns"`  // CPU time in the kernel
	CPU  time.Duration `json:"cpu_ns"`  // User + Sys
	// Parallelism is CPU / Wall: how many cores were busy on average. It is 0
	// where Wall is 0.
	Parallelism float64 `json:"parallelism"`
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
