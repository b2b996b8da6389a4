package renderer

import (
	"strings"
	"testing"
	"time"

	"notebook"
)

// cellOf parses a note of one cell, with the options and code given.
func cellOf(t *testing.T, code string) *notebook.Cell {
	t.Helper()
	note, diagnostics := notebook.Parse("note.md", []byte("```go\n"+code+"\n```\n"))
	if len(diagnostics) > 0 || len(note.Cells) != 1 {
		t.Fatalf("%d cells, %v", len(note.Cells), diagnostics)
	}
	return note.Cells[0]
}

func ended(outcome notebook.Outcome, expected bool) *notebook.CellRun {
	return &notebook.CellRun{Started: true, Finished: &notebook.Finished{Outcome: outcome, Expected: expected}}
}

func TestHeadline(t *testing.T) {
	exit := ended(notebook.Exit, false)
	exit.Finished.ExitCode = 3
	killed := ended(notebook.Killed, false)
	killed.Finished.Signal = "SIGSEGV"
	late := ended(notebook.OK, true)
	late.Problems = []notebook.Problem{{Line: 2, Severity: notebook.Error, Message: "boom"}}
	limit := ended(notebook.Limit, true)
	limit.Finished.Limit = "memory"
	race := notebook.Verdict{Kind: notebook.RaceVerdict, Found: true, Text: "data race"}
	raced, crashed := ended(notebook.OK, false), ended(notebook.Fatal, false)
	raced.Verdicts, crashed.Verdicts = []notebook.Verdict{race}, []notebook.Verdict{race}
	tests := []struct {
		code string
		run  *notebook.CellRun
		want string
	}{
		{"x()", ended(notebook.OK, true), ""},
		{"//| expect: panic\nx()", ended(notebook.OK, false), "ended well, which was not expected"},
		{"x()", ended(notebook.Panic, false), "panic"},
		{"//| expect: deadlock\nx()", ended(notebook.Deadlock, true), "deadlock, as expected"},
		{"//| error: true\nx()", ended(notebook.Timeout, true), "timed out, accepted here"},
		{"x()", ended(notebook.Mismatch, false), "output differs"},
		{"x()", ended(notebook.CompileError, false), "does not compile"},
		{"x()", ended(notebook.Fatal, false), "fatal error"},
		{"x()", ended(notebook.Stuck, false), "stuck"},
		{"x()", exit, "exit status 3"},
		{"x()", killed, "killed by SIGSEGV"},
		{"//| expect: limit\nx()", limit, "memory limit, as expected"},
		{"//| race: true\nx()", raced, "race found"},
		{"//| race: true\nx()", crashed, "fatal error, race found"},
		{"x()", &notebook.CellRun{Started: true}, "interrupted"},
		{"x()", &notebook.CellRun{NotRun: &notebook.NotRun{Reason: "why"}}, "not run: why"},
		{"x()", &notebook.CellRun{NotRun: &notebook.NotRun{}}, "not run"},
		{"x()", late, "a goroutine of this cell crashed later"},
		{"//| error: true\nx()", late, "a goroutine of this cell crashed later, accepted here"},
		{"x()", &notebook.CellRun{NotRun: &notebook.NotRun{Reason: "needs cell 1", Needs: []string{"cell-1"}}}, "not run: needs cell 1"},
	}
	for _, test := range tests {
		if got := headline(cellOf(t, test.code), test.run); got != test.want {
			t.Errorf("%s after %v: %q, want %q", test.code, test.run.Outcome(), got, test.want)
		}
	}
}

// A cell that its author only wants compiled says so once.
func TestHeadlineOfCompileOnly(t *testing.T) {
	c := cellOf(t, "x()")
	c.Mode = notebook.CompileOnly
	tests := map[string]string{
		"compiled, not run (no_run)": "compiled, not run",
		"an earlier cell failed":     "not run: an earlier cell failed",
	}
	for reason, want := range tests {
		if got := headline(c, &notebook.CellRun{NotRun: &notebook.NotRun{Reason: reason}}); got != want {
			t.Errorf("%s: %q, want %q", reason, got, want)
		}
	}
}

func TestOmitted(t *testing.T) {
	tests := []struct {
		cut, dropped int64
		want         string
	}{
		{0, 0, ""},
		{2000, 0, "2,000 bytes of output are not shown: the page leaves out the middle of long output."},
		{0, 3000, "3,000 bytes of output are not shown: after these lines the limit of the run was reached."},
		{2000, 3000, "5,000 bytes of output are not shown: 2,000 bytes in the middle, too much for a page, and 3,000 bytes after these lines, above the limit of the run."},
	}
	for _, test := range tests {
		if got := omitted(test.cut, test.dropped); got != test.want {
			t.Errorf("%d cut, %d dropped: %q, want %q", test.cut, test.dropped, got, test.want)
		}
	}
}

func TestHint(t *testing.T) {
	tests := map[string]string{
		"did you mean a<b?":                            "did you mean a&lt;b?",
		"write ```go ignore":                           "write <code>```go ignore</code>",
		"write ```go without braces":                   "write <code>```go</code> without braces",
		"set `timeout: 2s`, or `expect: timeout` here": "set <code>timeout: 2s</code>, or <code>expect: timeout</code> here",
		"a ` alone":                                    "a ` alone",
	}
	for hint, want := range tests {
		var b strings.Builder
		markup{&b}.hint(hint)
		if got := b.String(); got != "<p class=hint>hint: "+want+"</p>" {
			t.Errorf("%q: %s", hint, got)
		}
	}
}

func TestShowTiming(t *testing.T) {
	tests := []struct {
		name, code string
		outcome    notebook.Outcome
		wall       time.Duration
		started    bool
		want       bool
	}{
		{"trivial", "x()", notebook.OK, 999 * time.Microsecond, true, false},
		{"worth it", "x()", notebook.OK, time.Millisecond, true, true},
		{"after a mismatch", "x()", notebook.Mismatch, time.Second, true, true},
		{"how long a deadlock took to see", "x()", notebook.Deadlock, time.Second, true, false},
		{"asked for", "//| timing: true\nx()", notebook.Deadlock, time.Microsecond, true, true},
		{"refused", "//| timing: false\nx()", notebook.OK, time.Second, true, false},
		{"never started", "//| timing: true\nx()", notebook.CompileError, 0, false, false},
	}
	for _, test := range tests {
		r := ended(test.outcome, true)
		r.Started, r.Finished.Wall = test.started, test.wall
		if got := showTiming(cellOf(t, test.code), r); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestShownLines(t *testing.T) {
	plain := cellOf(t, "a := 1\nb := 2\n_, _ = a, b")
	checked := cellOf(t, "fmt.Println(1)\n\n// Output:\n// 1")
	fenced := cellOf(t, "//| echo: fenced\nfmt.Println(1)\n\n// Output:\n// 1")
	program := cellOf(t, "package main\n\nfunc main() {\n\tprintln()\n\t// Output:\n\t// 1\n}")
	tests := []struct {
		cell *notebook.Cell
		line int
		want int
	}{
		{plain, 1, 1},
		{plain, 3, 3},
		{plain, 0, 0},
		{plain, -4, 0},
		{plain, 4, 0},
		{checked, 1, 1},
		{checked, 3, 0},
		{checked, 4, 0},
		{fenced, 0, 0},
		{fenced, 1, 3},
		{fenced, 4, 6},
		{fenced, 5, 0},
		{program, 4, 4},
		{program, 5, 0},
		{program, 6, 0},
		{program, 7, 5},
		{program, 8, 0},
	}
	for _, test := range tests {
		if got := findShownLines(test.cell).at(test.line); got != test.want {
			t.Errorf("line %d of %q: %d, want %d", test.line, test.cell.Code, got, test.want)
		}
	}
}

func TestFenced(t *testing.T) {
	tests := []struct{ name, note, want string }{
		{"plain", "```go {#x}\n//| echo: fenced\nf()\n```\ntext", "```go {#x}\n//| echo: fenced\nf()\n```"},
		{"in a list", "- a\n\n  ~~~go\n  f()\n\n  // Output: 1\n  ~~~\n", "~~~go\nf()\n\n// Output: 1\n~~~"},
		{"in a quote", "> ```go\n> if x {\n> \tf()\n> }\n> ```\n", "```go\nif x {\n\tf()\n}\n```"},
		{"without end", "```go\nf()", "```go\nf()"},
	}
	for _, test := range tests {
		note, _ := notebook.Parse("note.md", []byte(test.note))
		if got := fenced(note, note.Cells[0]); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestShortenDiff(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"all is shown", " a\n-b\n+c\n d\n", " a\n-b\n+c\n d\n"},
		{
			"far lines are counted", " 1\n 2\n 3\n 4\n-x\n 5\n 6\n 7\n 8\n 9\n 10\n+y\n 11\n 12\n 13\n 14\n",
			".… 2 equal lines …\n 3\n 4\n-x\n 5\n 6\n.… 2 equal lines …\n 9\n 10\n+y\n 11\n 12\n.… 2 equal lines …\n",
		},
		{"one line is not worth a count", " 1\n 2\n 3\n-x\n", " 1\n 2\n 3\n-x\n"},
		{"empty lines", "-\n+a\n", "-\n+a\n"},
	}
	for _, test := range tests {
		var got strings.Builder
		for _, l := range shortenDiff(parseDiff(test.in)) {
			if l.sign == 0 {
				l.sign = '.'
			}
			got.WriteString(string(l.sign) + l.text + "\n")
		}
		if got.String() != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got.String(), test.want)
		}
	}
	long := shortenDiff(parseDiff(strings.Repeat("-x\n", maxDiffRows+5)))
	if len(long) != maxDiffRows+1 || long[maxDiffRows].text != "… 5 more lines …" {
		t.Errorf("%d lines, the last %q", len(long), long[len(long)-1].text)
	}
}

func TestProcessor(t *testing.T) {
	tests := map[string]string{
		"Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz": "Intel Xeon Platinum 8370C",
		"AMD EPYC 7763 64-Core Processor":               "AMD EPYC 7763 64-Core",
		"Apple M2 Pro":                                  "Apple M2 Pro",
		"":                                              "arm64",
	}
	for name, want := range tests {
		if got := processor(notebook.Start{CPU: name, Arch: "arm64"}); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
