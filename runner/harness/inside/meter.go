package inside

import "time"

// resources is an amount of time and of CPU time.
type resources struct{ wall, user, sys time.Duration }

// meter adds up what a cell uses between start and stop. The cell's goroutine
// uses it.
type meter struct {
	total resources
	since time.Time
	used  resources
}

func (m *meter) reset() { *m = meter{} }

// start begins a measured interval. The clock is read last: the interval is
// the cell's alone.
func (m *meter) start() {
	m.used = usage()
	m.since = time.Now()
}

// stop ends the interval.
func (m *meter) stop() {
	wall := time.Since(m.since)
	now := usage()
	m.total.wall += wall
	m.total.user += now.user - m.used.user
	m.total.sys += now.sys - m.used.sys
}
