package harness

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"notebook/runner/harness/inside"
)

// maxMessage bounds a message of several frames.
const maxMessage = 16 << 20

// A message is what the harness in the cell's process sent.
type message struct {
	kind    byte
	payload []byte
}

// A decoder reads messages. Output frames may stand between the frames of
// another message.
type decoder struct {
	r    *bufio.Reader
	part message // frames of a message that is not complete
}

func newDecoder(r io.Reader) *decoder { return &decoder{r: bufio.NewReaderSize(r, 64<<10)} }

// next returns the next message: io.EOF at the end, also where that cuts a
// message, and errFrames when the bytes are no frames.
func (d *decoder) next() (message, error) {
	for {
		var head [inside.FrameHeader]byte
		if _, err := io.ReadFull(d.r, head[:]); err != nil {
			return message{}, end(err)
		}
		kind, more := head[0], head[1]
		size := int(binary.LittleEndian.Uint16(head[2:]))
		if !validKind(kind) || more > 1 || size > inside.MaxFrame-inside.FrameHeader {
			return message{}, errFrames
		}
		payload := make([]byte, size)
		if _, err := io.ReadFull(d.r, payload); err != nil {
			return message{}, end(err)
		}
		if kind == inside.KindOutput {
			return message{kind, payload}, nil
		}
		if d.part.kind != 0 && d.part.kind != kind || len(d.part.payload)+size > maxMessage {
			return message{}, errFrames
		}
		d.part = message{kind, append(d.part.payload, payload...)}
		if more == 0 {
			m := d.part
			d.part = message{}
			return m, nil
		}
	}
}

// end turns the ways in which a pipe can end into one.
func end(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return io.EOF
	}
	return err
}

func validKind(kind byte) bool {
	switch kind {
	case inside.KindBegin, inside.KindEnd, inside.KindDisplay, inside.KindRecord, inside.KindTrace, inside.KindOutput:
		return true
	}
	return false
}

// A payload is read field by field. After a field that is not there, bad is set
// and every field is zero.
type payload struct {
	rest []byte
	bad  bool
}

func (p *payload) number() uint64 {
	n, size := binary.Uvarint(p.rest)
	if size <= 0 {
		p.rest, p.bad = nil, true
		return 0
	}
	p.rest = p.rest[size:]
	return n
}

func (p *payload) text() string {
	n := p.number()
	if p.bad || n > uint64(len(p.rest)) {
		p.rest, p.bad = nil, true
		return ""
	}
	s := string(p.rest[:n])
	p.rest = p.rest[n:]
	return s
}

func (p *payload) byte() byte {
	if len(p.rest) == 0 {
		p.bad = true
		return 0
	}
	b := p.rest[0]
	p.rest = p.rest[1:]
	return b
}

// decodeEnd reads the payload of a KindEnd message.
func decodeEnd(b []byte) (inside.End, error) {
	p := payload{rest: b}
	e := inside.End{
		Run: p.number(), Wall: p.number(), User: p.number(), Sys: p.number(),
		Goroutines: p.number(), MaxRSS: p.number(),
		RunDelay: p.number(), Children: p.number(), Voluntary: p.number(), Involuntary: p.number(),
		Started: p.number(), Threads: p.number(), Objects: p.number(), Bytes: p.number(), Collections: p.number(),
		LatencyMedian: p.number(), LatencyHigh: p.number(),
		Kind: p.text(), Message: p.text(), Trace: p.text(), Shared: p.text(),
	}
	if p.bad {
		return inside.End{}, errFrames
	}
	return e, nil
}
