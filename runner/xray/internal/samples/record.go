package samples

import (
	"bytes"
	"context"
	_ "embed" // for the source
	"fmt"
	"runtime"
	"runtime/trace"

	"notebook/runner/xray"
)

// Region is the name of the region that wraps the program.
const Region = "notebook cell sample"

// Note is the base name of the file that holds the programs.
const Note = "programs.go"

// Source is the text of that file.
//
//go:embed programs.go
var Source string

// A Sample is a program to record.
type Sample struct {
	Name string
	Run  func(*Recording)
}

// A Recording is what a program may do to the recording of itself.
type Recording struct {
	after []func()
}

// Stop ends the recording before the program ends.
func (r *Recording) Stop() { trace.Stop() }

// After calls f when the recording has ended, to end what the program left
// running.
func (r *Recording) After(f func()) { r.after = append(r.after, f) }

// Record runs a program in a goroutine of its own, under the tracer, and
// returns the trace.
func Record(s Sample) ([]byte, error) {
	var data bytes.Buffer
	runtime.GC() // so that none begins by chance
	if err := trace.Start(&data); err != nil {
		return nil, fmt.Errorf("record %s: %w", s.Name, err)
	}
	var r Recording
	done := make(chan struct{})
	go func() {
		defer close(done)
		region := trace.StartRegion(context.Background(), Region)
		defer region.End()
		defer trace.Log(context.Background(), xray.EndCategory, "")
		s.Run(&r)
	}()
	<-done
	runtime.Gosched() // goroutines that are about to end do so
	trace.Stop()
	for _, f := range r.after {
		f()
	}
	return data.Bytes(), nil
}
