package notebook_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"notebook"
)

// everyTimeline is a timeline with every field set.
func everyTimeline() notebook.Timeline {
	return notebook.Timeline{
		Version: notebook.TimelineVersion, Procs: 2, Wall: 900, Cut: 800, Goroutines: 3, Events: 77, Peak: 2, PeakRunning: 1, Preempted: 4,
		Totals: map[notebook.State]time.Duration{notebook.Running: 500, notebook.Sleeping: 40},
		Lanes: []notebook.Lane{
			{
				ID: 18, Name: "cell", End: 900,
				Slices: []notebook.Slice{
					{Start: 0, End: 10, State: notebook.Running, Proc: 0, Line: 7},
					{Start: 10, End: 300, State: notebook.Sending, Proc: -1, Line: 9},
					{Start: 300, End: 310, State: notebook.Ready, Proc: -1},
					{Start: 400, End: 400, State: notebook.Running, Proc: 1},
					{Start: 400, End: 900, State: notebook.Receiving, Proc: -1, Mixed: 200},
				},
				Regions: []notebook.Region{{Name: "boil <>", Start: 20, End: 40}},
				Logs:    []notebook.LogEntry{{At: 30, Text: "kettle: on"}},
			},
			{ID: 19, Parent: 18, Name: "worker #1", Line: 9, Born: 5, End: 5, Alive: true},
		},
		Groups: []notebook.Group{{
			Name: "line 9", Line: 9, Goroutines: 300,
			Columns: []notebook.Columns{{State: notebook.Running, Counts: []float64{0, 1.25, 300}}},
		}},
		Wakes:   []notebook.Wake{{At: 10, From: 18, To: 19, Kind: notebook.BySend, Line: 9}, {At: 11, From: 19, To: 18, Kind: notebook.ByOther}},
		GC:      []notebook.Span{{Start: 100, End: 200}},
		Running: []notebook.Step{{At: 0, Count: 1}, {At: 10, Count: 0}},
	}
}

func TestTimelineRoundTrip(t *testing.T) {
	for name, want := range map[string]notebook.Timeline{"every field": everyTimeline(), "zero": {}} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got notebook.Timeline
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: wanted -, got +:\n%s", name, diff)
		}
	}
}

func TestTimelineForm(t *testing.T) {
	lane, err := json.Marshal(everyTimeline().Lanes[0])
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":18,"name":"cell",` +
		`"regions":[{"name":"boil \u003c\u003e","start_ns":20,"end_ns":40}],"logs":[{"at_ns":30,"text":"kettle: on"}],` +
		`"slices":[[0,"running",7,0],[10,"send",9],[300,"ready"],[310],[400,"running",0,1],[400,"receive",0,-1,200],[900]]}`
	if diff := cmp.Diff(want, string(lane)); diff != "" {
		t.Errorf("wanted -, got +:\n%s", diff)
	}
}

func TestLaneRoundTripOfRandomSlices(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	states := []notebook.State{notebook.Running, notebook.Ready, notebook.Locking}
	for range 500 {
		want := notebook.Lane{ID: r.Int64(), Born: time.Duration(r.IntN(2)), End: time.Duration(r.IntN(9))}
		at := time.Duration(0)
		for range r.IntN(6) {
			at += time.Duration(r.IntN(3))
			s := notebook.Slice{Start: at, State: states[r.IntN(3)], Proc: r.IntN(3) - 1, Line: r.IntN(2), Mixed: time.Duration(r.IntN(2))}
			at += time.Duration(r.IntN(3))
			s.End = at
			want.Slices = append(want.Slices, s)
		}
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got notebook.Lane
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: wanted -, got +:\n%s", data, diff)
		}
	}
}

func TestLaneRefusesBrokenSlices(t *testing.T) {
	for _, slices := range []string{
		`[[5,"running"],[4]]`, `[[5,"running"]]`, `["x"]`, `[["a"]]`, `[[1,2],[3]]`, `[[1,"running","x"],[3]]`, `7`,
	} {
		var lane notebook.Lane
		if err := json.Unmarshal([]byte(`{"slices":`+slices+`}`), &lane); err == nil {
			t.Errorf("%s: read as %v", slices, lane)
		}
	}
}
