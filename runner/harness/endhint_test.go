package harness

import (
	"strings"
	"testing"

	"notebook"
)

func TestEndHint(t *testing.T) {
	const meant = "write `expect: panic` if it is meant"
	fatal := notebook.Options{Expect: []notebook.Expectation{{Outcome: notebook.Fatal}}}
	tests := []struct {
		outcome notebook.Outcome
		message string
		opts    notebook.Options
		want    string // how it begins
	}{
		{notebook.Fatal, "concurrent map writes", notebook.Options{}, "several goroutines use this map at once"},
		{notebook.Fatal, "concurrent map iteration and map write", notebook.Options{}, "several goroutines use this map at once"},
		{notebook.Panic, "assignment to entry in nil map", notebook.Options{}, "make the map first; `expect: panic` says that it is meant"},
		{notebook.Panic, "boom", notebook.Options{}, meant},
		{notebook.Deadlock, deadlockMessage, notebook.Options{}, "write `expect: deadlock` if it is meant"},
		{notebook.Fatal, "concurrent map writes", notebook.Options{Error: true}, ""},
		{notebook.Panic, "close of closed channel", fatal, ""},
		{notebook.Timeout, "timed out after 1s", notebook.Options{}, ""},
		{notebook.OK, "", notebook.Options{}, ""},
	}
	for _, test := range tests {
		got := endHint(test.outcome, test.message, test.opts)
		if !strings.HasPrefix(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%s %q: %q, want %q", test.outcome, test.message, got, test.want)
		}
	}
}

func TestLateMessage(t *testing.T) {
	for outcome, want := range map[notebook.Outcome]string{
		notebook.Panic: "panic: boom", notebook.Fatal: "fatal error: boom", notebook.Killed: "boom",
	} {
		if got := lateMessage(outcome, "boom"); got != want {
			t.Errorf("%s: %q", outcome, got)
		}
	}
}
