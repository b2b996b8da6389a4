package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// signalGrace is how long after the first signal the command may take to end.
const signalGrace = time.Second

// withSignals returns a context that the first INT, TERM or HUP cancels; the
// second calls kill, and so does the end of signalGrace: not all work looks at
// its context. A signal that is ignored from outside, as nohup and
// background jobs of a shell do, stays ignored. Stop ends the watching.
func withSignals(ctx context.Context, kill func()) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals, done := make(chan os.Signal, 2), make(chan struct{})
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	go func() {
		var late <-chan time.Time
		for {
			select {
			case <-done:
				return
			case <-signals:
				cancel()
				if late != nil {
					kill()
				}
				late = time.After(signalGrace)
			case <-late:
				kill()
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel()
	}
}

// surviveBrokenPipe makes a write to a closed pipe an error like any other, so
// that "notebook render notes | head -1" still writes every page. Ignoring the
// signal instead would be inherited by the cells.
func surviveBrokenPipe() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }
