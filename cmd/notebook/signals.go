package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// withSignals returns a context that the first INT, TERM or HUP cancels; the
// second calls kill. A signal that is ignored from outside, as nohup and
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
		for count := 0; ; count++ {
			select {
			case <-done:
				return
			case <-signals:
				cancel()
				if count > 0 {
					kill()
				}
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
