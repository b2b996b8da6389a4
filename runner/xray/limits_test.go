package xray_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"notebook"
	"notebook/runner/xray"
	"notebook/runner/xray/internal/samples"
)

func TestErrors(t *testing.T) {
	pool := stored(t)["pool"]
	for _, test := range []struct {
		name, data, region, want string
	}{
		{"empty", "", "x", "not an execution trace"},
		{"text", "this is not a trace at all", "x", "not an execution trace"},
		{"old", "go 1.22 trace\x00\x00\x00", "x", "not an execution trace"},
		{"new", "go 1.99 trace\x00\x00\x00", "x", "version"},
		{"header only", string(pool[:16]), "x", "the cell does not occur"},
		{"another region", string(pool), "x", "the cell does not occur"},
		{"first part cut", string(pool[:len(pool)-9]), "x", "failed to read full batch"},
	} {
		o := options
		o.Region = test.region
		tl, err := xray.Reduce(strings.NewReader(test.data), o)
		if tl != nil || err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, %v", test.name, tl, err)
		}
	}
}

// TestBrokenLater breaks a trace of which the beginning can be read.
func TestBrokenLater(t *testing.T) {
	data := bytes.Clone(stored(t)["contention"])
	for i := range data {
		data[i] ^= 0x55
		tl, err := xray.Reduce(bytes.NewReader(data), options)
		data[i] ^= 0x55
		if err != nil {
			continue
		}
		check(t, tl)
		if tl.Cut > 0 {
			return
		}
	}
	t.Error("no byte broke the trace after the beginning of the cell")
}

// endless repeats the bytes of a trace and counts those that are read.
type endless struct {
	data []byte
	read int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.data[e.read%len(e.data):])
	e.read += n
	return n, nil
}

func TestEndlessTrace(t *testing.T) {
	for name, data := range stored(t) {
		src := &endless{data: data}
		if tl, err := xray.Reduce(src, options); err == nil {
			check(t, tl)
		}
		if src.read > xray.MaxTrace {
			t.Errorf("%s: %d bytes read", name, src.read)
		}
	}
}

// TestReadError gives up where the source does.
func TestReadError(t *testing.T) {
	broken := errors.New("no more")
	data := stored(t)["pool"]
	src := io.MultiReader(bytes.NewReader(data[:2000]), errorReader{broken})
	if tl, err := xray.Reduce(src, options); err == nil {
		t.Errorf("reduced to %+v", tl)
	}
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }

func TestSlowTrace(t *testing.T) {
	data, err := samples.Record(long)
	if err != nil {
		t.Fatal(err)
	}
	tl, err := xray.ReduceImpatiently(bytes.NewReader(data), options)
	if err == nil || tl.Events > len(data)/100 {
		t.Errorf("%d events of %d bytes, %v", tl.Events, len(data), err)
	}
}

// TestForgedTimes gives a cell that takes centuries.
func TestForgedTimes(t *testing.T) {
	s := newScript(t, 2)
	s.block(cell, "sleep", "main.cell note.md:2")
	s.at = 1<<63 - 5000
	s.wake(nobody, cell, "")
	if got := s.reduce(scriptOptions); got.Totals[notebook.Sleeping] > 2000*time.Hour {
		t.Errorf("%v", got.Totals)
	}
}

func TestTrust(t *testing.T) {
	const ms = time.Millisecond
	for _, test := range []struct{ got, want float64 }{
		{xray.Cost(100_000, 200*time.Nanosecond, 100*ms), 0.2},
		{xray.Cost(100, time.Microsecond, 0), 0},
		{xray.Honesty(207*ms, 171*ms, 364*ms), 378.0 / 364},
		{xray.Honesty(5*ms, 0, 0), 0},
	} {
		if test.got < test.want*0.999 || test.got > test.want*1.001 {
			t.Errorf("%v, wanted %v", test.got, test.want)
		}
	}
	for _, test := range []struct {
		cpu, running time.Duration
		want         bool
	}{
		{207 * ms, 364 * ms, true},
		{95 * ms, 100 * ms, false},
		{91 * ms, 100 * ms, false},
		{89 * ms, 100 * ms, true},
		{0, ms / 2, false},
		{0, 0, false},
		{3 * ms, ms, false},
	} {
		if got := xray.Busy(test.cpu, test.running); got != test.want {
			t.Errorf("%v of %v: busy %v", test.cpu, test.running, got)
		}
	}
	if first := xray.EventCost(); first <= 0 || first != xray.EventCost() {
		t.Errorf("an event takes %v, then %v", first, xray.EventCost())
	}
}
