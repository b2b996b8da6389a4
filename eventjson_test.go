package notebook_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"notebook"
)

// everyEvent holds an event of every kind, with every field set.
func everyEvent() []notebook.Event {
	header := notebook.Event{Seq: 7, Time: 1500 * time.Microsecond, Note: "dir/a.md", Cell: "pool", Engine: "compiled", Run: 2}
	bodies := []notebook.Body{
		notebook.Start{
			Format: 1, Notebook: "v1", Go: "go1.26.8", OS: "linux", Arch: "amd64", CPU: "A CPU <1>", Cores: 2,
			GOMAXPROCS: 2, Date: time.Date(2026, 11, 22, 20, 0, 0, 5, time.UTC), Engine: "compiled",
		},
		notebook.Built{Compile: 3, Link: 4, Cached: true},
		notebook.Started{Line: 3, EndLine: 9},
		notebook.Written{Stream: notebook.Stderr, Data: []byte("a <b> & \u2028 \x1b[1m\n"), At: 9, Goroutine: 18, Late: true},
		notebook.Written{Stream: notebook.Stdout, Data: []byte("half \xe4\xb8")},
		notebook.Displayed{MIME: "text/plain", Data: []byte(`"quoted"`)},
		notebook.Displayed{MIME: "image/png", Data: []byte("\x89PNG\x00")},
		notebook.Recorded{Name: "total", Value: json.RawMessage(`[1,2.5,"x"]`)},
		notebook.Problem{
			File: "a.md", Line: 3, Col: 2, Severity: notebook.Error, Message: "close of closed channel",
			Hint: "look", Trace: "goroutine 1 [running]:\n\tf  a.md:3",
		},
		notebook.Finished{
			Outcome: notebook.Killed, Expected: true, Text: "text", ExitCode: 3, Signal: "SIGKILL", Limit: "memory",
			Measurement: notebook.Measurement{
				Wall: 10, User: 5, Sys: 2, CPU: 7, Parallelism: 0.7, MaxRSS: 1 << 20, Goroutines: 4,
				Shared: "other", Dropped: 99, Replayed: []string{"a", "b"},
			},
		},
		notebook.Verdict{
			Kind: notebook.RaceVerdict, Found: true, Proved: true, Text: "two goroutines",
			Positions: []notebook.VerdictPlace{{Line: 4, Col: 2, Role: "write"}},
		},
		notebook.Traced{Timeline: everyTimeline(), Cost: 0.04, Honesty: 1.02, Busy: true},
		notebook.Repeated{
			Runs: 19, Wanted: 20, Procs: 4, Timed: 17,
			Ends: []notebook.EndCount{{Outcome: notebook.OK, Expected: true, Runs: 17}, {Outcome: notebook.Panic, Runs: 2, First: 7, Message: "boom"}},
			Wall: notebook.Spread{Median: 10, Low: 9, High: 12}, CPU: notebook.Spread{Median: 19},
			Distinct: 3, Outputs: []notebook.OutputCount{{Runs: 16, Data: []byte("a <b>\n"), Cut: 7}, {Runs: 2, First: 3, Data: []byte("half \xe4\xb8")}},
		},
		notebook.Compared{
			Group: "waiting", Cores: 2, Rounds: 8, Wanted: 10, Winner: 1,
			Models: []notebook.ComparedModel{
				{Cell: "a", Model: "sequential", Procs: 1, Runs: 8, Wall: notebook.Spread{Median: 4, Low: 3, High: 5}, Relation: notebook.RelationBase},
				{Cell: "b", Model: "goroutines", Runs: 7, Unexpected: 1, Speedup: notebook.Quotient{Value: 2, Low: 1.5, High: 2.5}, Relation: notebook.RelationFaster},
			},
			Control: &notebook.Control{Model: 1, Runs: 8, Quotient: notebook.Quotient{Value: 1.01}},
			Noise:   []notebook.Noise{notebook.NoisyControl}, Serial: &notebook.Serial{Procs: 2, Share: 0.25, Low: -0.1, High: 0.5},
			Absent: []notebook.Absent{{Cell: "c", Model: "threads", Reason: "it ended with panic"}},
		},
		notebook.NotRun{Reason: "needs cell a", Needs: []string{"a"}, Fails: true},
		notebook.Claimed{
			Text: "Waiting overlaps.", Predicate: "wall() < 1s", Measured: "0.5 < 1", Result: notebook.ClaimUndecided,
			Reason: "too close", Hint: "repeat", Line: 7, Col: 4, Number: 1,
		},
		notebook.Valued{Expression: "len(xs)", Text: "3", Failed: true, Reason: "panic", Hint: "check", Line: 7, Col: 4, Number: 2},
		notebook.End{Outcome: "failed", Cells: 5, Failed: 1, Wall: 12, Claims: &notebook.ClaimCounts{Held: 1, Failed: 2, Undecided: 3, NotApplicable: 4}},
	}
	events := make([]notebook.Event, len(bodies))
	for i, body := range bodies {
		events[i] = header
		events[i].Body = body
	}
	return events
}

func TestEventRoundTrip(t *testing.T) {
	events := everyEvent()
	events = append(events,
		notebook.Event{Body: notebook.Started{}},
		notebook.Event{Note: "a.md", Cell: "x", Body: notebook.Finished{}},
		notebook.Event{Note: "a.md", Engine: "yaegi", Body: notebook.Problem{Message: "no engine"}},
		notebook.Event{Body: notebook.Unknown{Kind: "foreseen"}},
	)
	var stream bytes.Buffer
	for _, e := range events {
		if err := notebook.WriteEvent(&stream, e); err != nil {
			t.Fatal(err)
		}
	}
	first := stream.String()
	got := readAll(t, &stream)
	if diff := cmp.Diff(events, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("wanted -, got +:\n%s", diff)
	}
	var again bytes.Buffer
	for _, e := range got {
		if err := notebook.WriteEvent(&again, e); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(first, again.String()); diff != "" {
		t.Errorf("a stream that was read is written differently:\n%s", diff)
	}
}

func TestEventFields(t *testing.T) {
	for _, test := range []struct {
		name  string
		event notebook.Event
		want  string
	}{
		{
			"header first, then the body",
			notebook.Event{Seq: 1, Time: 5, Note: "a.md", Cell: "c", Engine: "yaegi", Body: notebook.Started{Line: 2, EndLine: 3}},
			`{"event":"started","seq":1,"t_ns":5,"note":"a.md","cell":"c","engine":"yaegi","run":0,"line":2,"end_line":3}`,
		},
		{
			"no run without a cell",
			notebook.Event{Seq: 1, Note: "a.md", Engine: "compiled", Body: notebook.Built{Compile: 1, Link: 2}},
			`{"event":"built","seq":1,"t_ns":0,"note":"a.md","engine":"compiled","compile_ns":1,"link_ns":2,"cached":false}`,
		},
		{
			"text stays readable",
			notebook.Event{Body: notebook.Written{Stream: notebook.Stdout, Data: []byte("<&>\n"), At: 1}},
			`{"event":"output","seq":0,"t_ns":0,"note":"","stream":"stdout","text":"<&>\n","at_ns":1}`,
		},
		{
			"bytes as base64",
			notebook.Event{Body: notebook.Written{Stream: notebook.Stderr, Data: []byte{0xff}, Late: true}},
			`{"event":"output","seq":0,"t_ns":0,"note":"","stream":"stderr","base64":"/w==","at_ns":0,"late":true}`,
		},
		{
			"no output",
			notebook.Event{Body: notebook.Displayed{MIME: "text/plain"}},
			`{"event":"display","seq":0,"t_ns":0,"note":"","mime":"text/plain","text":""}`,
		},
		{
			"an unknown event",
			notebook.Event{Body: notebook.Unknown{Kind: "verdict"}},
			`{"event":"verdict","seq":0,"t_ns":0,"note":""}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b strings.Builder
			if err := notebook.WriteEvent(&b, test.event); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want+"\n", b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWriteEventErrors(t *testing.T) {
	if err := notebook.WriteEvent(io.Discard, notebook.Event{}); err == nil {
		t.Error("an event without a body was written")
	}
	bad := notebook.Event{Body: notebook.Recorded{Name: "x", Value: json.RawMessage("{")}}
	if err := notebook.WriteEvent(io.Discard, bad); err == nil {
		t.Error("a value that is not JSON was written")
	}
	want := errors.New("full")
	err := notebook.WriteEvent(failingWriter{want}, notebook.Event{Body: notebook.Started{}})
	if !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestReadEvents(t *testing.T) {
	started := `{"event":"started","seq":1,"t_ns":0,"note":"a.md","cell":"c","run":0,"line":1,"end_line":1}`
	long := fmt.Sprintf(`{"event":"output","cell":"c","stream":"stdout","text":%q}`, strings.Repeat("x", 1<<20))
	for _, test := range []struct {
		name, stream string
		events       int
		err          string
	}{
		{"nothing", "", 0, ""},
		{"empty lines", "\n" + started + "\r\n \n\n" + started + "\n", 2, ""},
		{"no line end", started, 1, ""},
		{"unknown field", `{"event":"started","new":{"a":[1]}}`, 1, ""},
		{"unknown event", `{"event":"new","cell":"c"}` + "\n" + started, 2, ""},
		{"a long line", long + "\n" + started + "\n", 2, ""},
		{"broken off", started + "\n" + started[:40], 1, "event stream, line 2: "},
		{"no JSON", "hello\n" + started, 0, "event stream, line 1: "},
		{"no event", "{}\n", 0, `event without the field "event"`},
		{"wrong type", `{"event":"started","line":"x"}`, 0, "read event started: "},
		{"an array", "[1]\n", 0, "event stream, line 1: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := 0
			var got error
			for _, err := range notebook.ReadEvents(strings.NewReader(test.stream)) {
				if got = err; err == nil {
					n++
				}
			}
			if n != test.events {
				t.Errorf("%d events, want %d", n, test.events)
			}
			if (got == nil) != (test.err == "") || got != nil && !strings.Contains(got.Error(), test.err) {
				t.Errorf("got error %v, want %q", got, test.err)
			}
		})
	}
}

// TestReadEventsLimit checks that a line without an end does not fill memory.
func TestReadEventsLimit(t *testing.T) {
	for _, err := range notebook.ReadEvents(endless{}) {
		if err == nil || !strings.Contains(err.Error(), "line too long") {
			t.Errorf("got %v", err)
		}
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestReadEventsStops checks that a reader may stop early.
func TestReadEventsStops(t *testing.T) {
	for e, err := range notebook.ReadEvents(strings.NewReader("{\"event\":\"started\"}\nno JSON\n")) {
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := e.Body.(notebook.Started); ok {
			break
		}
	}
}

func readAll(t *testing.T, r io.Reader) []notebook.Event {
	t.Helper()
	var events []notebook.Event
	for e, err := range notebook.ReadEvents(r) {
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

// FuzzReadEvents checks that what was read is written and read again the same.
func FuzzReadEvents(f *testing.F) {
	var stream bytes.Buffer
	for _, e := range everyEvent() {
		if err := notebook.WriteEvent(&stream, e); err != nil {
			f.Fatal(err)
		}
	}
	for line := range bytes.Lines(stream.Bytes()) {
		f.Add(slices.Clone(line))
	}
	f.Add(stream.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		var written bytes.Buffer
		var events []notebook.Event
		for e, err := range notebook.ReadEvents(bytes.NewReader(data)) {
			if err != nil {
				break
			}
			if err := notebook.WriteEvent(&written, e); err != nil {
				t.Fatalf("%#v was read but cannot be written: %v", e, err)
			}
			events = append(events, e)
		}
		first := written.String()
		var again bytes.Buffer
		for _, e := range readAll(t, &written) {
			if err := notebook.WriteEvent(&again, e); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(first, again.String()); diff != "" {
			t.Errorf("%d events are written differently after they were read:\n%s", len(events), diff)
		}
	})
}
