package renderer

import (
	"slices"
	"strings"
	"testing"
	"time"

	"notebook"
)

// TestRepeated asks what stands below a cell with several runs.
func TestRepeated(t *testing.T) {
	const ms = time.Millisecond
	sum := notebook.Repeated{
		Runs: 8, Wanted: 8, Timed: 8, Wall: notebook.Spread{Median: 2 * ms, Low: ms, High: 3 * ms}, CPU: notebook.Spread{Median: ms, Low: ms, High: 2 * ms},
		Ends: []notebook.EndCount{{Outcome: notebook.OK, Expected: true, Runs: 8}}, Distinct: 1, Outputs: []notebook.OutputCount{{Runs: 8, Data: []byte("x")}},
	}
	with := func(change func(*notebook.Repeated)) notebook.Repeated {
		s := sum
		s.Ends = slices.Clone(sum.Ends)
		change(&s)
		return s
	}
	bad := func(outcome notebook.Outcome, message string) func(*notebook.Repeated) {
		return func(r *notebook.Repeated) {
			r.Timed, r.Ends[0].Runs, r.Ends[0].First = 7, 7, 1
			r.Ends = append(r.Ends, notebook.EndCount{Outcome: outcome, Runs: 1, Message: message})
		}
	}
	const times = ", medians with 95 % intervals: 2.00\u00a0ms (1.00\u00a0ms to 3.00\u00a0ms) wall, 1.00\u00a0ms (1.00\u00a0ms to 2.00\u00a0ms) CPU"
	repeat, compare := notebook.Options{Repeat: 8}, notebook.Options{Repeat: 8, Compare: "g"}
	for _, test := range []struct {
		name     string
		options  notebook.Options
		sum      notebook.Repeated
		verdicts []notebook.Verdict
		want     string
	}{
		{"all well", repeat, sum, nil, "8 runs" + times + ", always the same output"},
		{"recorded", repeat, with(func(r *notebook.Repeated) { r.Runs = 9 }), nil, "9 runs (8 timed; recording slowed the first)" + times + ", always the same output"},
		{"few", repeat, with(func(r *notebook.Repeated) { r.Runs, r.Timed, r.Wall.High, r.CPU.High = 2, 2, 0, 0 }), nil, "2 of 8 runs (the time for measuring was over), medians: 2.00\u00a0ms wall, 1.00\u00a0ms CPU, always the same output"},
		{"beside other cells", repeat, with(func(r *notebook.Repeated) { r.CPU = notebook.Spread{} }), nil, "8 runs, medians with 95 % intervals: 2.00\u00a0ms (1.00\u00a0ms to 3.00\u00a0ms) wall, always the same output"},
		{"compared", compare, sum, nil, ""},
		{"compared, different outputs", compare, with(func(r *notebook.Repeated) { r.Distinct = 3 }), nil, "8 further runs: 3 distinct outputs"},
		{"compared without repeat", notebook.Options{Compare: "g"}, with(func(r *notebook.Repeated) { r.Distinct = 3 }), nil, ""},
		{"a panic", repeat, with(bad(notebook.Panic, "boom")), nil, "8 runs (7 timed)" + times + ", always the same output|1 of 8 runs ended with panic: boom"},
		{"a panic when compared", compare, with(bad(notebook.Panic, "boom")), nil, "8 further runs|1 of 8 runs ended with panic: boom"},
		{"another output", repeat, with(bad(notebook.Mismatch, "the output is not what it says")), nil, "8 runs (7 timed)" + times + ", always the same output|1 of 8 runs: the output is not what it says"},
		{"no panic", repeat, with(bad(notebook.OK, "expected panic, but the cell ended with ok")), nil, "8 runs (7 timed)" + times + ", always the same output|1 of 8 runs: expected panic, but the cell ended with ok"},
		{"a race", repeat, with(bad(notebook.OK, "data race: a and b")), []notebook.Verdict{{Kind: notebook.RaceVerdict, Found: true}}, "8 runs (7 timed)" + times + ", always the same output"},
	} {
		t.Run(test.name, func(t *testing.T) {
			cell := &notebook.Cell{Options: test.options}
			v := cellView{page: &page{result: &notebook.Result{}}, cell: cell}
			r := &notebook.CellRun{Repeated: []notebook.Repeated{test.sum}, Verdicts: test.verdicts}
			if got := againWords(v, r); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// againWords returns the paragraphs that a view writes of several runs.
func againWords(v cellView, r *notebook.CellRun) string {
	var b strings.Builder
	v.markup = markup{&b}
	v.repeated(r)
	words, _, _ := strings.Cut(b.String(), "<details")
	var paragraphs []string
	for _, p := range strings.Split(words, "<p")[1:] {
		text, _, _ := strings.Cut(p, "</p>")
		paragraphs = append(paragraphs, text[strings.LastIndex(text, ">")+1:])
	}
	return strings.Join(paragraphs, "|")
}

// TestLeftAlive names cells whose goroutines ran on beside a noisy comparison.
func TestLeftAlive(t *testing.T) {
	cells := []*notebook.Cell{{Label: "quiet"}, {Label: "busy"}, {Label: "alone", Options: notebook.Options{Isolate: true}}, {Label: "last"}, {Label: "later"}}
	result := &notebook.Result{Cells: map[string][]*notebook.CellRun{}}
	for _, c := range cells {
		f := &notebook.Finished{}
		if c.Label != "quiet" {
			f.Goroutines = 1
		}
		result.Cells[c.Label] = []*notebook.CellRun{{Finished: f}}
	}
	v := cellView{page: &page{note: &notebook.Note{Cells: cells}, result: result}, cell: cells[3]}
	if got := v.leftAlive(); !slices.Equal(got, []string{"busy"}) {
		t.Error(got)
	}
}
