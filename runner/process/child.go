package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"
)

// openDelay is how long after a child's end its outputs may stay open.
const openDelay = 500 * time.Millisecond

// A Child is a running or ended process.
type Child struct {
	// Stdout and Stderr are the outputs. Both must be read to their ends.
	Stdout, Stderr *Output

	proc         *os.Process
	started      time.Time
	inheritedRSS int64
	ended        chan struct{} // closed when exit and err are set
	cutDone      chan struct{} // closed when the outputs end by themselves
	exit         Exit
	err          error

	mu     sync.Mutex
	reaped bool           // the process id is no longer ours
	killed bool           // by Kill, or asked to end by Quit
	strays map[int]string // names of the processes that it left, by their ids
}

// Pid returns the process id, which is also the id of the process group.
func (c *Child) Pid() int { return c.proc.Pid }

// Started returns when the child was started.
func (c *Child) Started() time.Time { return c.started }

// Done returns a channel that is closed when the child has ended and what was
// left of its group is killed.
func (c *Child) Done() <-chan struct{} { return c.ended }

// Wait waits for the end of the child and returns how it ended. The error is
// not nil only when that could not be found out. The outputs may still hold
// what the child wrote last.
func (c *Child) Wait() (Exit, error) {
	<-c.ended
	return c.exit, c.err
}

// Strays returns the names of the processes that the child left running, in
// alphabetical order: those that still ran when it ended, and, when [Child.Kill]
// ended it, those that had left its group. They are ended too. A process that
// left both the group and the session is a stray of the last child that ends.
// Strays waits for the end of the child; off Linux it returns nothing.
func (c *Child) Strays() []string {
	<-c.ended
	return slices.Sorted(maps.Values(c.strays))
}

// Signal sends a signal to the child alone, not to its group. After the
// child's end it does nothing.
func (c *Child) Signal(sig os.Signal) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reaped {
		return nil
	}
	if err := c.proc.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("signal process %d: %w", c.Pid(), err)
	}
	return nil
}

// Quit asks a Go program for a dump of its goroutines on its standard error,
// and so for its end. The signal goes to the busiest thread where the system
// allows that: its goroutine is the one whose stack would else be missing.
func (c *Child) Quit() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.reaped {
		c.killed = true
		quit(c.proc)
	}
}

// Kill kills the child and its whole group at once, and on Linux also the
// processes that it started and that left the group.
func (c *Child) Kill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.reaped {
		c.killed = true
		c.killFamily()
	}
}

// watch follows the child to its end in goroutines that end with it.
func (c *Child) watch(ctx context.Context, stdin io.Reader, pipe *os.File) {
	stop := context.AfterFunc(ctx, c.Kill)
	if pipe != nil {
		go feed(pipe, stdin)
	}
	go func() {
		state, err := c.reap()
		stop()
		c.sweep()
		closeFile(pipe)
		if err != nil {
			c.err = fmt.Errorf("wait for process %d: %w", c.Pid(), err)
		} else {
			c.exit = c.exitOf(state)
		}
		close(c.ended)
		c.cutOutputs()
	}()
}

// cutOutputs ends the outputs that are still open a while after the end.
func (c *Child) cutOutputs() {
	defer close(c.cutDone)
	delay := time.NewTimer(openDelay)
	defer delay.Stop()
	for _, o := range []*Output{c.Stdout, c.Stderr} {
		select {
		case <-o.done:
		case <-delay.C:
			c.Stdout.cut()
			c.Stderr.cut()
			return
		}
	}
}

// exitOf translates what the system reports about an ended child.
func (c *Child) exitOf(state *os.ProcessState) Exit {
	e := Exit{Code: state.ExitCode(), User: state.UserTime(), Sys: state.SystemTime()}
	if ws, ok := state.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		e.Signal = ws.Signal()
	}
	// A process starts with the peak of the one that forked it.
	if peak := peakOf(state); peak > c.inheritedRSS {
		e.MaxRSS = peak
	}
	return e
}

// feed copies r to the child's input. An error means that the child does not
// want more.
func feed(pipe *os.File, r io.Reader) {
	_, _ = io.Copy(pipe, r)
	closeFile(pipe)
}

// discard waits for a child that nobody will watch.
func (c *Child) discard() {
	_, _ = c.reap()
	c.sweep()
	_ = c.Stdout.Close()
	_ = c.Stderr.Close()
}
