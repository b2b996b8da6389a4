package runner_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/runner"
)

// compared is the note whose runs are compared: its cells are ran, checked,
// needs, warned and quiet.
const compared = "```go {#ran}\n1\n```\n```go {#checked}\n// Output: x\n```\n```go {#needs engine=yaegi}\npackage main\n```\n```go {#warned}\n```\n```go {#quiet}\n```\n"

func TestForAnyEngine(t *testing.T) {
	note, _ := notebook.Parse("note.md", []byte(compared))
	for _, c := range runner.ForAnyEngine(note).Cells {
		if len(c.Options.Engines) > 0 {
			t.Errorf("%s runs under %v", c.Label, c.Options.Engines)
		}
	}
	if note.Cell("needs").Options.Engines == nil {
		t.Error("the note itself changed")
	}
}

func TestCompare(t *testing.T) {
	first := result(map[string]*notebook.CellRun{
		"ran":     ran(notebook.OK, "a\n", "1"),
		"checked": ran(notebook.OK, "b\n", "1"),
		"needs":   ran(notebook.OK, "", ""),
		"warned":  ran(notebook.Exit, "", ""),
		"quiet":   ran(notebook.OK, "same\n", "1"),
	})
	broken := ran(notebook.CompileError, "", "")
	broken.Problems = []notebook.Problem{{Line: 1, Col: 2, Message: "missing"}}
	warned := ran(notebook.OK, "", "")
	warned.Problems = []notebook.Problem{{Severity: notebook.Warning, Message: "may differ"}}
	cells := map[string]*notebook.CellRun{
		"ran":     broken,
		"checked": ran(notebook.OK, "c\n", "2"),
		"needs":   {NotRun: &notebook.NotRun{Reason: "needs cell ran", Needs: []string{"ran"}}},
		"warned":  warned,
		"quiet":   ran(notebook.OK, "same\n", "1"),
	}
	want := `ran refused at 1:2: missing
needs refused at 7:1: needs cell ran
checked value: -1 +2
warned outcome: -exit 0 +ok (warned)
of 5 cells
`
	note, _ := notebook.Parse("note.md", []byte(compared))
	c := runner.Compare(note, first, result(cells))
	if diff := cmp.Diff(want, tellComparison(c)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	again := result(map[string]*notebook.CellRun{"checked": ran(notebook.OK, "b\n", "3"), "warned": ran(notebook.Exit, "z", "")})
	c, unsteady := c.Without(runner.Compare(note, first, again))
	if len(c.Differences) != 1 || c.Differences[0].Cell.Label != "warned" || len(unsteady) != 1 || unsteady[0].Label != "checked" {
		t.Errorf("kept %+v, unsteady %v", c.Differences, unsteady)
	}
}

// result returns the result of a note with these runs.
func result(runs map[string]*notebook.CellRun) *notebook.Result {
	r := &notebook.Result{Ran: true, Cells: map[string][]*notebook.CellRun{}}
	for label, run := range runs {
		r.Cells[label] = []*notebook.CellRun{run, {Run: 1}}
	}
	return r
}

// ran returns the run of a cell that wrote and displayed something.
func ran(outcome notebook.Outcome, stdout, value string) *notebook.CellRun {
	r := &notebook.CellRun{Started: true, Finished: &notebook.Finished{Outcome: outcome}}
	if stdout != "" {
		r.Outputs = []notebook.Written{{Stream: notebook.Stdout, Data: []byte(stdout)}}
	}
	if value != "" {
		r.Displays = []notebook.Displayed{{MIME: "text/plain", Data: []byte(value)}}
	}
	return r
}

func tellComparison(c runner.Comparison) string {
	var b strings.Builder
	for _, r := range c.Refused {
		fmt.Fprintf(&b, "%s refused at %d:%d: %s\n", r.Cell.Label, r.Problem.Line, r.Problem.Col, r.Problem.Message)
	}
	for _, d := range c.Differences {
		warned := ""
		if d.Warning != "" {
			warned = " (warned)"
		}
		fmt.Fprintf(&b, "%s %s: %s%s\n", d.Cell.Label, d.Part, strings.Join(strings.Fields(d.Diff), " "), warned)
	}
	fmt.Fprintf(&b, "of %d cells\n", c.Cells)
	return b.String()
}
