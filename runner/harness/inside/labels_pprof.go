//go:build !go1.26 || go1.27 || notebook_pprof

package inside

import (
	"bytes"
	"context"
	"runtime/pprof"
	"strconv"
)

// This file is for versions of Go of which it is not known how they keep labels,
// and for tests, by the tag notebook_pprof.

// setLabel gives the running goroutine, and those that it starts, the label of
// a cell.
func setLabel(label string) {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels(labelKey, label)))
}

// clearLabel takes its labels from the running goroutine.
func clearLabel() { pprof.SetGoroutineLabels(context.Background()) }

// countLabels counts the goroutines by cell.
func countLabels() map[string]uint64 {
	var buf bytes.Buffer
	// Writing to a buffer does not fail.
	_ = pprof.Lookup("goroutine").WriteTo(&buf, 1)
	return readProfile(buf.Bytes())
}

// readProfile reads a goroutine profile in its text form: records that begin
// with "3 @ 0x47d96e", followed by a line `# labels: {"cell":"cell-1"}`.
func readProfile(text []byte) map[string]uint64 {
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
