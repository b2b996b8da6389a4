package compiled

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook/runner/harness"
	"notebook/runner/process"
)

const functionsNote = "```go\n" + `var prefix = "hello"

func greet() { fmt.Println(prefix, "one") }

func stop() { fmt.Println("stopping"); os.Exit(3) }

func crash() { panic("broken") }

func wait() { select {} }

func twice() {}

func shadowed() { fmt.Println("first") }

func with(n int) {}

func result() int { return 0 }

func generic[T any]() {}

type T struct{}

func (T) method() {}
` + "```\n\n```go\n" + `func greet() { fmt.Println(len(os.Args), os.Getenv("NOTEBOOK_FUNCTION") == "") }

func twice(n int) {}

greet()
` + "```\n\n```go\nshadowed := 1\nfmt.Println(shadowed)\n```\n"

// TestFunctions starts the program of a session to run functions of its cells:
// it is linked once.
func TestFunctions(t *testing.T) {
	env := newWarmEnv(t, nil)
	o := open(t, env.engine, env.Env, parseNote(t, functionsNote))
	const unknown = "notebook: the session has no function %s without parameters and results; it has: crash, greet, shadowed, stop, wait\n"
	for name, want := range map[string]struct {
		stdout, stderr string
		code           int
	}{
		"greet":    {stdout: "1 true\n"},
		"shadowed": {stdout: "first\n"},
		"stop":     {stdout: "stopping\n", code: 3},
		"crash":    {stderr: "panic: broken\n", code: 2},
		"wait":     {stderr: "fatal error: all goroutines are asleep - deadlock!\n", code: 2},
		"nothing":  {stderr: fmt.Sprintf(unknown, "nothing"), code: 2},
		"":         {stderr: fmt.Sprintf(unknown, ""), code: 2},
		"twice":    {stderr: fmt.Sprintf(unknown, "twice"), code: 2},
		"generic":  {stderr: fmt.Sprintf(unknown, "generic"), code: 2},
	} {
		t.Run("name="+name, func(t *testing.T) {
			stdout, stderr, err := process.Run(t.Context(), process.Command{
				Path: o.session.(*session).programs[""], Dir: env.Dir, Env: harness.Function(name),
			})
			var exit *process.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if exit == nil && want.code != 0 || exit != nil && exit.Exit.Code != want.code {
				t.Errorf("exit: %v, want code %d", err, want.code)
			}
			if diff := cmp.Diff(want.stdout, string(stdout)); diff != "" {
				t.Errorf("stdout (-want +got):\n%s", diff)
			}
			if got := string(stderr[:min(len(stderr), len(want.stderr))]); got != want.stderr || want.stderr == "" && len(stderr) > 0 {
				t.Errorf("stderr = %q, want %q", stderr, want.stderr)
			}
		})
	}
	if got, want := o.run(t), "cell-2:\n  stdout \"1 true\\n\"\n"; !cmp.Equal(got[len("cell-1:\n  ok\n"):][:len(want)], want) {
		t.Errorf("the cells: %s", got)
	}
	if n := env.counts.since()["link"]; n != 1 {
		t.Errorf("%d links", n)
	}
}
