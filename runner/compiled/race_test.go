package compiled

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"notebook"
	"notebook/runner"
)

// needRaceDetector skips the test where programs cannot be built with it.
func needRaceDetector(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("the race detector needs a C compiler:", err)
	}
}

// check builds a note for verdicts of one kind, runs some of its cells in one
// process, and returns the verdict about the last one.
func (o opened) check(t *testing.T, kind notebook.VerdictKind, labels ...string) string {
	t.Helper()
	checked, err := o.session.(runner.Checker).Check(t.Context(), kind, func(notebook.Event) error { return nil })
	if err != nil {
		return err.Error()
	}
	defer func() {
		if err := checked.Close(); err != nil {
			t.Error(err)
		}
	}()
	var owner *notebook.Cell
	if last := o.note.Cell(labels[len(labels)-1]); last.Program || last.Options.Isolate {
		owner = last
	}
	p, err := checked.Start(t.Context(), owner)
	if err != nil {
		return err.Error()
	}
	var verdicts []string
	for _, label := range labels {
		err := p.Run(t.Context(), o.note.Cell(label), time.Minute, func(e notebook.Event) error {
			if v, ok := e.Body.(notebook.Verdict); ok && v.Kind == kind {
				verdicts = append(verdicts, e.Cell+": "+describeVerdict(v))
			}
			return nil
		})
		if err != nil && !errors.Is(err, runner.ErrProcessEnded) {
			t.Fatal(err)
		}
	}
	closeProcess(t, p)
	return strings.Join(verdicts, "\n")
}

func describeVerdict(v notebook.Verdict) string {
	if !v.Found {
		return "nothing found"
	}
	text := v.Text
	for _, at := range v.Positions {
		text += fmt.Sprintf(" | %d %s", at.Line, at.Role)
	}
	return text
}

const racyNote = "```go\nn := 0\nvar mu sync.Mutex\n```\n" +
	"```go\ndone := make(chan bool)\ngo func() { n++; close(done) }()\nn++\n<-done\n```\n" +
	"```go\ndone := make(chan bool)\ngo func() { mu.Lock(); n++; mu.Unlock(); close(done) }()\nmu.Lock()\nn++\nmu.Unlock()\n<-done\n```\n" +
	"```go\npackage main\n\nfunc main() {\n\tn := 0\n\tdefer func() { println(n) }()\n\tdone := make(chan bool)\n\tgo func() { n = 1; close(done) }()\n\tn = 2\n\t<-done\n}\n```\n" +
	"```go\nf := func() { n = 3 }\ngo f()\n```\n" +
	"```go\n//| env: {GORACE: halt_on_error=1 exitcode=3}\ndone := make(chan bool)\ngo func() { n++; close(done) }()\nn++\n<-done\n```\n" +
	"```go\nlate := 0\ngo func() { time.Sleep(5 * time.Millisecond); late++ }()\nlate++\n```\n" +
	"```go\npackage main\n\nimport \"time\"\n\nfunc main() {\n\tlate := 0\n\tgo func() { time.Sleep(5 * time.Millisecond); late++ }()\n\tlate++\n}\n```\n"

// Races are found in cells and in programs, each in its own cell.
func TestRaces(t *testing.T) {
	needRaceDetector(t)
	tests := []struct {
		cells []string
		want  string
	}{
		{[]string{"cell-1", "cell-2"}, "cell-2: data race: goroutines read and write at lines 7 and 8, and nothing orders that | 7 read, write, starts a goroutine | 8 read, write"},
		{[]string{"cell-1", "cell-3"}, "cell-3: nothing found"},
		{[]string{"cell-1", "cell-2", "cell-3"}, "cell-3: nothing found"},
		{[]string{"cell-4"}, "cell-4: data race: goroutines write at lines 26 and 27, and nothing orders that | 26 write, starts a goroutine | 27 write"},
		{[]string{"cell-6"}, "cell-6: data race"},
		{[]string{"cell-7"}, "cell-7: data race"}, // after the end of the cell,
		{[]string{"cell-8"}, "cell-8: data race"}, // or of main
	}
	for _, way := range []string{"direct", "go build"} {
		env := newWarmEnv(t, nil)
		env.engine.indirect = way == "go build"
		o := open(t, env.engine, env.Env, parseNote(t, racyNote))
		for i, test := range tests {
			if way == "go build" && i > 0 {
				break // the rest does not depend on the way
			}
			// Which access comes first, and so which pairs are seen, is chance.
			got := o.check(t, notebook.RaceVerdict, test.cells...)
			if found, _, _ := strings.Cut(test.want, ":"); !strings.HasPrefix(got, found) || strings.Contains(got, "data race") != strings.Contains(test.want, "data race") {
				t.Errorf("%s: %v: %s, want %s", way, test.cells, got, test.want)
			}
		}
	}
}

// A build for races is kept like any other.
func TestRaceBuildIsKept(t *testing.T) {
	needRaceDetector(t)
	env := newWarmEnv(t, nil)
	for i, want := range []map[string]int{{"go list": 1, "compile": 2, "link": 1}, {}} {
		o := open(t, env.engine, env.Env, parseNote(t, "```go\nx := 1\n_ = x\n```\n"))
		env.counts.since()
		if got := o.check(t, notebook.RaceVerdict, "cell-1"); got != "cell-1: nothing found" {
			t.Fatal(got)
		}
		if got := env.counts.since(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("build %d: tools %v, want %v", i+1, got, want)
		}
	}
}

// Without a C compiler, or for a system that the detector does not know, the
// reason is told.
func TestRaceNotChecked(t *testing.T) {
	for _, test := range []struct{ cc, want string }{
		{"no-such-compiler", "not checked: no C compiler"},
		{"/no/such/compiler -O2", "not checked: no C compiler"},
	} {
		env := newWarmEnv(t, nil)
		env.engine.config.Environ = append(os.Environ(), "CC="+test.cc)
		o := open(t, env.engine, env.Env, parseNote(t, racyNote))
		if got := o.check(t, notebook.RaceVerdict, "cell-1"); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// A memory limit of a note is four times as high under the race detector, and
// at least 4 GiB: its tables take several times the memory of the program.
func TestRaceMemory(t *testing.T) {
	needRaceDetector(t)
	env := newWarmEnv(t, nil)
	env.Memory = 128 * notebook.MiB
	o := open(t, env.engine, env.Env, parseNote(t, "```go\nheld := make([]byte, 150<<20)\nfor i := 0; i < len(held); i += 4096 {\n\theld[i] = 1\n}\n```\n"))
	if got := cmp.Or(o.check(t, notebook.RaceVerdict, "cell-1"), "none"); got != "cell-1: nothing found" {
		t.Error(got)
	}
}
