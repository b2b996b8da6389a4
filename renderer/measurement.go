package renderer

import (
	"fmt"
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

// measurement writes what the line of times does not say: of what is not known
// nothing.
func (v cellView) measurement(r *notebook.CellRun) {
	v.raw("<dl>")
	for _, row := range measurementRows(r) {
		v.element("dt", row.name)
		v.element("dd", row.value)
	}
	v.raw("</dl>")
}

// A measured is one measurement in words.
type measured struct{ name, value string }

func measurementRows(r *notebook.CellRun) []measured {
	m := r.Finished.Measurement
	rows := []measured{
		{"CPU in user mode", format.Duration(m.User)},
		{"CPU in the kernel", format.Duration(m.Sys)},
	}
	add := func(known bool, name, value string) {
		if known {
			rows = append(rows, measured{name, value})
		}
	}
	add(m.HasRatio(), "CPU / wall", fmt.Sprintf("%.2f", m.Parallelism))
	number := func(n int64) string { return format.Number(int(n)) }
	add(m.ChildCPU > 0, "CPU of child processes", format.Duration(m.ChildCPU))
	// Of a shorter run most of it are waits before and after.
	add(m.RunDelay > 0 && m.HasRatio(), "threads waited for a core", format.Duration(m.RunDelay))
	add(m.Voluntary+m.Involuntary > 0, "context switches", number(m.Voluntary)+" to wait, "+number(m.Involuntary)+" forced")
	add(m.Started > 0, "goroutines started", number(m.Started))
	add(r.Traced != nil && r.Traced.Timeline.Peak > 0, "goroutines at once", "at most "+number(peak(r)))
	add(m.LatencyP99 > 0, "goroutines ready before they ran", latency(m.LatencyMedian, m.LatencyP99))
	add(m.Threads > 0, "threads of the process", number(m.Threads))
	add(m.Objects > 0, "allocations", number(m.Objects)+", "+format.Size(m.Bytes))
	add(m.GCs > 0, "garbage collections", number(m.GCs))
	add(m.MaxRSS > 0, "largest resident memory", format.Size(m.MaxRSS))
	return rows
}

func peak(r *notebook.CellRun) int64 {
	if r.Traced == nil {
		return 0
	}
	return int64(r.Traced.Timeline.Peak)
}

// latency says how long goroutines waited for a processor of Go.
func latency(median, p99 time.Duration) string {
	return "half of them up to " + format.Duration(median) + ", 99 of 100 up to " + format.Duration(p99)
}
