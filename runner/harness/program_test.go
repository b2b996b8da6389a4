package harness_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/runner/harness"
	"notebook/runner/process"
)

// programs are what a program does by its arguments, and the events of that.
var programs = []struct {
	args    []string
	timeout time.Duration
	want    string
}{
	{[]string{"ok", "a b", ""}, time.Minute, `
  started 100-199
  finished ok
  stdout
    "[\"a b\" \"\"] \"input\"\n"
`},
	{[]string{"exit"}, time.Minute, `
  started 100-199
  error notes/note.md:99
    exit status 4
  finished exit, exit 4
  stderr
    "leaving\n"
`},
	{[]string{"panic"}, time.Minute, `
  started 100-199
  error notes/note.md:110
    in a program
    trace:
    goroutine N [running]:
      main  note.md:110
  finished panic, exit 2
  stdout
    "so far\n"
`},
	{[]string{"deadlock"}, time.Minute, `
  started 100-199
  error notes/note.md:112
    all goroutines are asleep - deadlock!
    trace:
    goroutine N [select (no cases)]:
      main  note.md:112
  verdict deadlock found=true proved=true
    deadlock: nothing can wake the goroutine that waits: select (no cases) at line 112
    line 112: select (no cases)
  finished deadlock, exit 2
`},
	{[]string{"endless"}, 100 * time.Millisecond, `
  started 100-199
  error notes/note.md:114
    timed out after 100ms
    trace:
    goroutine N [sleep]:
      main  note.md:114
  finished timeout
`},
	{[]string{"nul"}, 0, `
  started 100-199
  finished ok
  stdout
    "a\x00b\x00"
`},
	{[]string{"deaf"}, 100 * time.Millisecond, `
  started 100-199
  error notes/note.md:99
    timed out after 100ms
  finished timeout
  stdout
    "so far\n"
`},
}

func TestProgram(t *testing.T) {
	cell := testCell("program", 1)
	note := &notebook.Note{Name: "notes/note.md", Cells: []*notebook.Cell{cell}}
	for _, tt := range programs {
		t.Run(tt.args[0], func(t *testing.T) {
			p, err := harness.StartProgram(t.Context(), harness.Setup{Note: note}, process.Command{
				Path: build(t, "program"), Args: tt.args, Stdin: strings.NewReader("input"),
			})
			if err != nil {
				t.Fatal(err)
			}
			j := &journal{t: t}
			if err := p.Run(t.Context(), cell, tt.timeout, j.sink); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff("cell program"+tt.want, j.String()); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
			if err := p.Run(t.Context(), cell, 0, j.sink); !errors.Is(err, harness.ErrNotStarted) {
				t.Errorf("second Run: %v", err)
			}
			if err := p.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestProgramThatIsNotThere(t *testing.T) {
	cell := testCell("program", 1)
	p, err := harness.StartProgram(t.Context(), harness.Setup{Note: &notebook.Note{}}, process.Command{Path: t.TempDir() + "/none"})
	if err != nil {
		t.Fatal(err)
	}
	err = p.Run(t.Context(), cell, 0, func(notebook.Event) error {
		t.Error("an event of a program that is not there")
		return nil
	})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

// A canceled context ends a program, whichever context it is.
func TestProgramInterrupted(t *testing.T) {
	cell := testCell("program", 1)
	note := &notebook.Note{Name: "note.md", Cells: []*notebook.Cell{cell}}
	for _, which := range []string{"start", "run"} {
		t.Run(which, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			contexts := map[string]context.Context{"start": t.Context(), "run": t.Context()}
			contexts[which] = ctx
			p, err := harness.StartProgram(contexts["start"], harness.Setup{Note: note}, process.Command{
				Path: build(t, "program"), Args: []string{"endless"},
			})
			if err != nil {
				t.Fatal(err)
			}
			j := &journal{t: t}
			err = p.Run(contexts["run"], cell, 0, func(e notebook.Event) error {
				cancel()
				return j.sink(e)
			})
			if !errors.Is(err, harness.ErrProcessEnded) || !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			if got := j.cells[0].finished; got == nil || got.Outcome != notebook.Interrupted {
				t.Errorf("finished %+v", got)
			}
		})
	}
}
