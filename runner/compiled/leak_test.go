package compiled

import (
	"strings"
	"testing"

	"notebook"
)

const leakyNote = "```go\nshared := make(chan int)\n```\n" +
	"```go\nown := make(chan int)\nfor range 3 {\n\tgo func() { own <- 1 }()\n}\n<-own\n```\n" +
	"```go\nown := make(chan int)\ngo func() {\n\ttime.Sleep(50 * time.Millisecond)\n\town <- 1\n}()\nselect {\ncase <-own:\ncase <-time.After(time.Millisecond):\n}\n```\n" +
	"```go\ngo func() { shared <- 1 }()\n```\n" +
	"```go\nshared\n```\n" +
	"```go\npackage main\n\nfunc main() {\n\tfor range 2 {\n\t\tgo func() { select {} }()\n\t}\n}\n```\n" +
	"```go\nos.Exit(3)\n```\n"

// Leaks are proved in cells and in programs, in both ways to build, for the
// cell whose goroutines they are.
func TestLeaks(t *testing.T) {
	tests := []struct {
		cells []string
		want  string
	}{
		{[]string{"cell-2"}, "cell-2: 2 goroutines are blocked for ever: chan send at line 7 | 7 chan send, starts a goroutine"},
		{[]string{"cell-3"}, "cell-3: 1 goroutine is blocked for ever: chan send at line 15 | 13 starts a goroutine | 15 chan send"},
		{[]string{"cell-2", "cell-1", "cell-4"}, "cell-4: nothing found"}, // all that is left is cell-2's
		{[]string{"cell-6"}, "cell-6: 2 goroutines are blocked for ever: select (no cases) at line 33 | 33 select (no cases), starts a goroutine"},
		{[]string{"cell-7"}, ""}, // nobody is left to look
	}
	for _, way := range []string{"direct", "go build"} {
		env := newWarmEnv(t, nil)
		env.engine.indirect = way == "go build"
		o := open(t, env.engine, env.Env, parseNote(t, leakyNote))
		for i, test := range tests {
			if way == "go build" && i > 0 {
				break // the rest does not depend on the way
			}
			if got := o.check(t, notebook.LeakVerdict, test.cells...); got != test.want {
				t.Errorf("%s: %v:\n%s, want\n%s", way, test.cells, got, test.want)
			}
		}
	}
}

// Go 1.26 has the profile as an experiment, beside those that the user chose;
// later versions have it always.
func TestExperiment(t *testing.T) {
	tests := []struct{ version, experiment, want string }{
		{"go1.26.8", "", "goroutineleakprofile"},
		{"go1.26", "jsonv2", "jsonv2,goroutineleakprofile"},
		{"go1.27.1", "", ""},
		{"go1.27", "jsonv2", "jsonv2"},
	}
	for _, test := range tests {
		tools := &toolchain{vars: map[string]string{"GOVERSION": test.version, "GOEXPERIMENT": test.experiment}}
		changed, err := leakVariant.in(tools)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(changed.environ[0], "GOEXPERIMENT="); got != test.want {
			t.Errorf("%s: %q, want %q", test.version, got, test.want)
		}
	}
}
