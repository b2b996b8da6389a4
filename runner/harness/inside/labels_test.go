package inside

import (
	"bytes"
	"context"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLabels counts goroutines by cell, also those that inherit the label, and
// those to which runtime/pprof gave more labels.
func TestLabels(t *testing.T) {
	var blocked, ready sync.WaitGroup
	release := make(chan struct{})
	block := func() { ready.Done(); <-release }
	ready.Add(6)
	blocked.Go(func() {
		setLabel("cell-1")
		blocked.Go(block)
		blocked.Go(block)
		blocked.Go(func() {
			clearLabel()
			block()
		})
		block()
	})
	blocked.Go(func() {
		labels := pprof.Labels("a", "b", labelKey, "fan-out", "z", `q"x`)
		pprof.Do(context.Background(), labels, func(context.Context) { block() })
	})
	blocked.Go(func() {
		setLabel("cell-1")
		pprof.Do(context.Background(), pprof.Labels("a", "b"), func(context.Context) { block() })
	})
	ready.Wait()
	want := map[string]uint64{"cell-1": 3, "fan-out": 1}
	if diff := cmp.Diff(want, countLabels()); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	var profile bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		t.Error(err)
	}
	if !strings.Contains(profile.String(), `# labels: {"cell":"cell-1"}`) {
		t.Errorf("runtime/pprof does not know the label:\n%s", profile.String())
	}
	close(release)
	blocked.Wait()
}
