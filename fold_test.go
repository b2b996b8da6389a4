package notebook_test

import (
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"notebook"
)

// TestFold compares results with what is written in testdata/fold: each
// archive holds a note, a stream and the result.
func TestFold(t *testing.T) {
	files, err := filepath.Glob("testdata/fold/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			data := map[string]string{}
			for _, f := range archive.Files {
				data[f.Name] = string(f.Data)
			}
			n, _ := notebook.Parse("note.md", []byte(data["note.md"]))
			events := readAll(t, strings.NewReader(data["events.jsonl"]))
			got := dumpResult(n, notebook.Fold(n, slices.Values(events)))
			if *update {
				archive.Files[len(archive.Files)-1].Data = []byte(got)
				writeArchive(t, file, archive)
				return
			}
			if diff := cmp.Diff(data["result"], got); diff != "" {
				t.Errorf("wanted -, got +:\n%s", diff)
			}
		})
	}
}

func dumpResult(n *notebook.Note, r *notebook.Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "ran=%t build=%s date=%s outcome=%s failed=%d/%d\n",
		r.Ran, r.Build, r.Start.Date.Format(time.RFC3339), r.End.Outcome, r.End.Failed, r.End.Cells)
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "problem %s\n", p.Message)
	}
	for _, c := range n.Cells {
		for _, run := range r.Cells[c.Label] {
			fmt.Fprintf(&b, "%s engine=%s run=%d started=%t outcome=%s\n", c.Label, run.Engine, run.Run, run.Started, run.Outcome())
			for _, w := range run.Outputs {
				fmt.Fprintf(&b, "\t%s %q at=%s goroutine=%d late=%t\n", w.Stream, w.Data, w.At, w.Goroutine, w.Late)
			}
			for _, d := range run.Displays {
				fmt.Fprintf(&b, "\tdisplay %s %q\n", d.MIME, d.Data)
			}
			for _, v := range run.Recorded {
				fmt.Fprintf(&b, "\trecorded %s %s\n", v.Name, v.Value)
			}
			for _, p := range run.Problems {
				fmt.Fprintf(&b, "\tproblem %d:%d %s\n", p.Line, p.Col, p.Message)
			}
			for _, r := range run.Repeated {
				fmt.Fprintf(&b, "\trepeated %+v expected=%t\n", r, r.Expected())
			}
			if run.Compared != nil {
				fmt.Fprintf(&b, "\tcompared %+v\n", *run.Compared)
			}
			if run.NotRun != nil {
				fmt.Fprintf(&b, "\tnot run: %s %v fails=%t\n", run.NotRun.Reason, run.NotRun.Needs, run.NotRun.Fails)
			}
		}
	}
	for i := range n.Claims {
		c := r.Claims[i+1]
		fmt.Fprintf(&b, "claim %s: %s, measured %s\n", c.Predicate, c.Result, c.Measured)
	}
	for i := range n.Values {
		v := r.Values[i+1]
		fmt.Fprintf(&b, "value %s: %s\n", v.Expression, v.Text)
	}
	if extra := len(r.Cells) - len(n.Cells); extra > 0 {
		fmt.Fprintf(&b, "%d cells that the note does not have\n", extra)
	}
	return b.String()
}

// TestFoldKeepsEvents checks that joining writes does not change the events,
// which may be folded again.
func TestFoldKeepsEvents(t *testing.T) {
	n, _ := notebook.Parse("note.md", []byte("```go\nx\n```\n"))
	data := make([]byte, 1, 100)
	data[0] = 'a'
	write := func(data []byte) notebook.Event {
		return notebook.Event{Cell: "cell-1", Body: notebook.Written{Stream: notebook.Stdout, Data: data}}
	}
	events := []notebook.Event{write(data), write([]byte("b"))}
	for range 2 {
		r := notebook.Fold(n, slices.Values(events))
		if got := string(r.Cells["cell-1"][0].Outputs[0].Data); got != "ab" {
			t.Errorf("got %q", got)
		}
	}
	if got := string(data[:2]); got != "a\x00" {
		t.Errorf("the first event became %q", got)
	}
}

func TestFoldNothing(t *testing.T) {
	n, _ := notebook.Parse("note.md", []byte("```go\nx\n```\n"))
	r := notebook.Fold(n, iter.Seq[notebook.Event](func(func(notebook.Event) bool) {}))
	if r.Ran || r.Cells["cell-1"] != nil {
		t.Errorf("got %+v", r)
	}
}
