//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// A command that does not look at its context is killed a while after the first
// signal.
func TestSignalGrace(t *testing.T) {
	guard := make(chan os.Signal, 1) // should withSignals not watch, the test fails and lives
	signal.Notify(guard, syscall.SIGTERM)
	defer signal.Stop(guard)
	killed := make(chan struct{}, 2)
	ctx, stop := withSignals(t.Context(), func() { killed <- struct{}{} })
	defer stop()
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	<-ctx.Done()
	<-killed
}
