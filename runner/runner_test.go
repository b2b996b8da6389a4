package runner_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/runner"
	"notebook/runner/harness"
	"notebook/runner/lower"
	"notebook/runner/yaegi/stdtypes"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestRun runs the notes of the corpus with an engine that does what the
// "// act:" comments of the cells say, and compares the stream and the
// processes that were started.
func TestRun(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := runScripted(t, archive.Files[0].Data, options(t, string(archive.Comment)))
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "events", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("events differ (-want +got):\n%s", diff)
			}
		})
	}
}

// options reads "fail-fast" and "only LABEL" lines of an archive's comment.
func options(t *testing.T, comment string) runner.Options {
	t.Helper()
	var opts runner.Options
	for line := range strings.Lines(comment) {
		switch key, value, _ := strings.Cut(strings.TrimSpace(line), " "); key {
		case "fail-fast":
			opts.FailFast = true
		case "only":
			opts.Only = value
		}
	}
	return opts
}

func runScripted(t *testing.T, src []byte, opts runner.Options) string {
	t.Helper()
	note, diags := notebook.Parse("note.md", src)
	var b strings.Builder
	for _, d := range diags {
		fmt.Fprintln(&b, d)
	}
	engine := &scripted{log: &b}
	err := runner.New([]runner.Engine{engine}, opts).Run(context.Background(), note, runner.Env{}, func(e notebook.Event) error {
		describe(&b, e)
		return nil
	})
	if err != nil {
		fmt.Fprintln(&b, "error:", err)
	}
	if engine.open != 0 {
		t.Errorf("%d processes were not closed", engine.open)
	}
	return b.String()
}

func describe(b *strings.Builder, e notebook.Event) {
	switch body := e.Body.(type) {
	case notebook.Written:
		fmt.Fprintf(b, "%s %s late=%t %q\n", e.Cell, body.Stream, body.Late, body.Data)
	case notebook.Problem:
		fmt.Fprintf(b, "%s problem %d:%d %s: %s\n", e.Cell, body.Line, body.Col, body.Severity, body.Message)
	case notebook.Finished:
		fmt.Fprintf(b, "%s finished %s expected=%t replayed=%v\n", e.Cell, body.Outcome, body.Expected, body.Replayed)
	case notebook.NotRun:
		fmt.Fprintf(b, "%s skipped %q needs=%v fails=%t\n", e.Cell, body.Reason, body.Needs, body.Fails)
	case notebook.End:
		fmt.Fprintf(b, "note %s cells=%d failed=%d", body.Outcome, body.Cells, body.Failed)
		if body.NotRun > 0 {
			fmt.Fprintf(b, " not run=%d", body.NotRun)
		}
		b.WriteString("\n")
	}
}

// scripted is an engine that lowers for real and acts by comments.
type scripted struct {
	log  *strings.Builder
	next int
	open int
}

func (s *scripted) ID() notebook.EngineName                        { return notebook.Compiled }
func (s *scripted) Go(context.Context, runner.Env) (string, error) { return "go1.26", nil }
func (s *scripted) Close() error                                   { return nil }
func (s *scripted) Lower(_ context.Context, note *notebook.Note, cells []*notebook.Cell, _ runner.Env) (*lower.Source, error) {
	return lower.Lower(note, cells, stdtypes.Importer(token.NewFileSet())), nil
}

func (s *scripted) Open(context.Context, *lower.Source, runner.Env, runner.Sink) (runner.Session, error) {
	return s, nil
}

func (s *scripted) Start(_ context.Context, cell *notebook.Cell) (runner.Process, error) {
	s.next++
	s.open++
	owner := "the session"
	if cell != nil {
		owner = cell.Label
	}
	fmt.Fprintf(s.log, "process %d for %s\n", s.next, owner)
	return &scriptedProcess{s: s, id: s.next}, nil
}

type scriptedProcess struct {
	s  *scripted
	id int
}

func (p *scriptedProcess) Close() error {
	p.s.open--
	fmt.Fprintf(p.s.log, "process %d closed\n", p.id)
	return nil
}

// Run acts by the cell's comments: "act: out TEXT", "act: late LABEL TEXT",
// "act: end OUTCOME [gone] MESSAGE".
func (p *scriptedProcess) Run(_ context.Context, cell *notebook.Cell, _ time.Duration, sink runner.Sink) error {
	fmt.Fprintf(p.s.log, "run %s in process %d\n", cell.Label, p.id)
	finished := notebook.Finished{Outcome: notebook.OK}
	gone := false
	for lines := bufio.NewScanner(strings.NewReader(cell.Code)); lines.Scan(); {
		_, act, ok := strings.Cut(lines.Text(), "// act: ")
		if !ok {
			continue
		}
		verb, rest, _ := strings.Cut(act, " ")
		switch verb {
		case "notstarted":
			if p.id > 1 {
				continue
			}
			label, message, _ := strings.Cut(rest, " ")
			if err := sink(notebook.Event{Cell: label, Body: notebook.Problem{Severity: notebook.Error, Message: message}}); err != nil {
				return err
			}
			return harness.ErrNotStarted
		case "out":
			if err := sink(notebook.Event{Cell: cell.Label, Body: notebook.Written{Stream: notebook.Stdout, Data: []byte(rest + "\n")}}); err != nil {
				return err
			}
		case "late":
			label, text, _ := strings.Cut(rest, " ")
			if err := sink(notebook.Event{Cell: label, Body: notebook.Written{Stream: notebook.Stdout, Data: []byte(text), Late: true}}); err != nil {
				return err
			}
		case "end":
			outcome, message, _ := strings.Cut(rest, " ")
			message, gone = strings.CutPrefix(message, "gone ")
			finished.Outcome = notebook.Outcome(outcome)
			if err := sink(notebook.Event{Cell: cell.Label, Body: notebook.Problem{Line: cell.Line, Col: 1, Severity: notebook.Error, Message: message}}); err != nil {
				return err
			}
		}
	}
	if err := sink(notebook.Event{Cell: cell.Label, Body: finished}); err != nil {
		return err
	}
	if gone {
		return runner.ErrProcessEnded
	}
	return nil
}

// TestCheck compares what Check finds wrong in the notes of the corpus.
func TestCheck(t *testing.T) {
	tests := []struct{ note, want string }{
		{"```go\nx := 1\n```\n", ""},
		{"```go\nx := nope\n```\n", "note.md:2:6: undefined: nope"},
		{"```go {expect=compile-error}\nx := nope\n```\n", ""},
		{"```go {error}\nx := nope\n```\n", ""},
		{"```go\nf, err := os.Open(\"x\")\ndefer f.Close()\n_ = err\n```\n```go\nf.Name()\n```\n", "note.md:3:1: warning: this deferred call runs when cell 1 ends, but cell 2 uses f"},
		{"```go\npackage main\n\nfunc main() { nope() }\n```\n", "note.md:4:15: undefined: nope"},
		{"```go\npackage main\n\nimport \"os\"\n```\n", "note.md:4:8: \"os\" imported and not used"},
		{"```go\npackage main\n\nfunc f() { fmt.Println() }\n```\n", "note.md:2:9: function main is undeclared in the main package"},
	}
	for _, test := range tests {
		note, _ := notebook.Parse("note.md", []byte(test.note))
		var log strings.Builder
		diags, err := runner.New([]runner.Engine{&scripted{log: &log}}, runner.Options{}).Check(context.Background(), note, runner.Env{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range diags {
			line, _, _ := strings.Cut(d.String(), "\n")
			got = append(got, line)
		}
		if strings.Join(got, "\n") != test.want {
			t.Errorf("Check(%q) = %q, want %q", test.note, got, test.want)
		}
	}
}
