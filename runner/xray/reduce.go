package xray

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/exp/trace"

	"notebook"
)

var (
	errNotTrace = errors.New("not an execution trace of Go 1.26 or newer")
	errNoCell   = errors.New("the cell does not occur in the trace")
	errTooSlow  = errors.New("a trace that takes too long to read")
)

// Reduce reads an execution trace and returns the timeline of the cell in it.
//
// Of a trace that is broken, is longer than 4 MiB or takes ten seconds, the
// timeline tells what has been read: Cut says until when. It is an error if that
// does not reach the beginning of the cell.
func Reduce(r io.Reader, o Options) (*notebook.Timeline, error) {
	rec := newRecording(o)
	broken := rec.read(io.LimitReader(r, maxTrace))
	if rec.phase == before {
		if broken == nil {
			broken = errNoCell
		}
		return nil, fmt.Errorf("reduce trace: %w", broken)
	}
	return rec.result(broken != nil), nil
}

// brief returns an error with the first line of the message of another one: that
// of the reader goes on with all that it knows.
func brief(err error) error {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return errors.New(clip(text))
}

// read adds the events of a trace. Asking forged events for what they hold may
// panic; that is an error like others.
func (r *recording) read(src io.Reader) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = brief(fmt.Errorf("broken trace: %v", v))
		}
	}()
	in := bufio.NewReader(src)
	if err := checkVersion(in); err != nil {
		return err
	}
	events, err := trace.NewReader(in)
	if err != nil {
		return brief(err)
	}
	start := time.Now()
	for batch, err := range ahead(events) {
		if err != nil {
			return err
		}
		for i := range batch {
			if err := r.event(&batch[i]); err != nil {
				return err
			}
		}
		if time.Since(start) > r.patience {
			return errTooSlow
		}
	}
	return nil
}

// checkVersion refuses what older versions of Go recorded: other formats, which
// no toolchain that runs cells writes.
func checkVersion(in *bufio.Reader) error {
	head, err := in.Peek(len("go 1.26 trace"))
	var minor int
	if err != nil {
		return errNotTrace
	}
	if n, err := fmt.Sscanf(string(head), "go 1.%d trace", &minor); n != 1 || err != nil || minor < 26 {
		return errNotTrace
	}
	return nil
}
