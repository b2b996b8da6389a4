package runner

import (
	"time"

	"notebook"
)

// A stream numbers and dates the events of a run.
type stream struct {
	note  string
	sink  Sink
	begin time.Time
	seq   int64
	err   error // of the sink: the run is at its end
}

func newStream(note string, sink Sink) *stream {
	return &stream{note: note, sink: sink, begin: time.Now()}
}

func (s *stream) elapsed() time.Duration { return time.Since(s.begin) }

// send completes an event and passes it on.
func (s *stream) send(e notebook.Event) error {
	s.seq++
	e.Seq, e.Time, e.Note = s.seq, s.elapsed(), s.note
	err := s.sink(e)
	if err != nil {
		s.err = err
	}
	return err
}

// of returns a sink for the events of an engine that belong to no run of a cell.
func (s *stream) of(engine notebook.EngineName) Sink {
	return func(e notebook.Event) error {
		e.Engine = string(engine)
		return s.send(e)
	}
}
