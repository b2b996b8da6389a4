package inside

import (
	"encoding/binary"
	"runtime"
)

// Ends of a run, as a KindEnd message names them.
const (
	EndOK      = "ok"
	EndPanic   = "panic"
	EndGoexit  = "goexit"  // runtime.Goexit in the cell's own goroutine
	EndUnknown = "unknown" // the session has no such cell
)

// An End is the payload of a KindEnd message: its fields in this order.
type End struct {
	Run             uint64 // number of the run in this process, from 1
	Wall, User, Sys uint64 // ns
	Goroutines      uint64 // of this cell, still alive
	MaxRSS          uint64 // bytes; 0 unless this was the first run of the process

	RunDelay, Children         uint64 // ns: threads waited for a core; CPU time of child processes
	Voluntary, Involuntary     uint64 // context switches
	Started, Threads           uint64 // goroutines started; threads of the process
	Objects, Bytes             uint64 // allocated
	Collections                uint64
	LatencyMedian, LatencyHigh uint64 // ns that goroutines were ready before they ran: 50 %, 99 %

	Kind    string // EndOK and so on
	Message string // of a panic
	Trace   string // the stack of the panic as Go prints it
	Shared  string // an earlier cell whose goroutines were alive meanwhile
}

func (e *End) append(b []byte) []byte {
	for _, n := range []uint64{
		e.Run, e.Wall, e.User, e.Sys, e.Goroutines, e.MaxRSS,
		e.RunDelay, e.Children, e.Voluntary, e.Involuntary, e.Started, e.Threads,
		e.Objects, e.Bytes, e.Collections, e.LatencyMedian, e.LatencyHigh,
	} {
		b = binary.AppendUvarint(b, n)
	}
	for _, s := range []string{e.Kind, e.Message, e.Trace, e.Shared} {
		b = appendString(b, s)
	}
	return b
}

// run runs one cell and reports its begin and its end.
func (s *session) run(label string, traced bool) {
	s.runs++
	s.labels = append(s.labels, label)
	_, shared := s.alive()
	s.record(traced)
	before := runtime.NumGoroutine()
	used := usage()
	s.mark(KindBegin)
	begin := binary.AppendUvarint(nil, uint64(s.runs))
	begin = binary.AppendUvarint(begin, uint64(used.user))
	s.frames.send(KindBegin, binary.AppendUvarint(begin, uint64(used.sys)))

	end := s.execute(label)
	s.mark(KindEnd) // at once: what comes now is late
	settle(before)
	own, left := s.alive()
	s.finishRecording()
	if leakReport != nil {
		leakReport()
	}
	if shared == "" {
		shared = left
	}
	end.Run, end.Goroutines, end.Shared = uint64(s.runs), own, shared
	if s.runs == 1 {
		end.MaxRSS = peakRSS()
	}
	s.frames.send(KindEnd, end.append(nil))
}

// record begins a recording where one is asked for.
func (s *session) record(traced bool) {
	if !traced {
		s.recording.Store(nil)
		return
	}
	if !s.listening {
		s.listen()
		if atExit != nil {
			atExit(s.finishRecording)
		}
		s.listening = true
	}
	s.recording.Store(record(uint64(s.runs)))
}

// finishRecording ends the recording of the running cell, if there is one.
func (s *session) finishRecording() { s.recording.Load().finish(&s.frames) }

// execute runs the cell in a goroutine of its own and waits for it.
func (s *session) execute(label string) *End {
	cell, ok := s.cells[label]
	if !ok {
		return &End{Kind: EndUnknown}
	}
	end := &End{Kind: EndGoexit} // until body knows better
	done := make(chan struct{})
	delay := runDelay()
	go func() {
		defer func() {
			// From here on this goroutine is not one that the cell left.
			clearLabel()
			close(done)
		}()
		setLabel(label)
		s.meter.reset()
		s.body(cell, end, attribute(s.runs))
	}()
	<-done
	end.RunDelay, end.Threads = max(runDelay(), delay)-delay, threads() // threads that ended take their part along
	end.measured(&s.meter)
	// It was read a little before and after: no thread waited longer than the cell ran.
	end.RunDelay = min(end.RunDelay, end.Wall*end.Threads)
	return end
}

// measured takes over what a meter has added up.
func (e *End) measured(m *meter) {
	e.Wall, e.User, e.Sys = uint64(m.total.wall), uint64(m.total.user), uint64(m.total.sys)
	e.Children, e.Voluntary, e.Involuntary = uint64(m.total.children), uint64(m.total.voluntary), uint64(m.total.involuntary)
	e.Started, e.Objects, e.Bytes, e.Collections = m.count.started, m.count.objects, m.count.bytes, m.count.collections
	e.LatencyMedian, e.LatencyHigh = m.latency.quantile(0.5), m.latency.quantile(0.99)
}

// body measures the cell's function and finds out how it ended. What is written
// from then on is late.
func (s *session) body(cell Cell, end *End, output *mark) {
	defer func() {
		s.meter.stop()
		if v := recover(); v != nil {
			end.fail(v) // may call methods of the cell, which are not late
		}
		output.ended.Store(true)
	}()
	s.meter.start()
	output.start = s.meter.since
	switch {
	case cell.Run == nil:
	case s.recording.Load() != nil:
		region(cell.Run)
	default:
		cell.Run()
	}
	end.Kind = EndOK
}
