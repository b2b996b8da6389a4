package notebook

import (
	"bytes"
	"time"
)

// What a result keeps of the output of a run. An output that changes between
// streams very often is many pieces.
const (
	maxHead   = 1 << 20 // bytes from the start
	maxTail   = 64 << 10
	headPiece = 1500
	tailPiece = 500
	maxLines  = 200 // of which the time is kept
)

// A LeftOut says what a result does not keep of a long output. The zero value
// means that nothing is missing.
type LeftOut struct {
	Index int // of the entry of Outputs before which it stood
	Bytes int64
	Lines int // that ended or began in it and of which nothing is kept
}

func (l *LeftOut) add(data []byte) {
	l.Bytes += int64(len(data))
	l.Lines += bytes.Count(data, []byte("\n"))
}

// An OutputLine says when a line of a run's output was begun, and by which
// goroutine.
type OutputLine struct {
	Output    int // index of its entry of Outputs
	Offset    int // of its first byte in the entry's data
	At        time.Duration
	Goroutine int64 // 0: not known
}

// An outputFold keeps the head and the tail of what a run writes.
type outputFold struct {
	head, tail           []Written
	headBytes, tailBytes int
	leftOut              LeftOut
	lines                []OutputLine // of the head, the first ones
}

// add appends output.
func (f *outputFold) add(w Written) {
	if len(f.tail) == 0 {
		w = f.addHead(w)
	}
	if len(w.Data) == 0 {
		return
	}
	f.tail = join(f.tail, w)
	f.tailBytes += len(w.Data)
	if f.tailBytes > 2*maxTail || len(f.tail) > 2*tailPiece {
		f.trim()
	}
}

// addHead puts as much as fits into the head and returns the rest.
func (f *outputFold) addHead(w Written) (rest Written) {
	n := min(len(w.Data), maxHead-f.headBytes)
	if n == 0 || len(f.head) == headPiece && !joins(f.head[headPiece-1], w) {
		return w
	}
	head := w
	head.Data, w.Data = w.Data[:n], w.Data[n:]
	f.head = join(f.head, head)
	f.headBytes += n
	f.addLines(head)
	return w
}

// addLines notes the lines that begin in w, the last that came to the head.
func (f *outputFold) addLines(w Written) {
	last := len(f.head) - 1
	data := f.head[last].Data
	for at := len(data) - len(w.Data); at < len(data) && len(f.lines) < maxLines; {
		if at == 0 || data[at-1] == '\n' {
			f.lines = append(f.lines, OutputLine{last, at, w.At, w.Goroutine})
		}
		next := bytes.IndexByte(data[at:], '\n')
		if next < 0 {
			return
		}
		at += next + 1
	}
}

// trim shortens the tail to what is kept.
func (f *outputFold) trim() {
	for len(f.tail) > tailPiece || f.tailBytes-len(f.tail[0].Data) >= maxTail {
		f.leftOut.add(f.tail[0].Data)
		f.tailBytes -= len(f.tail[0].Data)
		f.tail = f.tail[1:]
	}
	if n := f.tailBytes - maxTail; n > 0 {
		first := &f.tail[0]
		f.leftOut.add(first.Data[:n])
		first.Data = bytes.Clone(first.Data[n:])
		f.tailBytes -= n
	}
}

// result returns what is kept and what is not.
func (f *outputFold) result() ([]Written, LeftOut) {
	if len(f.tail) == 0 {
		return f.head, LeftOut{}
	}
	if len(f.head)+len(f.tail) > headPiece+tailPiece || f.tailBytes > maxTail || f.leftOut.Bytes > 0 {
		f.trim()
	}
	if f.leftOut.Bytes == 0 {
		return append(join(f.head, f.tail[0]), f.tail[1:]...), LeftOut{}
	}
	out := f.leftOut
	out.Index = len(f.head)
	if last := f.head[len(f.head)-1].Data; last[len(last)-1] != '\n' && out.Lines > 0 {
		out.Lines-- // the rest of a line that is shown
	}
	return append(f.head, f.tail...), out
}

// join appends output, joined with the output before it where both went to one
// stream. Joined output of several goroutines belongs to none of them.
func join(outputs []Written, w Written) []Written {
	if n := len(outputs); n > 0 && joins(outputs[n-1], w) {
		last := &outputs[n-1]
		last.Data = append(last.Data, w.Data...)
		if last.Goroutine != w.Goroutine {
			last.Goroutine = 0
		}
		return outputs
	}
	w.Data = bytes.Clone(w.Data) // later writes are appended to it
	return append(outputs, w)
}

func joins(a, b Written) bool { return a.Stream == b.Stream && a.Late == b.Late }
