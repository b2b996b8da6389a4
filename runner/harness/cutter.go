package harness

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"

	"notebook/runner/harness/inside"
)

// A cutter finds the markers in the bytes of a standard stream. Markers of one
// process count up, so that a copy of an old one is no marker.
type cutter struct {
	prefix []byte // what every marker begins with
	tail   []byte // bytes that may be the beginning of a marker
}

// newCutter returns a cutter for markers with that nonce; without one there are
// no markers.
func newCutter(nonce string) *cutter {
	if nonce == "" {
		return &cutter{}
	}
	return &cutter{prefix: append([]byte{0}, nonce...)}
}

// A piece is output, or a marker when kind is not 0.
type piece struct {
	data []byte
	kind byte // inside.KindBegin or inside.KindEnd
	run  uint64
}

// cut calls yield for each piece of what has come so far. The data are valid
// during the call only.
func (c *cutter) cut(data []byte, yield func(piece)) {
	if c.prefix == nil {
		if len(data) > 0 {
			yield(piece{data: data})
		}
		return
	}
	if len(c.tail) > 0 {
		data = append(c.tail, data...)
		c.tail = nil
	}
	for len(data) > 0 {
		i := bytes.Index(data, c.prefix)
		if i < 0 {
			i = len(data) - partial(data, c.prefix)
		}
		if i > 0 {
			yield(piece{data: data[:i]})
		}
		data = data[i:]
		if len(data) < inside.MarkerSize {
			break
		}
		m, ok := marker(data[:inside.MarkerSize])
		if !ok { // the nonce, but no marker
			yield(piece{data: data[:1]})
			data = data[1:]
			continue
		}
		yield(m)
		data = data[inside.MarkerSize:]
	}
	c.tail = bytes.Clone(data)
}

// rest returns what was held back, at the end of the stream.
func (c *cutter) rest() []byte {
	tail := c.tail
	c.tail = nil
	return tail
}

// partial returns the length of the longest end of data with which prefix
// begins.
func partial(data, prefix []byte) int {
	for n := min(len(data), len(prefix)-1); n > 0; n-- {
		if bytes.HasPrefix(prefix, data[len(data)-n:]) {
			return n
		}
	}
	return 0
}

func marker(b []byte) (piece, bool) {
	kind := b[1+inside.NonceSize]
	number, err := hex.DecodeString(string(b[2+inside.NonceSize:]))
	if err != nil || kind != inside.KindBegin && kind != inside.KindEnd {
		return piece{}, false
	}
	return piece{kind: kind, run: uint64(binary.BigEndian.Uint32(number))}, true
}
