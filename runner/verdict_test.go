package runner_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/runner"
	"notebook/runner/lower"
)

// TestVerdicts runs the notes of the corpus with an engine that finds what the
// "// find:" comments of the cells say. A line "unable KIND WHY" above the
// notes says what the engine cannot find, "broken KIND WHY" what its build fails
// at; "race" is the flag of that name.
func TestVerdicts(t *testing.T) {
	paths, err := filepath.Glob("testdata/verdicts/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := findScripted(t, archive.Files[0].Data, string(archive.Comment))
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

func findScripted(t *testing.T, src []byte, comment string) string {
	t.Helper()
	note, diags := notebook.Parse("note.md", src)
	for _, d := range diags {
		t.Error(d)
	}
	var b strings.Builder
	var opts runner.Options
	engine := &finding{scripted: scripted{log: &b}, unable: map[notebook.VerdictKind]string{}, broken: map[notebook.VerdictKind]string{}}
	for line := range strings.Lines(comment) {
		switch key, rest, _ := strings.Cut(strings.TrimSpace(line), " "); key {
		case "race":
			opts.Race = true
		case "unable":
			kind, why, _ := strings.Cut(rest, " ")
			engine.unable[notebook.VerdictKind(kind)] = why
		case "broken":
			kind, why, _ := strings.Cut(rest, " ")
			engine.broken[notebook.VerdictKind(kind)] = why
		}
	}
	err := runner.New([]runner.Engine{engine}, opts).Run(context.Background(), note, runner.Env{}, func(e notebook.Event) error {
		if v, ok := e.Body.(notebook.Verdict); ok {
			fmt.Fprintf(&b, "%s verdict %s found=%t unchecked=%t %q\n", e.Cell, v.Kind, v.Found, v.Unchecked, v.Text)
		}
		describe(&b, e)
		if p, ok := e.Body.(notebook.Problem); ok && p.Hint != "" {
			fmt.Fprintf(&b, "%s hint: %s\n", e.Cell, p.Hint)
		}
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

// TestVerdictsTold tells the user which run goes on, also after a build that told
// of itself.
func TestVerdictsTold(t *testing.T) {
	note, _ := notebook.Parse("note.md", []byte("```go {race=true leaks=forbid}\nx := 1\n```\n\n```go {#late expect=race}\ny := 2 // find: race from 6 data race: at last\n```\n"))
	var told []string
	env := runner.Env{Progress: func(text string) { told = append(told, text) }}
	engine := &finding{scripted: scripted{log: &strings.Builder{}}}
	err := runner.New([]runner.Engine{engine}, runner.Options{}).Run(t.Context(), note, env, func(notebook.Event) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"looking for a race in cell 1", "building", "looking for a race in cell 1",
		"looking for a leak in cell 1", "building", "looking for a leak in cell 1",
		"looking for a race in cell late: run 1 of 10", "looking for a race in cell late: run 1 of 10",
		"looking for a race in cell late: run 2 of 10", "looking for a race in cell late: run 2 of 10",
		"looking for a race in cell late: run 3 of 10", "looking for a race in cell late: run 3 of 10",
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

// finding is a scripted engine whose sessions can be checked.
type finding struct {
	scripted
	env    runner.Env
	unable map[notebook.VerdictKind]string
	broken map[notebook.VerdictKind]string
}

func (f *finding) Open(_ context.Context, _ *lower.Source, env runner.Env, _ runner.Sink) (runner.Session, error) {
	f.env = env
	return f, nil
}

// Check implements runner.Checker.
func (f *finding) Check(_ context.Context, kind notebook.VerdictKind, _ runner.Sink) (runner.Session, error) {
	fmt.Fprintf(f.log, "build for %s\n", kind)
	if f.env.Progress != nil {
		f.env.Progress("building")
	}
	if why := f.unable[kind]; why != "" {
		return nil, fmt.Errorf("%w: %s", runner.ErrNotChecked, why)
	}
	return &findingSession{f, kind}, nil
}

type findingSession struct {
	*finding
	kind notebook.VerdictKind
}

func (s *findingSession) Start(ctx context.Context, cell *notebook.Cell) (runner.Process, error) {
	if why := s.broken[s.kind]; why != "" {
		return nil, errors.New(why)
	}
	p, err := s.finding.Start(ctx, cell)
	return &findingProcess{Process: p, kind: s.kind, id: s.next}, err
}

type findingProcess struct {
	runner.Process
	kind notebook.VerdictKind
	id   int
	cell *notebook.Cell
	sink runner.Sink
}

func (p *findingProcess) Run(ctx context.Context, cell *notebook.Cell, timeout time.Duration, sink runner.Sink) error {
	p.cell, p.sink = cell, sink
	if strings.Contains(cell.Code, "// checked: panics") {
		return errors.Join(
			sink(notebook.Event{Cell: cell.Label, Body: notebook.Problem{Severity: notebook.Error, Message: "boom"}}),
			sink(notebook.Event{Cell: cell.Label, Body: notebook.Finished{Outcome: notebook.Panic}}),
		)
	}
	return p.Process.Run(ctx, cell, timeout, sink)
}

// Close sends the verdict that a comment "find: KIND TEXT" asks for, from the
// process with the number on that "find: KIND from N TEXT" tells. What "see: KIND
// TEXT" says is part of a verdict that found nothing.
func (p *findingProcess) Close() error {
	v := notebook.Verdict{Kind: p.kind}
	if _, seen, ok := strings.Cut(p.cell.Code, "// see: "+string(p.kind)+" "); ok {
		v.Text, _, _ = strings.Cut(seen, "\n")
	}
	for lines := bufio.NewScanner(strings.NewReader(p.cell.Code)); lines.Scan(); {
		_, act, ok := strings.Cut(lines.Text(), "// find: "+string(p.kind)+" ")
		if !ok {
			continue
		}
		var from int
		if _, err := fmt.Sscanf(act, "from %d", &from); err == nil {
			_, act, _ = strings.Cut(strings.TrimPrefix(act, "from "), " ")
		}
		if p.id >= from {
			v.Found, v.Proved, v.Text = true, true, act
			v.Positions = []notebook.VerdictPlace{
				{Line: p.cell.Line, Role: notebook.StartRole}, {Line: p.cell.EndLine, Role: "write"},
			}
		}
	}
	return errors.Join(p.Process.Close(), p.sink(notebook.Event{Cell: p.cell.Label, Body: v}))
}
