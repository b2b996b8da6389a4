package notebook_test

import (
	"testing"

	"notebook"
)

func TestExpectationMatches(t *testing.T) {
	three := 3
	for _, test := range []struct {
		name    string
		expect  notebook.Expectation
		outcome notebook.Outcome
		code    int
		message string
		want    bool
	}{
		{"outcome", notebook.Expectation{Outcome: notebook.Panic}, notebook.Panic, 2, "boom", true},
		{"other outcome", notebook.Expectation{Outcome: notebook.Panic}, notebook.OK, 0, "", false},
		{"text", notebook.Expectation{Outcome: notebook.Panic, Text: "closed channel"}, notebook.Panic, 2, "close of closed channel", true},
		{"other text", notebook.Expectation{Outcome: notebook.Panic, Text: "nil map"}, notebook.Panic, 2, "close of closed channel", false},
		{"code", notebook.Expectation{Outcome: notebook.Exit, Code: &three}, notebook.Exit, 3, "exit status 3", true},
		{"other code", notebook.Expectation{Outcome: notebook.Exit, Code: &three}, notebook.Exit, 1, "exit status 1", false},
		{"verdict", notebook.Expectation{Verdict: notebook.RaceVerdict}, "", 0, "", false},
		{"any code", notebook.Expectation{Outcome: notebook.Exit}, notebook.Exit, 1, "exit status 1", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.expect.Matches(test.outcome, test.code, test.message); got != test.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

// TestExpectationString checks that an expectation is written as its author
// wrote it, by writing it into a note again.
func TestExpectationString(t *testing.T) {
	for _, want := range []string{"ok", "compile-error", `panic "closed channel"`, "exit 3", "exit", `exit "status 3"`, `fatal "say \"it\""`, "race", "leak"} {
		n, diagnostics := notebook.Parse("note.md", []byte("```go\n//| expect: "+want+"\nx := 1\n```\n"))
		if len(diagnostics) > 0 {
			t.Fatal(diagnostics)
		}
		if got := n.Cells[0].Options.Expect[0].String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestOutcomes checks that the expectable outcomes are those that a note can
// name.
func TestOutcomes(t *testing.T) {
	for _, o := range []notebook.Outcome{
		notebook.OK, notebook.Mismatch, notebook.CompileError, notebook.Panic, notebook.Fatal,
		notebook.Deadlock, notebook.Stuck, notebook.Timeout, notebook.Limit, notebook.Exit,
		notebook.Killed, notebook.Interrupted, notebook.Skipped, "nonsense",
	} {
		n, _ := notebook.Parse("note.md", []byte("```go\n//| expect: "+string(o)+"\nx := 1\n```\n"))
		c := n.Cells[0]
		if c.Broken == o.Expectable() {
			t.Errorf("%s: expectable %t, broken %t", o, o.Expectable(), c.Broken)
		}
		if o.Expectable() && c.Options.Isolate != o.EndsProcess() {
			t.Errorf("%s: ends process %t, isolate %t", o, o.EndsProcess(), c.Options.Isolate)
		}
	}
}
