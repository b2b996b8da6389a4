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
	Kind            string // EndOK and so on
	Message         string // of a panic
	Trace           string // the stack of the panic as Go prints it
	Shared          string // an earlier cell whose goroutines were alive meanwhile
}

func (e *End) append(b []byte) []byte {
	for _, n := range []uint64{e.Run, e.Wall, e.User, e.Sys, e.Goroutines, e.MaxRSS} {
		b = binary.AppendUvarint(b, n)
	}
	for _, s := range []string{e.Kind, e.Message, e.Trace, e.Shared} {
		b = appendString(b, s)
	}
	return b
}

// run runs one cell and reports its begin and its end.
func (s *session) run(label string) {
	s.runs++
	s.labels = append(s.labels, label)
	_, shared := s.alive()
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
	if shared == "" {
		shared = left
	}
	end.Run, end.Goroutines, end.Shared = uint64(s.runs), own, shared
	if s.runs == 1 {
		end.MaxRSS = peakRSS()
	}
	s.frames.send(KindEnd, end.append(nil))
}

// execute runs the cell in a goroutine of its own and waits for it.
func (s *session) execute(label string) *End {
	cell, ok := s.cells[label]
	if !ok {
		return &End{Kind: EndUnknown}
	}
	end := &End{Kind: EndGoexit} // until body knows better
	done := make(chan struct{})
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
	total := s.meter.total
	end.Wall, end.User, end.Sys = uint64(total.wall), uint64(total.user), uint64(total.sys)
	return end
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
	if cell.Run != nil {
		cell.Run()
	}
	end.Kind = EndOK
}
