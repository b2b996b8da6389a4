//go:build go1.26 && !go1.27

package interpreter

import (
	"reflect"
	"slices"
	"sync/atomic"
	"unsafe"

	"notebook/runner/harness"
)

// A labelSet is laid out as what runtime/pprof keeps for a goroutine. A later
// version of Go may keep labels differently; it gets none.
type labelSet struct{ list []label }

type label struct{ key, value string }

//go:linkname getLabels runtime/pprof.runtime_getProfLabel
func getLabels() unsafe.Pointer

//go:linkname setLabels runtime/pprof.runtime_setProfLabel
func setLabels(labels unsafe.Pointer)

// relabel gives the running goroutine a label at the end of its others: a place
// in place of the one before, a start in place of both. The set that was made
// last mostly fits again.
func relabel(last *atomic.Pointer[labelSet], l label) {
	var others []label
	if now := (*labelSet)(getLabels()); now != nil {
		others = without(now.list, harness.PlaceLabel)
	}
	if l.key == harness.StartLabel {
		others = without(others, harness.StartLabel)
	}
	set := last.Load()
	if set == nil || !slices.Equal(set.list[:len(set.list)-1], others) {
		set = &labelSet{list: append(slices.Clip(others), l)}
		last.Store(set)
	}
	setLabels(unsafe.Pointer(set))
}

// without returns a list without its last label if that has the key.
func without(list []label, key string) []label {
	if n := len(list) - 1; n >= 0 && list[n].key == key {
		return list[:n]
	}
	return list
}

// here sets a variable of type herePlace to the labels of the running
// goroutine. Nobody looks into them through that pointer.
func here(variable reflect.Value) {
	*(*unsafe.Pointer)(variable.Addr().UnsafePointer()) = getLabels()
}

// leave gives the running goroutine labels back.
func leave(labels herePlace) { setLabels(unsafe.Pointer(labels)) }
