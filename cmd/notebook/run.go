package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"notebook"
	"notebook/runner"
)

const runHelp = `Run runs notes and shows here what their cells print and return.

A name after # runs one cell, and before it the cells that it needs. With
--json the events of the run are printed instead, one JSON object a line.`

const runExamples = `  notebook run concurrency.md
  notebook run concurrency.md#fan-out      one cell and what it needs
  notebook run --json concurrency.md | jq 'select(.event == "finished")'`

func newRunCommand(a *app) *cobra.Command {
	var o runOptions
	var events bool
	cmd := &cobra.Command{
		Use:               "run note.md[#label]|folder ...",
		Short:             "Run notes and show the output here",
		Long:              runHelp,
		Example:           runExamples,
		Args:              notesNeeded,
		ValidArgsFunction: completeNotes,
		RunE: func(cmd *cobra.Command, args []string) error {
			sink := a.show
			if events {
				sink = a.stream
			}
			return a.run(cmd.Context(), args, &o, sink)
		},
	}
	o.register(cmd, a)
	cmd.Flags().BoolVar(&events, "json", false, "print the events of the run, one JSON object a line")
	return cmd
}

// run runs notes one after the other; each gets a sink of its own.
func (a *app) run(ctx context.Context, args []string, o *runOptions, sink func(*job) runner.Sink) error {
	jobs, err := a.readTargets(args)
	if err != nil || len(jobs) == 0 {
		return err
	}
	leave, err := a.enter(o)
	if err != nil {
		return err
	}
	defer leave()
	for _, j := range jobs {
		a.diagnose(j)
		err := a.execute(ctx, j, o, sink(j))
		a.failIf(err)
		if ctx.Err() != nil || errors.Is(err, syscall.EPIPE) {
			return nil
		}
	}
	a.tellTotal(a.notes, "as expected")
	return nil
}

// readTargets reads the notes that the arguments name, where note.md#label
// names one cell.
func (a *app) readTargets(args []string) ([]*job, error) {
	var jobs []*job
	for _, arg := range args {
		path, label := cutLabel(arg)
		if label == "" && path != arg {
			return nil, &usageError{text: arg + " names no cell", hint: "write " + path + ", or the label of a cell after #"}
		}
		read, err := a.read([]string{path}, "")
		if err != nil {
			return nil, err
		}
		for _, j := range read {
			if err := j.choose(label); err != nil {
				return nil, err
			}
		}
		jobs = append(jobs, read...)
	}
	return jobs, nil
}

// cutLabel separates the label from note.md#label. A file with that very name
// wins.
func cutLabel(arg string) (path, label string) {
	if _, err := os.Lstat(arg); err == nil {
		return arg, ""
	}
	i := strings.LastIndex(arg, "#")
	if i < 0 {
		return arg, ""
	}
	return arg[:i], arg[i+1:]
}

// choose makes the job run only the cell with that label and what it needs;
// "" chooses all.
func (j *job) choose(label string) error {
	if j.only = label; label == "" {
		return nil
	}
	var labels []string
	for _, c := range j.note.Cells {
		switch {
		case c.Label == label && (c.Mode == notebook.Show || c.Mode == notebook.Sketch):
			return &usageError{text: fmt.Sprintf("cell %q of %s is shown only", label, j.file.Name)}
		case c.Label == label:
			return nil
		}
		labels = append(labels, c.Label)
	}
	hint := ""
	if len(labels) > 0 {
		hint = "its cells are " + strings.Join(labels, ", ")
	}
	return &usageError{text: fmt.Sprintf("%s has no cell %q", j.file.Name, label), hint: hint}
}

// stream returns a sink that prints events as JSON.
func (a *app) stream(*job) runner.Sink {
	out := a.console.Out()
	return func(e notebook.Event) error { return notebook.WriteEvent(out, e) }
}

// show returns a sink that prints what cells write and return. A person who
// watches also sees which cell it is from, and an end that was expected.
func (a *app) show(j *job) runner.Sink {
	message := "" // of the last problem
	return func(e notebook.Event) error {
		if e.Run > 0 {
			return nil
		}
		switch body := e.Body.(type) {
		case notebook.Started:
			line := body.Line
			if c := j.note.Cell(e.Cell); c != nil {
				line = c.Fence.Line // as in all messages about a cell
			}
			a.remark(fmt.Sprintf("%s:%d %s", j.file.Name, line, notebook.CellName(e.Cell)))
		case notebook.Written:
			to := a.console.Out()
			if body.Stream == notebook.Stderr {
				to = a.console.Err()
			}
			_, err := to.Write(body.Data)
			return err
		case notebook.Displayed:
			if body.MIME == "text/plain" {
				return a.console.Result(strings.TrimSuffix(string(body.Data), "\n"))
			}
		case notebook.Repeated, notebook.Compared:
			a.sumUp(j.note.Cell(e.Cell), body)
		case notebook.Problem:
			message = body.Message
		case notebook.Verdict:
			a.remarkVerdict(j.note.Cell(e.Cell), body)
		case notebook.Finished:
			if body.Expected && body.Outcome != notebook.OK {
				a.remark(fmt.Sprintf("%s, as expected: %s", body.Outcome, message))
			}
		}
		return nil
	}
}

// remark says to a person who watches what a file would not want to hear.
func (a *app) remark(line string) {
	if a.console.Interactive() {
		a.console.Heading(line)
	}
}

// remarkVerdict says what was found about a cell; what its author does not want
// is a problem, and what ended it is told with its end.
func (a *app) remarkVerdict(c *notebook.Cell, v notebook.Verdict) {
	switch {
	case v.Unchecked || v.Kind == notebook.DeadlockVerdict:
	case v.Found && c.Options.Expects(v.Kind):
		a.remark(fmt.Sprintf("%s, as expected: %s", v.Kind, v.Text))
	case !v.Found && !c.Options.Expects(v.Kind):
		a.remark(v.Text)
	}
}
