package inside

import "time"

// resources is an amount of time, and what the system counts for the process.
type resources struct {
	wall, user, sys        time.Duration
	voluntary, involuntary int64         // context switches
	children               time.Duration // CPU time of processes that were waited for
}

// meter adds up what a cell uses between start and stop. The cell's goroutine
// uses it.
type meter struct {
	total   resources
	count   counters // latencies is not used
	latency latency

	since  time.Time
	used   resources
	before counters // latencies is not used
	ready  []uint64 // the histogram at start
	gauge  gauge
}

func (m *meter) reset() { *m = meter{gauge: m.gauge} }

// start begins a measured interval. The clock is read last: the interval is
// the cell's alone.
func (m *meter) start() {
	if m.gauge.samples == nil {
		m.gauge = newGauge()
	}
	m.before = m.gauge.read()
	if h := m.before.latencies; h != nil {
		m.ready = append(m.ready[:0], h.Counts...)
	}
	m.used = usage()
	m.since = time.Now()
}

// stop ends the interval.
func (m *meter) stop() {
	wall := time.Since(m.since)
	now := usage()
	count := m.gauge.read()
	m.total.wall += wall
	m.total.user += now.user - m.used.user
	m.total.sys += now.sys - m.used.sys
	m.total.voluntary += now.voluntary - m.used.voluntary
	m.total.involuntary += now.involuntary - m.used.involuntary
	m.total.children += now.children - m.used.children
	m.count.started += count.started - m.before.started
	m.count.objects += count.objects - m.before.objects
	m.count.bytes += count.bytes - m.before.bytes
	m.count.collections += count.collections - m.before.collections
	m.latency.add(m.ready, count.latencies)
}
