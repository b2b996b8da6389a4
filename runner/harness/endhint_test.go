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

// A cell that runs when a goroutine of another one crashes is not at fault.
func TestLeftHint(t *testing.T) {
	const flow = "goroutine 6 [sleep]:\nmain.cellǃ3()\n\tnote.md:43 +0x1c\ncreated by notebook/runner/harness/inside.(*session).execute in goroutine 1\n\tinside/run.go:60 +0x1\n"
	tests := []struct{ culprit, want string }{
		{"main.cellǃ1.func1()\n\tnote.md:12 +0x1c\ncreated by main.cellǃ1 in goroutine 4\n\tnote.md:11 +0x2\n", "a goroutine that cell other left running crashed: let that cell wait for it"},
		{"main.helper()\n\tnote.md:12 +0x1c\nmain.cellǃ3.func1()\n\tnote.md:42 +0x1c\ncreated by main.cellǃ3 in goroutine 6\n\tnote.md:41 +0x2\n", ""},
		{"os.work()\n\tos.go:12 +0x1c\ncreated by os.start in goroutine 4\n\tos.go:11 +0x2\n", ""},
	}
	for _, test := range tests {
		h := reportHost()
		p := newPlace(h.note, h.note.Cell("here"), h.names)
		_, r := parseReport([]byte("panic: boom\n\ngoroutine 5 [running]:\n" + test.culprit + "\n" + flow))
		if got := p.leftHint(r); got != test.want {
			t.Errorf("%q: %q, want %q", test.culprit, got, test.want)
		}
	}
	if got := newPlace(nil, nil, names{}).leftHint(nil); got != "" {
		t.Errorf("without a report: %q", got)
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
