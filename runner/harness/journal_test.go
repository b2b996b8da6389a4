package harness_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"notebook"
)

// A journal collects events and writes them in a form that is equal in every
// run: without times, without numbers of goroutines, and each stream in one
// piece, since raw streams have no common order.
type journal struct {
	t     *testing.T
	mu    sync.Mutex
	cells []*entry
}

// An entry is what came for one cell.
type entry struct {
	label    string
	out      [2]strings.Builder // stdout, stderr
	late     [2]strings.Builder
	rest     strings.Builder
	writer   [2]int64 // goroutine of the last write to each stream
	finished *notebook.Finished
}

func (j *journal) sink(e notebook.Event) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	c := j.entry(e)
	switch b := e.Body.(type) {
	case notebook.Started:
		fmt.Fprintf(&c.rest, "started %d-%d\n", b.Line, b.EndLine)
	case notebook.Written:
		j.written(c, b)
	case notebook.Displayed:
		fmt.Fprintf(&c.rest, "display %s\n%s", b.MIME, indent(string(b.Data)))
	case notebook.Recorded:
		fmt.Fprintf(&c.rest, "recorded %s %s\n", b.Name, b.Value)
	case notebook.Problem:
		fmt.Fprintf(&c.rest, "%s %s:%d\n%s", b.Severity, b.File, b.Line, indent(b.Message))
		if b.Trace != "" {
			c.rest.WriteString(indent("trace:\n" + anyGoroutine(b.Trace)))
		}
	case notebook.Verdict:
		fmt.Fprintf(&c.rest, "verdict %s found=%t proved=%t\n%s", b.Kind, b.Found, b.Proved, indent(b.Text))
		for _, at := range b.Positions {
			c.rest.WriteString(indent(fmt.Sprintf("line %d: %s", at.Line, at.Role)))
		}
	case notebook.Finished:
		c.finished = &b
		c.rest.WriteString(ending(b))
	default:
		j.t.Errorf("unexpected event %T", b)
	}
	return nil
}

// entry returns the entry of the run that an event belongs to, and checks that
// the events of a run come in their order.
func (j *journal) entry(e notebook.Event) *entry {
	var last *entry
	for _, c := range j.cells {
		if c.label == e.Cell {
			last = c
		}
	}
	if _, ok := e.Body.(notebook.Started); ok {
		last = &entry{label: e.Cell}
		j.cells = append(j.cells, last)
	}
	if last == nil {
		j.t.Fatalf("%T for cell %q, which was not started", e.Body, e.Cell)
	}
	w, isOutput := e.Body.(notebook.Written)
	_, isProblem := e.Body.(notebook.Problem)
	if last.finished != nil && !isProblem && !(isOutput && w.Late) {
		j.t.Errorf("%T for cell %q after its end", e.Body, e.Cell)
	}
	return last
}

func (j *journal) written(c *entry, w notebook.Written) {
	if len(w.Data) == 0 || len(w.Data) > 64<<10 {
		j.t.Errorf("an event with %d bytes", len(w.Data))
	}
	if w.At < 0 {
		j.t.Errorf("output %v before the cell began", w.At)
	}
	to := &c.out
	if w.Late {
		to = &c.late
	}
	i := 0
	if w.Stream == notebook.Stderr {
		i = 1
	}
	if w.Goroutine != c.writer[i] {
		fmt.Fprintf(&to[i], "[%d]", w.Goroutine)
		c.writer[i] = w.Goroutine
	}
	to[i].Write(w.Data)
}

// ending writes what is equal in every run of an end.
func ending(f notebook.Finished) string {
	var b strings.Builder
	fmt.Fprintf(&b, "finished %s", f.Outcome)
	for _, field := range []struct {
		name  string
		value any
		zero  bool
	}{
		{"text", f.Text, f.Text == ""},
		{"exit", f.ExitCode, f.ExitCode == 0},
		{"signal", f.Signal, f.Signal == ""},
		{"limit", f.Limit, f.Limit == ""},
		{"goroutines", f.Goroutines, f.Goroutines == 0},
		{"shared with", f.Shared, f.Shared == ""},
		{"dropped", f.Dropped, f.Dropped == 0},
	} {
		if !field.zero {
			fmt.Fprintf(&b, ", %s %v", field.name, field.value)
		}
	}
	return b.String() + "\n"
}

// String returns the journal.
func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var b strings.Builder
	for _, c := range j.cells {
		fmt.Fprintf(&b, "cell %s\n%s", c.label, indent(c.rest.String()))
		for _, o := range []struct {
			name string
			text *strings.Builder
		}{
			{"stdout", &c.out[0]}, {"stderr", &c.out[1]}, {"late stdout", &c.late[0]}, {"late stderr", &c.late[1]},
		} {
			if text := o.text.String(); text != "" {
				b.WriteString(indent(o.name + "\n" + indent(short(text))))
			}
		}
	}
	return b.String()
}

// short writes a text line by line in Go syntax, a long one by its size.
func short(text string) string {
	if len(text) > 2000 {
		return fmt.Sprintf("%d bytes, %q ... %q\n", len(text), text[:20], text[len(text)-20:])
	}
	var b strings.Builder
	for line := range strings.SplitAfterSeq(text, "\n") {
		if line != "" {
			fmt.Fprintf(&b, "%q\n", line)
		}
	}
	return b.String()
}

func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSuffix(text, "\n") + "\n") {
		b.WriteString("  " + line)
	}
	return b.String()
}

var (
	goroutineNumber = regexp.MustCompile(`goroutine \d+`)
	elidedFrames    = regexp.MustCompile(`… \d+ frames`)
)

// anyGoroutine removes what differs between runs: numbers, and whether a
// goroutine that spins has the processor. How deep a stack gets before it
// overflows depends on the frames of the harness.
func anyGoroutine(trace string) string {
	trace = goroutineNumber.ReplaceAllString(trace, "goroutine N")
	trace = elidedFrames.ReplaceAllString(trace, "… N frames")
	return strings.ReplaceAll(trace, "[runnable]", "[running]")
}
