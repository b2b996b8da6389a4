package runner_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/runner"
	"notebook/runner/lower"
)

// TestMeasure runs notes with an engine that takes the time that the comments
// of the cells say, in a bubble in which that time costs nothing.
func TestMeasure(t *testing.T) {
	paths, err := filepath.Glob("testdata/measure/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			opts := options(t, string(archive.Comment))
			opts.Quick = strings.Contains(string(archive.Comment), "\nquick\n")
			var got string
			synctest.Test(t, func(t *testing.T) { got = runTimed(t, archive.Files[0].Data, opts) })
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

func runTimed(t *testing.T, src []byte, opts runner.Options) string {
	t.Helper()
	note, diags := notebook.Parse("note.md", src)
	var b strings.Builder
	for _, d := range diags {
		fmt.Fprintln(&b, d)
	}
	engine := &timed{scripted: scripted{log: &strings.Builder{}}, runs: map[string]int{}}
	var runs []string // in the order of measuring
	err := runner.New([]runner.Engine{engine}, opts).Run(context.Background(), note, runner.Env{}, func(e notebook.Event) error {
		switch body := e.Body.(type) {
		case notebook.Started:
			if e.Run > 0 {
				runs = append(runs, e.Cell)
			}
		case notebook.Repeated:
			describeRepeated(&b, e.Cell, body)
		case notebook.Compared:
			describeCompared(&b, body, runs)
			runs = nil
		case notebook.Traced:
			fmt.Fprintf(&b, "%s traced run=%d procs=%d\n", e.Cell, e.Run, body.Timeline.Procs)
		case notebook.Finished:
			if e.Run == 0 {
				describe(&b, e)
			}
		default:
			describe(&b, e)
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

func describeRepeated(b *strings.Builder, cell string, r notebook.Repeated) {
	fmt.Fprintf(b, "%s repeated runs=%d/%d procs=%d timed=%d wall=%s cpu=%s\n", cell, r.Runs, r.Wanted, r.Procs, r.Timed, spread(r.Wall), spread(r.CPU))
	for _, e := range r.Ends {
		fmt.Fprintf(b, "\t%d x %s expected=%t first=%d %q\n", e.Runs, e.Outcome, e.Expected, e.First, e.Message)
	}
	fmt.Fprintf(b, "\t%d outputs\n", r.Distinct)
	for _, o := range r.Outputs {
		fmt.Fprintf(b, "\t%d x %.20q first=%d cut=%d\n", o.Runs, o.Data, o.First, o.Cut)
	}
}

func describeCompared(b *strings.Builder, c notebook.Compared, runs []string) {
	fmt.Fprintf(b, "compared %q rounds=%d/%d winner=%d noise=%v\n", c.Group, c.Rounds, c.Wanted, c.Winner, c.Noise)
	if len(runs) <= 40 {
		fmt.Fprintf(b, "\torder: %s\n", strings.Join(runs, " "))
	}
	for _, m := range c.Models {
		fmt.Fprintf(b, "\t%s %q procs=%d runs=%d wall=%s cpu=%s speedup=%s %q unexpected=%d\n",
			m.Cell, m.Model, m.Procs, m.Runs, spread(m.Wall), spread(m.CPU), quotient(m.Speedup), m.Relation, m.Unexpected)
	}
	if c.Control != nil {
		fmt.Fprintf(b, "\tcontrol of %d: runs=%d quotient=%s\n", c.Control.Model, c.Control.Runs, quotient(c.Control.Quotient))
	}
	for _, a := range c.Absent {
		fmt.Fprintf(b, "\tabsent %s %q: %s\n", a.Cell, a.Model, a.Reason)
	}
}

func spread(s notebook.Spread) string {
	if !s.Bounded() {
		return s.Median.String()
	}
	return fmt.Sprintf("%s(%s-%s)", s.Median, s.Low, s.High)
}

func quotient(q notebook.Quotient) string {
	return fmt.Sprintf("%.2f(%.2f-%.2f)", q.Value, q.Low, q.High)
}

// timed is an engine whose cells do what their comments say, each a list with
// an entry for each run, and again from the first one after the last:
//
//	// takes 10ms, 12ms          the wall time, of which the run really takes 1 s for each 1 s
//	// takes@2 5ms               the same with GOMAXPROCS=2
//	// waits 3ms                 the time in which threads waited for a core
//	// says a, b, , c            the output
//	// ends ok, panic boom       the outcome and the message
//	// records 0.01              what the recording of a timeline costs
type timed struct {
	scripted
	runs map[string]int // of each cell
}

func (s *timed) Open(context.Context, *lower.Source, runner.Env, runner.Sink) (runner.Session, error) {
	return s, nil
}

func (s *timed) Start(context.Context, *notebook.Cell) (runner.Process, error) {
	s.open++
	return timedProcess{s}, nil
}

type timedProcess struct{ s *timed }

func (p timedProcess) Close() error {
	p.s.open--
	return nil
}

func (p timedProcess) Run(_ context.Context, cell *notebook.Cell, _ time.Duration, sink runner.Sink) error {
	n := p.s.runs[cell.Label]
	p.s.runs[cell.Label]++
	act := func(name string) string { return entry(cell.Code, name, n) }
	takes := act("takes")
	if own := act("takes@" + strconv.Itoa(procsOf(cell))); own != "" {
		takes = own
	}
	wall, _ := time.ParseDuration(takes)
	waited, _ := time.ParseDuration(act("waits"))
	time.Sleep(wall)
	f := notebook.Finished{Outcome: notebook.OK, Measurement: notebook.Measurement{Wall: wall, CPU: wall, RunDelay: waited}}
	bodies := []notebook.Body{notebook.Started{Line: cell.Line}}
	if text := act("says"); text != "" {
		bodies = append(bodies, notebook.Written{Stream: notebook.Stdout, Data: []byte(text)})
	}
	if outcome, message, _ := strings.Cut(act("ends"), " "); outcome != "" && outcome != "ok" {
		f.Outcome = notebook.Outcome(outcome)
		bodies = append(bodies, notebook.Problem{Line: cell.Line, Col: 1, Severity: notebook.Error, Message: message})
	}
	if cell.Options.Trace == notebook.SwitchOn {
		cost, _ := strconv.ParseFloat(act("records"), 64)
		bodies = append(bodies, notebook.Traced{Cost: cost, Timeline: notebook.Timeline{Procs: procsOf(cell)}})
	}
	for _, body := range append(bodies, f) {
		if err := sink(notebook.Event{Cell: cell.Label, Body: body}); err != nil {
			return err
		}
	}
	return nil
}

// procsOf returns the GOMAXPROCS that a process of the cell gets; 0: as usual.
func procsOf(c *notebook.Cell) int {
	if len(c.Options.Procs) == 0 {
		return 0
	}
	return c.Options.Procs[0]
}

// entry returns what a list of a cell's comments says about its run n.
func entry(code, name string, n int) string {
	for line := range strings.Lines(code) {
		if _, list, ok := strings.Cut(line, "// "+name+" "); ok {
			entries := strings.Split(list, ",")
			return strings.TrimSpace(entries[n%len(entries)])
		}
	}
	return ""
}

// TestRunNumbers asks for a number of its own for every run of a cell, and 0
// for the one that a page shows.
func TestRunNumbers(t *testing.T) {
	note, _ := notebook.Parse("note.md", []byte("```go {#a repeat=4}\n// says x\n```\n```go {#b procs=1,2 repeat=2}\n```\n"))
	engine := &timed{scripted: scripted{log: &strings.Builder{}}, runs: map[string]int{}}
	runs := map[string][]int{}
	err := runner.New([]runner.Engine{engine}, runner.Options{}).Run(context.Background(), note, runner.Env{}, func(e notebook.Event) error {
		if _, ok := e.Body.(notebook.Started); ok {
			runs[e.Cell] = append(runs[e.Cell], e.Run)
		}
		return nil
	})
	if err != nil || !slices.Equal(runs["a"], []int{0, 1, 2, 3}) || !slices.Equal(runs["b"], []int{0, 1, 2, 3, 4, 5, 6}) {
		t.Errorf("runs %v, %v", runs, err)
	}
}
