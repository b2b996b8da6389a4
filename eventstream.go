package notebook

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// maxEventLine bounds the memory that reading one event takes. A line holds at
// most one write of a cell, and runners pass writes on in small pieces.
const maxEventLine = 100 << 20

// WriteEvent writes e as one line of an event stream. It makes one call of
// Write, so that a line is never interleaved with another writer's.
func WriteEvent(w io.Writer, e Event) error {
	line, err := e.MarshalJSON()
	if err != nil {
		return fmt.Errorf("write event: %w", err)
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write event: %w", err)
	}
	return nil
}

// ReadEvents reads an event stream, one JSON object a line; empty lines are
// skipped. The sequence ends at the end of r or with the first error, which
// names the line. Lines of more than 100 MB are an error.
func ReadEvents(r io.Reader) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		lines := bufio.NewReaderSize(r, 64<<10)
		for number := 1; ; number++ {
			line, readErr := readLine(lines, maxEventLine)
			if readErr != nil && !errors.Is(readErr, io.EOF) {
				yield(Event{}, fmt.Errorf("event stream, line %d: %w", number, readErr))
				return
			}
			if line = bytes.TrimSpace(line); len(line) > 0 {
				var e Event
				if err := e.UnmarshalJSON(line); err != nil {
					yield(Event{}, fmt.Errorf("event stream, line %d: %w", number, err))
					return
				}
				if !yield(e, nil) {
					return
				}
			}
			if readErr != nil {
				return
			}
		}
	}
}

var errLongLine = errors.New("line too long")

// readLine returns the next line with its line end. At the end of r it returns
// what is left together with io.EOF.
func readLine(r *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for {
		piece, err := r.ReadSlice('\n')
		if len(line)+len(piece) > limit {
			return nil, errLongLine
		}
		line = append(line, piece...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// marshal is json.Marshal without the escapes that only HTML needs: programs
// print < and > a lot, and a stream should stay readable.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
