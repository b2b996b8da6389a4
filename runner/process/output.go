package process

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

// An Output is the reading end of a child's standard output or error. It is
// closed by the Read that reports its end.
type Output struct {
	file *os.File
	done chan struct{} // closed at the end

	mu   sync.Mutex
	last bool // only what is in the pipe already is still read
	left int  // how many bytes that can be
	err  error
}

func newOutput(f *os.File) *Output { return &Output{file: f, done: make(chan struct{})} }

// A pipe holds at most this many bytes: what a dead child may have left in it.
const pipeSize = 1 << 20

// drainWait bounds the wait for bytes that are in the pipe already.
const drainWait = 20 * time.Millisecond

// Read implements io.Reader. It returns [ErrOutputOpen] in place of io.EOF when
// the child has ended and a process it left behind keeps the output open.
func (o *Output) Read(p []byte) (int, error) {
	for {
		size, last, err := o.prepare(len(p))
		if err != nil {
			return 0, err
		}
		n, err := o.file.Read(p[:size])
		if n > 0 {
			o.consume(n)
			return n, nil
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			if !last {
				continue // the output was cut meanwhile: look into the pipe
			}
			err = ErrOutputOpen
		}
		return 0, o.finish(err)
	}
}

// prepare returns how much the next read may take, and whether it is limited
// to what is in the pipe already.
func (o *Output) prepare(size int) (_ int, last bool, _ error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.err != nil:
		return 0, false, o.err
	case !o.last:
		return size, false, nil
	case o.left <= 0:
		return 0, true, o.finishLocked(ErrOutputOpen)
	}
	_ = o.file.SetReadDeadline(time.Now().Add(drainWait))
	return min(size, o.left), true, nil
}

func (o *Output) consume(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.left -= n
}

func (o *Output) finish(err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.finishLocked(err)
}

// finishLocked records the first end of the output; o.mu is held.
func (o *Output) finishLocked(err error) error {
	if o.err == nil {
		o.err = err
		_ = o.file.Close()
		close(o.done)
	}
	return o.err
}

// cut makes the output end once what is in the pipe has been read.
func (o *Output) cut() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return
	}
	o.last, o.left = true, pipeSize
	// A Read that waits now waits for somebody else than the dead child.
	_ = o.file.SetReadDeadline(time.Now())
}

// Close closes the output before its end; a Read that waits returns.
func (o *Output) Close() error {
	_ = o.finish(io.EOF)
	return nil
}
