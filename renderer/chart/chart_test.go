package chart_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"notebook"
	"notebook/renderer/chart"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// TestGolden compares pictures, and what is said beside them, with those in
// testdata. Each archive holds what is drawn as JSON: a timeline, bars, or a
// curve.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in := archive.Files[0]
			got := drawGolden(t, in.Name, in.Data)
			if *update {
				archive.Files = append(archive.Files[:1], got...)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(archive.Files[1:], got, cmp.Transformer("text", func(b []byte) string { return string(b) })); diff != "" {
				t.Errorf("wanted -, got +:\n%s", diff)
			}
		})
	}
}

var kinds = map[string]func(t *testing.T, data []byte) []txtar.File{
	"timeline.json": func(t *testing.T, data []byte) []txtar.File {
		traced := notebook.Traced{Timeline: decode[notebook.Timeline](t, data), Cost: 0.04, Busy: true}
		o := chart.Options{ID: "cell-1:time", Title: "Timeline of cell 1", Place: place}
		return []txtar.File{
			golden("words", words(traced, o)), golden("strip.svg", lines(chart.Strip(traced.Timeline))),
			golden("timeline.svg", lines(chart.Timeline(traced.Timeline, o))),
		}
	},
	"bars.json": func(t *testing.T, data []byte) []txtar.File {
		o := chart.AxisOptions{ID: "cell-1:bars", Title: "Four models", Desc: "Medians with intervals."}
		return []txtar.File{golden("bars.svg", lines(chart.Bars(decode[[]chart.Bar](t, data), o)))}
	},
	"curve.json": func(t *testing.T, data []byte) []txtar.File {
		o := chart.CurveOptions{AxisOptions: chart.AxisOptions{ID: "cell-1:curve", Title: "Speed-up"}, XName: "GOMAXPROCS", Ideal: 2}
		return []txtar.File{golden("curve.svg", lines(chart.Curve(decode[[]chart.Point](t, data), o)))}
	},
}

func drawGolden(t *testing.T, name string, data []byte) []txtar.File {
	t.Helper()
	draw := kinds[name]
	if draw == nil {
		t.Fatalf("nothing draws %s", name)
	}
	return draw(t, data)
}

// place moves lines as a page does that counts them from the start of a cell.
func place(line int) chart.Place {
	if line > 30 {
		return chart.Place{Words: fmt.Sprintf("cell 2, line %d", line-30)}
	}
	return chart.Place{Words: fmt.Sprintf("line %d", line), Line: line}
}

// words returns what is said beside a timeline.
func words(traced notebook.Traced, o chart.Options) string {
	var b strings.Builder
	for _, s := range chart.Sentences(traced, traced.Timeline.Totals[notebook.Running]*3/4) {
		fmt.Fprintln(&b, strings.ReplaceAll(s, "\u00a0", "~"))
	}
	for _, key := range chart.Legend(traced.Timeline, o) {
		fmt.Fprintf(&b, "legend: %s %s\n", key.Words, key.Swatch)
	}
	rows, more := chart.Lives(traced.Timeline, o)
	for _, life := range rows {
		fmt.Fprintf(&b, "life: %+v\n", life)
	}
	for _, happened := range chart.Occurrences(traced.Timeline, o) {
		fmt.Fprintf(&b, "happened: %+v\n", happened)
	}
	fmt.Fprintf(&b, "%d others; lines %v\n", more, chart.Lines(traced.Timeline))
	return b.String()
}

// lines breaks a picture into lines that can be compared.
func lines(svg string) string { return strings.ReplaceAll(svg, "><", ">\n<") + "\n" }

func golden(name, text string) txtar.File { return txtar.File{Name: name, Data: []byte(text)} }

func decode[T any](t *testing.T, data []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestHeadline(t *testing.T) {
	const ms = 1_000_000
	tests := []struct {
		procs, goroutines int
		running           int // ms of 10
		want              string
	}{
		{2, 0, 0, ""},
		{2, 1, 5, "One goroutine ran, for 50\u00a0% of the time."},
		{2, 2, 12, "2 goroutines, the cell's own included; both could run at once, and on average 1.2 ran."},
		{4, 3, 12, "3 goroutines, the cell's own included; all could run at once, and on average 1.2 ran."},
		{1, 5, 10, "5 goroutines, the cell's own included; only one could run at a time, and on average one ran."},
		{2, 5, 19, "5 goroutines, the cell's own included; at most 2 could run at once, and on average 1.9 ran."},
		{2, 5, 7, "5 goroutines, the cell's own included; at most 2 could run at once, and at times none ran."},
		{2, 4, 3, "4 goroutines, the cell's own included; at most 2 could run at once, and most of the time none ran."},
		{2, 10_002, 0, "10,002 goroutines, the cell's own included; at most 2 could run at once, and nearly all the time none ran."},
		{-1, 2, 100, "2 goroutines, the cell's own included; only one could run at a time, and on average one ran."},
	}
	for _, test := range tests {
		got := chart.Headline(notebook.Timeline{
			Procs: test.procs, Goroutines: test.goroutines, Wall: 10 * ms,
			Totals: map[notebook.State]time.Duration{notebook.Running: time.Duration(test.running * ms)},
		})
		if got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// Of a recording that stopped, a headline says what was seen until then, the
// number of goroutines included.
func TestHeadlineOfPart(t *testing.T) {
	tl := notebook.Timeline{
		Procs: 2, Goroutines: 40_000, Wall: 140 * ms, Cut: 50 * ms,
		Totals: map[notebook.State]time.Duration{notebook.Running: 50 * ms},
	}
	want := "In the first 50.0 ms: 40,000 goroutines, the cell's own included; at most 2 could run at once, and on average one ran."
	if got := chart.Headline(tl); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// BenchmarkTimeline draws the small timelines of testdata, and one that needs
// every level of detail.
func BenchmarkTimeline(b *testing.B) {
	lines := map[string]notebook.Timeline{"hostile": hostile(rand.New(rand.NewPCG(3, 1)))}
	for _, name := range []string{"pool", "parallel", "groups"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			b.Fatal(err)
		}
		var line notebook.Timeline
		if err := json.Unmarshal(archive.Files[0].Data, &line); err != nil {
			b.Fatal(err)
		}
		lines[name] = line
	}
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		b.Run(name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				size = len(chart.Timeline(lines[name], chart.Options{ID: "a", Place: place}))
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

// TestSpanOfGroups checks that on the longer axis of several timelines the areas
// of groups end where the recording does.
func TestSpanOfGroups(t *testing.T) {
	tl := notebook.Timeline{Procs: 2, Wall: time.Second, Goroutines: 200, Groups: []notebook.Group{
		{Name: "line 5", Goroutines: 200, Columns: []notebook.Columns{{State: notebook.Sleeping, Counts: []float64{1, 200}}}},
	}}
	o := chart.Options{ID: "cell-1:time", Title: "Timeline", Place: place, Span: 2 * time.Second}
	if svg := chart.Timeline(tl, o); !strings.Contains(svg, "H500V60z") || strings.Contains(svg, "H1000V60z") {
		t.Errorf("the area ends elsewhere: %s", svg)
	}
}

// Labels of a curve lie within the picture, on the side where nothing else is.
func TestCurveLabels(t *testing.T) {
	tests := []struct {
		name   string
		values []float64 // at 1, 2 and 4 processors
		want   []string  // class and place from top to bottom, of all but the first
	}{
		{"rises slowly", []float64{1, 1.05, 1.18}, []string{"first below", "last above"}},
		{"as fast as can be", []float64{1, 2, 2}, []string{"first below", "last above"}},
		{"falls", []float64{1, 0.91, 0.8}, []string{"first above", "last below"}},
	}
	label := regexp.MustCompile(`<circle class="dot" cx="[^"]*" cy="([^"]*)" r="4"/><text[^<]*</text><text class="value (first|last)" [^>]* y="([^"]*)"`)
	for _, test := range tests {
		var points []chart.Point
		for i, v := range test.values {
			p := chart.Point{X: float64(int(1) << i), Value: v}
			if i > 0 {
				p.Text, p.Low, p.High = fmt.Sprintf("%.2f×", v), v-0.1, v+0.1
			}
			points = append(points, p)
		}
		var got []string
		for _, found := range label.FindAllStringSubmatch(chart.Curve(points, chart.CurveOptions{Ideal: 2}), -1) {
			place := "below"
			if decode[float64](t, []byte(found[3])) < decode[float64](t, []byte(found[1])) {
				place = "above"
			}
			got = append(got, found[2]+" "+place)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
