package inside

import (
	"bytes"
	"runtime"
	"runtime/pprof"
	"strconv"
	"time"
)

// labelKey is the key of the pprof label that names a goroutine's cell.
const labelKey = "cell"

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
	return s.sort(profile())
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

// profile counts the goroutines by cell.
func profile() map[string]uint64 {
	var buf bytes.Buffer
	// Writing to a buffer does not fail.
	_ = pprof.Lookup("goroutine").WriteTo(&buf, 1)
	return countLabels(buf.Bytes())
}

// countLabels reads a goroutine profile in its text form: records that begin
// with "3 @ 0x47d96e", followed by a line `# labels: {"cell":"cell-1"}`.
func countLabels(text []byte) map[string]uint64 {
	counts := map[string]uint64{}
	var n uint64
	for line := range bytes.Lines(text) {
		if number, _, ok := bytes.Cut(line, []byte(" @ ")); ok {
			n, _ = strconv.ParseUint(string(number), 10, 64)
			continue
		}
		if !bytes.HasPrefix(line, []byte("# labels: ")) {
			continue
		}
		if _, rest, ok := bytes.Cut(line, []byte(`"`+labelKey+`":"`)); ok {
			label, _, _ := bytes.Cut(rest, []byte(`"`))
			counts[string(label)] += n
		}
	}
	return counts
}
