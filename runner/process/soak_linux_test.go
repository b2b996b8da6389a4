//go:build soak

package process_test

import (
	"context"
	"os"
	"sync"
	"testing"
)

// Many families at once, killed and ended: none survives.
func TestFamiliesSoak(t *testing.T) {
	for range 10 {
		var children sync.WaitGroup
		life := newLifeline(t)
		for i := range 30 {
			children.Go(func() {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				cmd := self(t, "family", []string{"group", "session", "orphan"}[i%3])
				if i%2 == 0 {
					cmd.Args = append(cmd.Args, "wait")
				}
				cmd.ExtraFiles = []*os.File{life.w}
				c := start(t, ctx, cmd)
				ready(t, c)
				cancel()
				finish(t, c)
			})
		}
		children.Wait()
		life.awaitDeath(t)
	}
}

// No program that goes on is ever found asleep: 500 runs and more, on a machine
// that has other things to do.
func TestNotAsleepSoak(t *testing.T) {
	for range 46 {
		var programs sync.WaitGroup
		for name := range waiting {
			programs.Go(func() { testAwake(t, name) })
		}
		programs.Wait()
	}
}
