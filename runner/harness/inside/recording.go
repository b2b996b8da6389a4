//go:build !notebook_plain

package inside

import (
	"context"
	"encoding/binary"
	"runtime/trace"
	"sync"
	"time"
)

// TraceRegion is the name of the region that a recorded cell runs in.
const TraceRegion = "notebook cell"

// TraceEnd is the category of the message at the end of that region.
const TraceEnd = "notebook.end"

// MaxTrace is how many bytes of a trace are recorded before the recording
// stops. What the runtime then still holds comes on top.
const MaxTrace = 1 << 20

// settleRecording is how long the runtime takes to begin a trace, during which
// it would disturb what it records.
const settleRecording = 2 * time.Millisecond

// A recording is the execution trace of one run, while it grows in memory.
// Writing it to a file would keep a processor from the cell.
type recording struct {
	run uint64

	mu   sync.Mutex
	data []byte

	full, over chan struct{}  // data is at its limit; finish was called
	stopper    sync.WaitGroup // of one goroutine
	once       sync.Once
}

// room is where the trace of the only recording that runs goes. It is not of
// the heap, whose size would make the garbage collector begin sooner.
var room [MaxTrace + MaxTrace/4]byte

// record begins a recording, or returns nil where the cells record a trace
// themselves. The goroutine that stops it at its limit starts here: later it
// would be counted as one of the cell's.
func record(run uint64) *recording {
	r := &recording{run: run, data: room[:0], full: make(chan struct{}, 1), over: make(chan struct{})}
	if err := trace.Start(r); err != nil {
		return nil
	}
	r.stopper.Go(func() {
		select {
		case <-r.full:
			trace.Stop() // which waits for Write
		case <-r.over:
		}
	})
	time.Sleep(settleRecording)
	return r
}

// Write takes what the runtime has recorded. At the limit the recording stops:
// a trace that is cut elsewhere cannot be read.
func (r *recording) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	below := len(r.data) <= MaxTrace
	r.data = append(r.data, p...)
	if below && len(r.data) > MaxTrace {
		r.full <- struct{}{}
	}
	return len(p), nil
}

// finish stops the recording and sends it, once.
func (r *recording) finish(to *frames) {
	if r == nil {
		return
	}
	r.once.Do(func() {
		trace.Stop()
		close(r.over)
		r.stopper.Wait()
		r.mu.Lock()
		defer r.mu.Unlock()
		to.send(KindTrace, append(binary.AppendUvarint(nil, r.run), r.data...))
	})
}

// openRegion begins the region of a recorded cell.
func openRegion() { trace.StartRegion(context.Background(), TraceRegion) }

// region calls a function in the region of a recorded cell.
func region(call func()) {
	defer trace.StartRegion(context.Background(), TraceRegion).End()
	// The end of the region cannot be read where the cell left one of its own open.
	defer trace.Log(context.Background(), TraceEnd, "")
	call()
}
