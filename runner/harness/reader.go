package harness

import (
	"errors"
	"io"
	"sync"
	"time"

	"notebook"
	"notebook/runner/process"
)

// A source is a channel that comes from a process.
type source int

const (
	sourceStdout source = iota
	sourceStderr
	sourceFrames
)

// An item is something that came from a process.
type item struct {
	source  source
	at      time.Time
	data    []byte  // output
	message message // of sourceFrames; kind 0: none
	marker  byte    // inside.KindBegin or KindEnd on a stream; 0: none
	run     uint64  // of the marker
	err     error   // the source ended in an unusual way
}

// A feed is everything that comes from a process, in one channel. It is closed
// when every source has ended.
type feed struct {
	items     chan item
	abandoned chan struct{} // closed when nobody takes items anymore
}

// newFeed reads the outputs of a child, and its frames unless that is nil.
func newFeed(child *process.Child, nonce string, frames io.ReadCloser) *feed {
	f := &feed{items: make(chan item, 8), abandoned: make(chan struct{})}
	var readers sync.WaitGroup
	readers.Go(func() { f.readStream(sourceStdout, child.Stdout, nonce) })
	readers.Go(func() { f.readStream(sourceStderr, child.Stderr, nonce) })
	if frames != nil {
		readers.Go(func() { f.readFrames(frames) })
	}
	go func() {
		readers.Wait()
		close(f.items)
	}()
	return f
}

// abandon lets the readers run to the ends of their sources without a taker.
func (f *feed) abandon() { close(f.abandoned) }

func (f *feed) put(it item) {
	select {
	case f.items <- it:
	case <-f.abandoned:
	}
}

// readStream reads a standard stream and cuts it at the markers.
func (f *feed) readStream(s source, r io.Reader, nonce string) {
	c := newCutter(nonce)
	buf := make([]byte, maxChunk)
	for {
		n, err := r.Read(buf)
		at := time.Now()
		c.cut(buf[:n], func(p piece) {
			f.put(item{source: s, at: at, data: append([]byte(nil), p.data...), marker: p.kind, run: p.run})
		})
		if err == nil {
			continue
		}
		it := item{source: s, at: at, data: c.rest()}
		if errors.Is(err, process.ErrOutputOpen) {
			it.err = err
		}
		if len(it.data) > 0 || it.err != nil {
			f.put(it)
		}
		return
	}
}

// readFrames reads the frames until their end or until they are damaged, and
// closes r.
func (f *feed) readFrames(r io.ReadCloser) {
	defer r.Close()
	d := newDecoder(r)
	for {
		m, err := d.next()
		if err == nil {
			f.put(item{source: sourceFrames, at: time.Now(), message: m})
			continue
		}
		f.put(item{source: sourceFrames, err: err})
		_, _ = io.Copy(io.Discard, r) // damaged frames do not block the process
		return
	}
}

func (s source) stream() notebook.Stream {
	if s == sourceStderr {
		return notebook.Stderr
	}
	return notebook.Stdout
}
