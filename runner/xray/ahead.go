package xray

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"golang.org/x/exp/trace"
)

// Events are handed over in batches: waking the other goroutine for each would
// take longer than the event. There are enough batches for both to work on.
const (
	batchEvents = 2048
	maxBatches  = 8
)

// An event is one of a trace.
type event struct {
	trace.Event
	// task is the one that the event ends. It is asked for where the trace is
	// read: the name that comes with it is in a table that grows while reading.
	task trace.TaskID
}

func newEvent(ev trace.Event) event {
	if ev.Kind() == trace.EventTaskEnd {
		return event{ev, ev.Task().ID}
	}
	return event{Event: ev}
}

// ahead returns the events of a trace, in batches that are valid until the next
// one, and the error that ends it if it does not end well. A goroutine reads
// ahead, since decoding a trace takes as long as reducing it. It has ended when
// the loop over the batches has.
func ahead(events *trace.Reader) iter.Seq2[[]event, error] {
	return func(yield func([]event, error) bool) {
		full, empty := make(chan []event, maxBatches), make(chan []event, maxBatches)
		for range maxBatches {
			empty <- nil
		}
		var broken error
		var reader sync.WaitGroup
		done := make(chan struct{})
		reader.Go(func() {
			defer close(full)
			broken = decode(events, full, empty, done)
		})
		defer reader.Wait()
		defer close(done)
		for batch := range full {
			if !yield(batch, nil) {
				return
			}
			empty <- batch
		}
		if broken != nil {
			yield(nil, broken)
		}
	}
}

// decode fills empty batches with events until the trace ends or done is closed.
func decode(events *trace.Reader, full chan<- []event, empty <-chan []event, done <-chan struct{}) error {
	for {
		select {
		case <-done:
			return nil
		case batch := <-empty:
			batch, err := fill(batch[:0], events)
			full <- batch
			switch {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return brief(err)
			}
		}
	}
}

// fill adds events until the batch is full or there is an error. The reader of
// traces panics where forged ones break what it takes for granted; that is an
// error like others.
func fill(batch []event, events *trace.Reader) (filled []event, err error) {
	filled = batch
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("broken trace: %v", v)
		}
	}()
	for len(filled) < batchEvents {
		ev, err := events.ReadEvent()
		if err != nil {
			return filled, err
		}
		filled = append(filled, newEvent(ev))
	}
	return filled, nil
}
