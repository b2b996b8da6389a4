package harness

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"notebook"
	"notebook/runner/harness/inside"
	"notebook/runner/process"
)

// A cause is why a process was ended from outside; the zero value: it was not.
type cause string

const (
	causeTimeout     cause = "timeout"
	causeDeadlock    cause = "deadlock"
	causeInterrupted cause = "interrupted"
	causeDamaged     cause = "damaged" // what came as frames was none
)

// A death is the end of a process that a cell took with it.
type death struct {
	cause   cause
	exit    process.Exit
	report  *report // of the Go runtime; nil without one
	timeout time.Duration
	limits  process.Limits
	names   names
}

// judge says how a cell ended whose process ended. The problem has no place yet.
func (d death) judge() (notebook.Finished, notebook.Problem) {
	f, message := d.outcome()
	return f, notebook.Problem{Severity: notebook.Error, Message: message}
}

func (d death) outcome() (notebook.Finished, string) {
	switch d.cause {
	case causeDeadlock:
		return notebook.Finished{Outcome: notebook.Deadlock, ExitCode: crashCode}, deadlockMessage
	case causeTimeout:
		outcome, message := notebook.Timeout, fmt.Sprintf("timed out after %v", d.timeout)
		if d.report.isStuck() {
			outcome, message = notebook.Stuck, fmt.Sprintf("still blocked after %v, though no deadlock was proved", d.timeout)
		}
		return notebook.Finished{Outcome: outcome}, message
	case causeInterrupted:
		return notebook.Finished{Outcome: notebook.Interrupted}, "interrupted"
	case causeDamaged:
		return notebook.Finished{Outcome: notebook.Fatal}, errFrames.Error()
	}
	if r := d.report; r != nil {
		return d.reported(r)
	}
	if d.exit.Signal != 0 {
		name := process.SignalName(d.exit.Signal)
		return notebook.Finished{Outcome: notebook.Killed, Signal: name}, "killed by " + name
	}
	return notebook.Finished{Outcome: notebook.Exit, ExitCode: d.exit.Code}, fmt.Sprintf("exit status %d", d.exit.Code)
}

// reported classifies the end that the Go runtime reported.
func (d death) reported(r *report) (notebook.Finished, string) {
	switch {
	case r.kind == reportPanic:
		return notebook.Finished{Outcome: notebook.Panic, ExitCode: d.exit.Code}, d.names.text(r.message)
	case r.kind != reportFatal:
		return notebook.Finished{Outcome: notebook.Killed, Signal: r.kind}, "killed by " + r.kind
	case r.isDeadlock():
		return notebook.Finished{Outcome: notebook.Deadlock, ExitCode: d.exit.Code}, r.message
	case outOfMemory(r.message):
		message := "out of memory"
		if d.limits.Memory > 0 {
			message += ": the memory limit is " + notebook.Size(d.limits.Memory).String()
		}
		return notebook.Finished{Outcome: notebook.Limit, Limit: "memory", ExitCode: d.exit.Code}, message
	}
	return notebook.Finished{Outcome: notebook.Fatal, ExitCode: d.exit.Code}, r.message
}

// starved matches how the report of a runtime begins that got no memory for its
// own tables. It may break off, or be about the fault that follows.
var starved = regexp.MustCompile(`(?m)^(?:fatal error: runtime: cannot allocate memory$|` +
	`runtime/cgo: pthread_create failed: Resource temporarily unavailable$|` +
	`SIGSEGV: segmentation violation\nPC=\S+ m=\d+ sigcode=[1-9].*\n\ngoroutine 0 .*\[idle\]:\nruntime\.)`)

// readReport separates the report that ends text from the output before it.
func readReport(text []byte, limits process.Limits) (before []byte, r *report) {
	before, r = parseReport(text)
	if limits.Memory == 0 || r != nil && r.kind != "SIGSEGV" && r.kind != "SIGABRT" {
		return before, r
	}
	at := starved.FindIndex(text)
	if at == nil {
		return before, r
	}
	return text[:at[0]], &report{
		kind: reportFatal, message: "out of memory", goroutines: parseGoroutines(string(text[at[0]:])),
	}
}

// outOfMemory recognizes the fatal errors of an allocation that failed.
func outOfMemory(message string) bool {
	return slices.ContainsFunc([]string{
		"out of memory", "cannot allocate memory", "cannot map pages", "cannot remap pages", "failed to reserve",
	}, func(text string) bool { return strings.Contains(message, text) })
}

// judgeEnd says how a cell ended that left its process alive. The problem is
// nil when the cell ended well.
func judgeEnd(e inside.End, n names) (notebook.Finished, *notebook.Problem) {
	f := notebook.Finished{Outcome: notebook.OK, Measurement: measurement(e)}
	message := n.text(e.Message)
	switch e.Kind {
	case inside.EndPanic:
		f.Outcome = notebook.Panic
	case inside.EndUnknown:
		f.Outcome, message = notebook.Fatal, "the program of the session does not have this cell"
	case inside.EndGoexit:
		f.Text = "ended by runtime.Goexit"
		return f, nil
	default:
		return f, nil
	}
	return f, &notebook.Problem{Severity: notebook.Error, Message: message}
}

func measurement(e inside.End) notebook.Measurement {
	m := notebook.Measurement{
		Wall: time.Duration(e.Wall), User: time.Duration(e.User), Sys: time.Duration(e.Sys),
		RunDelay: time.Duration(e.RunDelay), ChildCPU: time.Duration(e.Children),
		Scheduling: notebook.Scheduling{
			Voluntary: int64(e.Voluntary), Involuntary: int64(e.Involuntary), Started: int64(e.Started), Threads: int64(e.Threads),
			LatencyMedian: time.Duration(e.LatencyMedian), LatencyP99: time.Duration(e.LatencyHigh),
		},
		Allocation: notebook.Allocation{Objects: int64(e.Objects), Bytes: int64(e.Bytes), GCs: int64(e.Collections)},
		MaxRSS:     int64(e.MaxRSS), Goroutines: int(e.Goroutines), Shared: e.Shared,
	}
	complete(&m)
	return m
}

// complete computes what follows from the times.
func complete(m *notebook.Measurement) {
	m.CPU = m.User + m.Sys
	if m.HasRatio() {
		m.Parallelism = float64(m.CPU) / float64(m.Wall)
	}
}
