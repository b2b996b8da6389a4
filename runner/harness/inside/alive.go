package inside

import (
	"runtime"
	"time"
)

// settleTime bounds the wait for goroutines that are about to end.
const settleTime = 5 * time.Millisecond

// settle waits until no more than n goroutines are alive, or for as long as
// one that is about to end may need.
func settle(n int) {
	for end := time.Now().Add(settleTime); runtime.NumGoroutine() > n && time.Now().Before(end); {
		runtime.Gosched()
	}
}

// alive counts the goroutines that the last cell left and names the first
// earlier cell that left one. It costs nothing when there is none. It is called
// between cells, never while time is measured: a profile stops the world.
func (s *session) alive() (own uint64, other string) {
	if runtime.NumGoroutine() <= s.idle {
		return 0, ""
	}
	return s.sort(countLabels())
}

// sort tells the last cell's goroutines from those of the cells before it.
func (s *session) sort(counts map[string]uint64) (own uint64, other string) {
	last := s.labels[len(s.labels)-1]
	for _, label := range s.labels {
		if label != last && counts[label] > 0 {
			return counts[last], label
		}
	}
	return counts[last], ""
}
