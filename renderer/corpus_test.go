package renderer_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"notebook"
	"notebook/renderer"
)

const hostileDir = "../testdata/hostile"

// payloads returns texts that try to run, to load or to leave their place.
func payloads(t testing.TB) []string {
	t.Helper()
	var list []string
	for line := range strings.Lines(readHostile(t, "payloads.txt")) {
		payload, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		list = append(list, payload)
	}
	return list
}

// colorFlood is too much to stand in every place: cells write it.
var colorFlood = strings.Repeat("\x1b[31ma\x1b[42m", 5_000)

func readHostile(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(hostileDir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// payloadPage returns the page of a note that holds a payload wherever a note
// can hold text, and whose cells wrote it, displayed it and failed with it.
func payloadPage(t testing.TB, payload string) string {
	t.Helper()
	inNote := payload
	if payload == colorFlood {
		inNote = "flood"
	}
	source := strings.ReplaceAll(readHostile(t, "contexts.md"), "PAYLOAD", inNote)
	note, diagnostics := notebook.Parse("note.md", []byte(source))
	run := &notebook.CellRun{
		Engine: payload, Started: true,
		Outputs: []notebook.Written{
			{Stream: notebook.Stdout, Data: []byte("a " + payload + "\n" + payload)},
			{Stream: notebook.Stderr, Data: []byte(payload)},
			{Stream: notebook.Stdout, Data: []byte(payload), Late: true},
		},
		Displays: []notebook.Displayed{
			{MIME: "text/plain", Data: []byte(payload)},
			{MIME: "text/html", Data: []byte(payload)},
			{MIME: "image/svg+xml", Data: []byte(payload)},
			{MIME: payload, Data: []byte(payload)},
		},
		Problems: []notebook.Problem{{Severity: notebook.Error, Message: payload, Hint: payload, Trace: payload, Line: 1}},
		Traced:   &notebook.Traced{Timeline: payloadTimeline(payload)},
		Lines:    []notebook.OutputLine{{}, {Output: 1, Goroutine: 7}, {Output: 2, Goroutine: 8}},
		Finished: &notebook.Finished{Outcome: notebook.Panic},
	}
	cells := map[string][]*notebook.CellRun{}
	for _, c := range note.Cells {
		cells[c.Label] = []*notebook.CellRun{run}
	}
	claims, values := map[int]notebook.Claimed{}, map[int]notebook.Valued{}
	for i := range 3 {
		claims[i] = notebook.Claimed{Result: notebook.ClaimResult([]string{"fails", "error", payload}[i]), Measured: payload, Reason: payload, Hint: payload}
		values[i] = notebook.Valued{Text: []string{payload, "", ""}[i], Failed: i == 1, Reason: payload}
	}
	result := &notebook.Result{Ran: true, Cells: cells, Claims: claims, Values: values, Start: notebook.Start{Go: payload, CPU: payload, Engine: "compiled"}}
	return pageOf(t, note, result, renderer.Assets{
		Links:       map[string]string{"note": payload, "a.md": payload},
		Images:      map[string]renderer.Image{"a.png": {MIME: "image/png", Data: []byte(onePixel)}, payload: {MIME: payload, Data: []byte(payload)}},
		Diagnostics: diagnostics,
	})
}

// payloadTimeline returns a timeline whose names and states are a payload.
func payloadTimeline(payload string) notebook.Timeline {
	state := notebook.State(payload)
	return notebook.Timeline{
		Procs: 2, Wall: 10, Goroutines: 2, Totals: map[notebook.State]time.Duration{state: 7},
		Lanes: []notebook.Lane{
			{
				ID: 7, Name: payload, End: 10, Slices: []notebook.Slice{{End: 10, State: state, Line: 3}},
				Regions: []notebook.Region{{Name: payload, End: 9}}, Logs: []notebook.LogEntry{{At: 3, Text: payload}},
			},
			{ID: 8, Parent: 7, Name: payload, End: 10, Alive: true},
		},
		Wakes: []notebook.Wake{{At: 2, From: 7, To: 8, Kind: notebook.WakeKind(payload)}},
	}
}

// Wherever a payload stands, the page is whole and runs and loads nothing.
func TestPayloads(t *testing.T) {
	for _, payload := range append(payloads(t), colorFlood) {
		t.Run(payload[:min(len(payload), 40)], func(t *testing.T) {
			page := payloadPage(t, payload)
			if !utf8.ValidString(page) || strings.ContainsAny(page, "\x00\x1b\x7f\u0085\u009b") {
				t.Error("the page holds invalid UTF-8 or control characters")
			}
			if !strings.HasSuffix(page, "</body>\n</html>\n") {
				t.Error("the page is not whole")
			}
			d := parsePage(t, page)
			checkFrame(t, d)
			checkPolicy(t, d)
			checkInert(t, d)
			for n := range d.elements("main") {
				if !strings.Contains(text(n), "The end.") {
					t.Error("the end of the note is not in its place")
				}
			}
		})
	}
}
