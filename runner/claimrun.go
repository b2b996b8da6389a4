package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"notebook"
	"notebook/runner/claims"
	"notebook/runner/stats"
)

// assert evaluates what stands in the text of the note and sends what comes
// out. All cells have ended.
func (run *noteRun) assert(ctx context.Context, stream *stream) error {
	if run.assertions.folder == nil {
		return nil
	}
	f := &facts{run: run, result: run.assertions.folder.Result(), more: map[string]*series{}}
	for _, a := range run.assertions.list {
		if a.err != nil {
			continue
		}
		v, err := run.decide(ctx, f, a)
		if err != nil {
			return err
		}
		if err := stream.send(notebook.Event{Body: run.outcomeOf(a, v)}); err != nil {
			return err
		}
	}
	return nil
}

// An assessment is what came out of an assertion.
type assessment struct {
	result   notebook.ClaimResult
	value    any
	measured string
	reason   string
	hint     string
	// runs is how many runs there are where they differ, and same in how many
	// of them it has this value.
	same, runs int
	noisy      bool // not decided because of times, which more runs may tell better
}

// outcomeOf returns the event of an assertion and counts it.
func (run *noteRun) outcomeOf(a *assertion, v assessment) notebook.Body {
	if a.claim == nil {
		return run.valueOf(a, v)
	}
	switch t := &run.tally.claims; v.result {
	case notebook.ClaimHolds:
		t.Held++
	case notebook.ClaimFails:
		t.Failed++
	case notebook.ClaimUndecided:
		t.Undecided++
	default:
		t.NotApplicable++
	}
	if run.assertions.hinted[v.hint] {
		v.hint = ""
	}
	run.assertions.hinted[v.hint] = true
	return notebook.Claimed{
		Text: a.claim.Sentence, Predicate: a.Text, Measured: v.measured, Result: v.result, Reason: v.reason, Hint: v.hint,
		Line: a.Position.Line, Col: a.Position.Col, Number: a.number,
	}
}

// valueOf returns the event of an inline value that measures. Where nothing
// was measured there is nothing to show, which fails no note.
func (run *noteRun) valueOf(a *assertion, v assessment) notebook.Body {
	value := notebook.Valued{Expression: a.Text, Line: a.Position.Line, Col: a.Position.Col, Number: a.number}
	switch {
	case v.value == nil:
		value.Reason = v.reason
		if value.Failed = v.result == notebook.ClaimFails; value.Failed {
			run.tally.missing++
		}
	case a.predicate.IsTime():
		value.Text = claims.FormatTime(v.value)
	default:
		value.Text = claims.Format(v.value)
	}
	if value.Text != "" && v.same < v.runs {
		value.Text += fmt.Sprintf(" in %d of %d runs", v.same, v.runs)
	}
	return value
}

// rerunsToDecide is how often the cells behind a claim run again to decide it.
const rerunsToDecide = stats.MinRuns - 1

// decide evaluates an assertion; where noise leaves it open and the run is to
// decide, the cells behind it run again.
func (run *noteRun) decide(ctx context.Context, f *facts, a *assertion) (assessment, error) {
	v := f.assess(a)
	for range rerunsToDecide {
		if !v.noisy || !run.opts.Decide {
			break
		}
		again, err := run.rerunTimed(ctx, f, a)
		if err != nil {
			return v, err
		}
		if !again {
			break
		}
		v = f.assess(a)
	}
	return v, nil
}

// rerunTimed runs each cell once more whose time an assertion needs, and
// reports whether it ran any. Nobody else hears of these runs.
func (run *noteRun) rerunTimed(ctx context.Context, f *facts, a *assertion) (bool, error) {
	counted, ends := run.tally, run.ends
	run.tally = tally{}
	defer func() { run.tally, run.ends = counted, ends }()
	unheard := newStream(run.note.Name, func(notebook.Event) error { return nil })
	ran := false
	for _, label := range f.timed(a) {
		s := f.series(label)
		if s == nil {
			continue
		}
		run.measuring(s, len(s.runs)+1, rerunsToDecide+1)
		if err := run.again(ctx, unheard, s); err != nil {
			return ran, err
		}
		ran = true
	}
	return ran, nil
}

// assess evaluates an assertion with what is known.
func (f *facts) assess(a *assertion) assessment {
	none := func(reason string) assessment {
		return assessment{result: notebook.ClaimNotApplicable, reason: reason}
	}
	for _, label := range f.run.labels(a) {
		if why := f.unmet(label, a); why != "" {
			return none(why)
		}
	}
	values, open := make([]claims.Value, 0, len(a.predicate.Data())), ""
	for _, d := range a.predicate.Data() {
		value, why := f.value(a, d)
		switch {
		case why.absent != "":
			return none(why.absent)
		case why.open != "" && open == "":
			open = why.open
		}
		values = append(values, value)
	}
	answer, err := a.predicate.Evaluate(values)
	v := assessment{value: answer.Value, measured: answer.Measured, result: notebook.ClaimHolds}
	switch {
	case errors.Is(err, claims.ErrNotFinite), errors.Is(err, claims.ErrManyRuns):
		v.result, v.reason, v.value = notebook.ClaimUndecided, err.Error(), nil
	case err != nil:
		v.result, v.reason, v.value = notebook.ClaimFails, err.Error(), nil
	case open != "":
		v.result, v.reason = notebook.ClaimUndecided, open
	case !answer.Decided && answer.Same < answer.Runs:
		v.result, v.reason = notebook.ClaimUndecided, trueIn(answer)
		v.hint = "where it is enough that it is so in some of the runs, write some(...)"
	case !answer.Decided:
		v.result, v.noisy = notebook.ClaimUndecided, true
		v.reason, v.hint = f.noisy(a)
	case answer.Value == false:
		v.result, v.hint = notebook.ClaimFails, "correct the sentence, or the code that it is about; notebook test --stress 10 tells how often it holds"
	}
	if v.reason == "" && answer.Runs > 0 && a.claim != nil {
		v.reason = trueIn(answer)
	}
	v.same, v.runs = answer.Same, answer.Runs
	return v
}

// trueIn says in how many runs a claim is true, where they differ.
func trueIn(a claims.Answer) string {
	held := a.Same
	if a.Value == false {
		held = a.Runs - a.Same
	}
	return fmt.Sprintf("true in %d of %d runs", held, a.Runs)
}

// noisy says why times leave a claim open.
func (f *facts) noisy(a *assertion) (reason, hint string) {
	for _, d := range a.predicate.Data() {
		if d.Function != "parallelism" {
			continue
		}
		if share, busy := waited(f.timedRuns(d.Name, f.first(d.Name))); busy {
			return fmt.Sprintf("the machine was busy: %s waited for a core %.0f %% of its time", notebook.CellName(d.Name), share*100),
				"run the note again on a quiet machine; where there is none, write needs: quiet in " + notebook.CellName(d.Name)
		}
	}
	for _, label := range f.timed(a) {
		if walls := f.timedRuns(label, f.first(label)).wall(); len(walls) < stats.MinRuns {
			return fmt.Sprintf("too close to tell from so few runs: times are taken to be right within %.0f %%", timeMargin*100),
				"write repeat: 10 in " + notebook.CellName(label)
		}
	}
	return "too close to tell: the runs differ by more than that", "choose a limit farther from what is measured"
}

// unmet says which need of a cell the machine does not meet, or "". What else
// runs on it changes times only.
func (f *facts) unmet(label string, a *assertion) string {
	c := f.run.note.Cell(label)
	if c == nil {
		return ""
	}
	if cores := runtime.NumCPU(); cores < c.Options.Needs.Cores {
		return fmt.Sprintf("%s needs %d cores, and this machine has %d", notebook.CellName(label), c.Options.Needs.Cores, cores)
	}
	timed := func(d claims.Datum) bool { return d.Name == label && d.IsTime() }
	if why := f.run.assertions.noise.loud[label]; why != "" && c.Options.Needs.Quiet && slices.ContainsFunc(a.predicate.Data(), timed) {
		return fmt.Sprintf("%s needs a quiet machine, and %s", notebook.CellName(label), why)
	}
	return ""
}

// timed returns the cells of which an assertion needs times.
func (f *facts) timed(a *assertion) []string {
	var labels []string
	for _, d := range a.predicate.Data() {
		if d.IsTime() && d.Function != "speedup" && !slices.Contains(labels, d.Name) {
			labels = append(labels, d.Name)
		}
	}
	return labels
}

// series returns the runs of a cell that a claim is decided with, the first
// one among them; nil where its author repeats it, or it did not run.
func (f *facts) series(label string) *series {
	if s := f.more[label]; s != nil {
		return s
	}
	r, c := f.first(label), f.run.note.Cell(label)
	if r == nil || r.Finished == nil || c == nil || c.Options.Repeat > 1 || len(c.Options.Procs) > 1 || c.Options.Compare != "" {
		return nil
	}
	s := newSeries(c, notebook.EngineName(r.Engine), 0)
	s.runs = append(s.runs, watchOf(r))
	f.more[label] = s
	return s
}
