package output

import (
	"sync"
	"time"
)

// writing is held for reading while there is a temporary file of this process.
var writing sync.RWMutex

// Finish is for a process that is about to end: it waits until no page is being
// written, for as long as limit at most, and lets no other one begin. So no
// temporary file is left.
func Finish(limit time.Duration) {
	finished := make(chan struct{})
	go func() {
		writing.Lock() // for good
		close(finished)
	}()
	select {
	case <-finished:
	case <-time.After(limit):
	}
}
