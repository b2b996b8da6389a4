package inside

import (
	"encoding/binary"
	"sync"
)

// Descriptors of a session process.
const (
	FrameFD   = 3 // frames to the parent
	RequestFD = 4 // labels of the cells to run, each followed by a newline, or by a space and RequestTrace before that
)

// RequestTrace asks for a recording of the run.
const RequestTrace = "trace"

// Kinds of messages. A message is one frame or several: a frame is the kind,
// a byte that is 1 when more frames of the message follow, the length of its
// part of the payload as two bytes, least significant first, and that part.
// Payloads are unsigned varints and strings, a string being its length and its
// bytes.
const (
	KindBegin   = 'b' // run, user ns, system ns
	KindEnd     = 'e' // see End
	KindDisplay = 'd' // MIME type, data
	KindRecord  = 'r' // name, JSON
	KindTrace   = 't' // run, execution trace
	KindOutput  = 'o' // run, descriptor, 1 when late, goroutine, ns since the run's start, and the bytes; always one frame
)

// FrameHeader is the size of what stands before a frame's payload.
const FrameHeader = 4

// MaxFrame is the size of the largest frame. A pipe takes that much at once or
// not at all, so that frames of several goroutines never mix.
const MaxFrame = 4096

// frames writes messages to the parent.
type frames struct {
	mu sync.Mutex // held for one message; output needs none
}

// send writes a message. An error means that the parent is gone, and then this
// process goes too.
func (f *frames) send(kind byte, payload []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var frame [MaxFrame]byte
	for {
		n := copy(frame[FrameHeader:], payload)
		payload = payload[n:]
		putHeader(frame[:], kind, len(payload) > 0, n)
		if !writeAll(FrameFD, frame[:FrameHeader+n]) || len(payload) == 0 {
			return
		}
	}
}

func putHeader(frame []byte, kind byte, more bool, size int) {
	frame[0], frame[1] = kind, 0
	if more {
		frame[1] = 1
	}
	binary.LittleEndian.PutUint16(frame[2:], uint16(size))
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// writeAll writes p to a descriptor, without the scheduler's knowledge of files.
func writeAll(fd int, p []byte) bool {
	for len(p) > 0 {
		n, err := write(fd, p)
		if err != nil {
			return false
		}
		p = p[n:]
	}
	return true
}
