//go:build go1.26 && !go1.27 && !notebook_pprof

package inside

import (
	"runtime"
	"unsafe"
)

// This file does what labels_pprof.go does, without runtime/pprof: to link that
// package takes a fourth of the time that a small program takes. A later version
// of Go may keep labels differently; it gets the other file.

// A labelSet is laid out as what runtime/pprof keeps for a goroutine, so that
// profiles that a cell takes show the label.
type labelSet struct {
	list []struct{ key, value string }
}

// A stackRecord is laid out as the runtime's.
type stackRecord struct {
	_ []uintptr
}

//go:linkname setProfLabel runtime/pprof.runtime_setProfLabel
func setProfLabel(labels unsafe.Pointer)

//go:linkname goroutineProfile runtime.pprof_goroutineProfileWithLabels
func goroutineProfile(stacks []stackRecord, labels []unsafe.Pointer) (n int, ok bool)

// setLabel gives the running goroutine, and those that it starts, the label of
// a cell.
func setLabel(label string) {
	set := &labelSet{list: []struct{ key, value string }{{labelKey, label}}}
	setProfLabel(unsafe.Pointer(set))
}

// clearLabel takes its labels from the running goroutine.
func clearLabel() { setProfLabel(nil) }

// countLabels counts the goroutines by cell.
func countLabels() map[string]uint64 {
	counts := map[string]uint64{}
	for _, labels := range goroutineLabels() {
		if labels == nil {
			continue
		}
		for _, l := range (*labelSet)(labels).list {
			if l.key == labelKey {
				counts[l.value]++
			}
		}
	}
	return counts
}

// goroutineLabels returns the labels of all goroutines.
func goroutineLabels() []unsafe.Pointer {
	for room := runtime.NumGoroutine() + spareRecords; ; room *= 2 {
		labels := make([]unsafe.Pointer, room)
		if n, ok := goroutineProfile(make([]stackRecord, room), labels); ok {
			return labels[:n]
		}
	}
}

// spareRecords is room for goroutines that are started meanwhile.
const spareRecords = 16
