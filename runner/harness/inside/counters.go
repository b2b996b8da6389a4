package inside

import (
	"math"
	"runtime"
)

// counters are what the runtime counts from the start of the process.
type counters struct {
	started, objects, bytes, collections uint64
	latencies                            *histogram // nil: not known
}

// The metrics of package runtime/metrics that counters are read from, in the
// order of its fields. This package does not import that one, where it need not.
var counted = []string{
	"/sched/goroutines-created:goroutines",
	"/gc/heap/allocs:objects",
	"/gc/heap/allocs:bytes",
	"/gc/cycles/total:gc-cycles",
	"/sched/latencies:seconds",
}

// A gauge reads counters without allocating what it counts.
type gauge struct {
	samples []sample
	workers uint64 // goroutines of the garbage collector; 0 before it works
}

func newGauge() gauge {
	g := gauge{samples: newSamples(counted...)}
	g.read() // the histogram is allocated now
	return g
}

// read returns the counters. The histogram is good until the next call.
func (g *gauge) read() counters {
	readSamples(g.samples)
	c := counters{
		started: g.samples[0].number(), objects: g.samples[1].number(), bytes: g.samples[2].number(),
		collections: g.samples[3].number(), latencies: g.samples[4].histogram(),
	}
	// The first cycle starts a worker for each processor. No cell did.
	if c.collections > 0 && g.workers == 0 {
		g.workers = uint64(runtime.GOMAXPROCS(0))
	}
	c.started -= min(g.workers, c.started)
	return c
}

// threads returns how many threads the process has, or 0 where this version of
// Go does not tell.
func threads() uint64 {
	s := newSamples("/sched/threads/total:threads")
	readSamples(s)
	return s[0].number()
}

// A latency is a histogram of how long goroutines were ready before they ran.
type latency struct {
	counts []uint64
	bounds []float64 // of the classes, in seconds; one more than counts
}

// add adds what one histogram counted since another one.
func (l *latency) add(before []uint64, now *histogram) {
	if now == nil || len(before) != len(now.Counts) {
		return
	}
	if l.counts == nil {
		l.counts, l.bounds = make([]uint64, len(now.Counts)), now.Buckets
	}
	for i, n := range now.Counts {
		l.counts[i] += n - before[i]
	}
}

// quantile returns the upper bound in nanoseconds of the class in which that
// share of the values ends; 0 without values.
func (l *latency) quantile(share float64) uint64 {
	var total, below uint64
	for _, n := range l.counts {
		total += n
	}
	for i, n := range l.counts {
		if below += n; total > 0 && float64(below) >= share*float64(total) {
			bound := l.bounds[i+1]
			if math.IsInf(bound, 1) {
				bound = l.bounds[i]
			}
			return uint64(bound * 1e9)
		}
	}
	return 0
}
