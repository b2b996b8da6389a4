package main

import (
	"context"
	"fmt"
	"time"

	"notebook"
)

// stress runs notes several times and prints how often each check and each
// claim came out as the note says.
func (a *app) stress(ctx context.Context, args []string, o *runOptions, runs int) error {
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
		a.failIf(a.stressNote(ctx, j, o, runs))
		if ctx.Err() != nil {
			return nil
		}
	}
	return nil
}

func (a *app) stressNote(ctx context.Context, j *job, o *runOptions, runs int) error {
	r := newRates(j)
	begin := time.Now()
	for range runs {
		a.console.Activity(fmt.Sprintf("%s  %d/%d", j.file.Name, r.runs+1, runs))
		if err := a.execute(ctx, j, o, r.event); err != nil {
			return err
		}
		if ctx.Err() != nil {
			break
		}
	}
	for _, line := range r.lines() {
		if err := a.console.Result(line); err != nil {
			return err
		}
	}
	took := shortTime(time.Since(begin))
	switch {
	case ctx.Err() != nil:
		a.console.Failure(fmt.Sprintf("%s: interrupted after %s", j.file.Name, plural(r.runs, "run")))
	case r.failed > 0:
		a.status.raise(statusFailed)
		a.console.Failure(fmt.Sprintf("%s: %d of %s failed in %s", j.file.Name, r.failed, plural(r.runs, "run"), took))
	default:
		a.console.Success(fmt.Sprintf("%s: %s as expected in %s", j.file.Name, plural(r.runs, "run"), took))
	}
	return nil
}

// rates count what came out of several runs of a note.
type rates struct {
	job    *job
	runs   int
	failed int
	events []notebook.Event // of the run that has not ended
	cells  map[string]*rate // by label
	claims []rate           // in the order of the note
}

// A rate counts how one cell or claim came out.
type rate struct {
	good, bad       int
	undecided, none int  // of a claim
	looked          bool // something looked for a race or a leak of a cell
}

func newRates(j *job) *rates {
	return &rates{job: j, cells: map[string]*rate{}, claims: make([]rate, len(j.note.Claims))}
}

// event takes an event of one of the runs. A run counts when it has ended.
func (r *rates) event(e notebook.Event) error {
	switch body := e.Body.(type) {
	case notebook.Finished, notebook.NotRun, notebook.Claimed, notebook.Verdict:
		r.events = append(r.events, e)
	case notebook.End:
		r.runs++
		if body.Outcome != "ok" {
			r.failed++
		}
		for _, e := range r.events {
			r.count(e)
		}
		r.events = nil
	}
	return nil
}

// count counts an event of a run that has ended.
func (r *rates) count(e notebook.Event) {
	switch body := e.Body.(type) {
	case notebook.Finished:
		r.cell(e, body.Expected)
	case notebook.NotRun:
		if body.Fails {
			r.cell(e, false)
		}
	case notebook.Verdict:
		if !body.Unchecked {
			r.of(e.Cell).looked = true
		}
	case notebook.Claimed:
		r.claims[body.Number-1].add(body.Result)
	}
}

func (r *rates) cell(e notebook.Event, good bool) {
	switch {
	case e.Run > 0:
	case good:
		r.of(e.Cell).good++
	default:
		r.of(e.Cell).bad++
	}
}

// of returns the rate of a cell.
func (r *rates) of(label string) *rate {
	if r.cells[label] == nil {
		r.cells[label] = &rate{}
	}
	return r.cells[label]
}

func (c *rate) add(result notebook.ClaimResult) {
	switch result {
	case notebook.ClaimHolds:
		c.good++
	case notebook.ClaimUndecided:
		c.undecided++
	case notebook.ClaimNotApplicable:
		c.none++
	default:
		c.bad++
	}
}

// lines returns one line for each cell that is checked, or that went wrong,
// and for each claim, in the order of the note.
func (r *rates) lines() []string {
	var lines []string
	claim := 0
	before := func(c *notebook.Cell) {
		for ; claim < len(r.claims) && (c == nil || r.job.note.Claims[claim].Position.Line < c.Fence.Line); claim++ {
			lines = append(lines, r.claimLine(claim))
		}
	}
	for _, c := range r.job.note.Cells {
		before(c)
		if n := r.cells[c.Label]; n != nil && (c.Check != nil || len(c.Options.Expect) > 0 || n.looked || n.bad > 0) {
			lines = append(lines, fmt.Sprintf("%s:%s: %s: %d of %d as expected", r.job.file.Name, c.Fence, notebook.CellName(c.Label), n.good, n.good+n.bad))
		}
	}
	before(nil)
	return lines
}

func (r *rates) claimLine(i int) string {
	claim, n := r.job.note.Claims[i], r.claims[i]
	text := claim.Sentence
	if text == "" {
		text = claim.Text
	}
	line := fmt.Sprintf("%s:%s: %s holds in %d of %d", r.job.file.Name, claim.Position, "“"+text+"”", n.good, r.runs)
	for _, part := range []struct {
		n    int
		text string
	}{{n.bad, "fails"}, {n.undecided, "not decided"}, {n.none, "not applicable"}} {
		if part.n > 0 {
			line += fmt.Sprintf(", %s in %d", part.text, part.n)
		}
	}
	return line
}
