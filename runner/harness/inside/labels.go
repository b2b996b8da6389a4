package inside

import "unsafe"

// labelKey is the key of the pprof label that names a goroutine's cell.
const labelKey = "cell"

// profLabel returns the identity of the labels of the running goroutine. They
// are inherited by the goroutines that it starts.
//
//go:linkname profLabel runtime/pprof.runtime_getProfLabel
func profLabel() unsafe.Pointer
