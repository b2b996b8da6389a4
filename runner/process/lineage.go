package process

import "sync"

// lineage knows the children that Start started and that are not yet reaped.
// Its lock is held while a process is forked, so that whoever looks for
// strangers among the children of this program never finds a new one.
var lineage = struct {
	sync.Mutex
	children map[int]bool
}{children: map[int]bool{}}

// forget removes a reaped child.
func forget(pid int) {
	lineage.Lock()
	defer lineage.Unlock()
	delete(lineage.children, pid)
}

// KillAll kills every child with all that comes from it, and waits for nothing:
// a program that has to end at once calls it last.
func KillAll() {
	lineage.Lock()
	defer lineage.Unlock()
	killAll()
}
