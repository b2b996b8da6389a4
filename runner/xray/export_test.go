package xray

import (
	"io"

	"golang.org/x/exp/trace"

	"notebook"
)

// ReduceEvents reduces events that no trace holds.
func ReduceEvents(o Options, events []trace.Event) *notebook.Timeline {
	r := newRecording(o)
	for _, ev := range events {
		ev := newEvent(ev)
		if err := r.event(&ev); err != nil {
			return r.result(true)
		}
	}
	if r.phase == before {
		return nil
	}
	return r.result(false)
}

// MaxTrace is how many bytes of a trace are read.
const MaxTrace = maxTrace

// ReduceImpatiently reduces a trace for which there is no time.
func ReduceImpatiently(src io.Reader, o Options) (*notebook.Timeline, error) {
	r := newRecording(o)
	r.patience = -1
	err := r.read(src)
	return r.result(err != nil), err
}
