package harness

import (
	"time"

	"notebook"
)

// maxChunk is how many bytes one event carries.
const maxChunk = 64 << 10

// A run is one run of a cell in a process.
type run struct {
	label   string
	began   time.Time
	ended   bool
	limit   notebook.Size // of what is kept
	kept    notebook.Size
	dropped notebook.Size
}

// An origin says who wrote a piece of output.
type origin struct {
	run       *run
	stream    notebook.Stream
	goroutine int64
	late      bool
}

// A chunk is output of one origin that has not been sent yet.
type chunk struct {
	origin
	at   time.Duration
	data []byte
}

// output gathers what cells write into events of moderate size, in the order in
// which it comes.
type output struct {
	names names
	sink  func(notebook.Event) error
	open  chunk                      // to be sent next; empty data: none
	held  map[notebook.Stream]*chunk // ends of streams that may not be complete
	err   error                      // the first error of the sink
}

func newOutput(n names) *output {
	return &output{names: n, held: map[notebook.Stream]*chunk{notebook.Stdout: {}, notebook.Stderr: {}}}
}

// add takes bytes that from wrote and keeps them; at is the time since the run
// began.
func (o *output) add(from origin, at time.Duration, data []byte) {
	data, at = from.run.keep(data), max(at, 0)
	if len(data) == 0 {
		return
	}
	held := o.held[from.stream]
	if held.origin != from {
		o.release(held)
	}
	if len(held.data) > 0 {
		at, data = held.at, append(held.data, data...)
	}
	n := o.names.complete(data)
	*held = chunk{from, at, append([]byte(nil), data[n:]...)}
	o.put(chunk{from, at, o.names.clean(data[:n])})
}

// keep counts data against the limit and returns what is to be kept.
func (r *run) keep(data []byte) []byte {
	n := min(notebook.Size(len(data)), r.limit-r.kept)
	r.kept += n
	r.dropped += notebook.Size(len(data)) - n
	return data[:n]
}

// put adds a chunk whose bytes are complete.
func (o *output) put(c chunk) {
	if len(o.open.data) > 0 && o.open.origin != c.origin {
		o.flush()
	}
	if len(o.open.data) == 0 {
		o.open = chunk{c.origin, c.at, room(c.data)}
	}
	o.open.data = append(o.open.data, c.data...)
	for len(o.open.data) >= maxChunk {
		n := o.names.complete(o.open.data[:maxChunk])
		o.send(chunk{c.origin, o.open.at, o.open.data[:n:n]})
		o.open = chunk{c.origin, c.at, append(room(c.data), o.open.data[n:]...)}
	}
}

// room returns an empty slice for a chunk that begins with data: of a flood,
// which comes in large pieces, a whole chunk is expected.
func room(data []byte) []byte {
	if len(data) < 1<<10 {
		return nil
	}
	return make([]byte, 0, maxChunk+len(data))
}

// release passes on the end of a stream although it is not complete.
func (o *output) release(held *chunk) {
	if len(held.data) > 0 {
		o.put(chunk{held.origin, held.at, o.names.clean(held.data)})
	}
	*held = chunk{}
}

// flush sends what is complete.
func (o *output) flush() {
	c := o.open
	o.open = chunk{}
	if len(c.data) > 0 {
		o.send(c)
	}
}

// finish sends everything: no stream goes on.
func (o *output) finish() {
	for _, stream := range []notebook.Stream{notebook.Stdout, notebook.Stderr} {
		o.release(o.held[stream])
	}
	o.flush()
}

func (o *output) send(c chunk) {
	o.event(c.run.label, notebook.Written{
		Stream: c.stream, Data: c.data, At: c.at, Goroutine: c.goroutine, Late: c.late,
	})
}

// event sends one event, unless the sink has failed before.
func (o *output) event(label string, body notebook.Body) {
	if o.err == nil {
		o.err = o.sink(notebook.Event{Cell: label, Body: body})
	}
}
