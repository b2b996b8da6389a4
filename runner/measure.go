package runner

import (
	"context"
	"fmt"
	"maps"
	"time"

	"notebook"
)

const (
	// defaultRounds is how often each model of a comparison runs where no
	// repeat is written.
	defaultRounds = 10
	// groupTime bounds the measuring of a group, or of a cell with several
	// values of GOMAXPROCS; where repeat is written, writtenTime does.
	groupTime   = 6 * time.Second
	writtenTime = time.Minute
)

// reruns is what the run of a note knows of cells that run several times. The
// zero value knows of none.
type reruns struct {
	firsts map[string]*watch // first runs of the cells to be compared, by label
	counts map[rerun]int     // runs after the first
}

// A rerun names what counts its runs: a cell under one engine.
type rerun struct {
	cell   string
	engine notebook.EngineName
}

// next returns the number of the next run of a cell.
func (r *reruns) next(cell string, engine notebook.EngineName) int {
	if r.counts == nil {
		r.counts = map[rerun]int{}
	}
	r.counts[rerun{cell, engine}]++
	return r.counts[rerun{cell, engine}]
}

// keep keeps the first run of a cell that is to be compared.
func (r *reruns) keep(cell string, first *watch) {
	if r.firsts == nil {
		r.firsts = map[string]*watch{}
	}
	r.firsts[cell] = first
}

// watch follows the first run of a cell that is to run several times; nil for
// another cell.
func (run *noteRun) watch(j *judge) *watch {
	o := j.cell.Options
	if o.Repeat <= 1 && len(o.Procs) <= 1 && o.Compare == "" {
		return nil
	}
	w := newWatch(0)
	j.observe = w.event
	return w
}

// measure runs a cell as often again as its options say. A cell of a group
// waits for the last one of the group.
func (run *noteRun) measure(ctx context.Context, j *judge, first *watch) error {
	switch o := j.cell.Options; {
	case first == nil || run.stopped():
		return nil
	case o.Compare != "":
		run.reruns.keep(j.cell.Label, first)
		return nil
	case !first.ended || first.finished.Outcome == notebook.Skipped:
		return nil
	case len(o.Procs) > 1:
		return run.sweep(ctx, j)
	}
	return run.repeat(ctx, j, first)
}

// repeat runs a cell until it has run as often as its author wants. A first run
// whose recording took too much of its time comes on top: as many runs as are
// wanted have times that count.
func (run *noteRun) repeat(ctx context.Context, j *judge, first *watch) error {
	wanted, procs := j.cell.Options.Repeat, 0
	if list := j.cell.Options.Procs; len(list) > 0 {
		procs = list[0]
	}
	s := newSeries(j.cell, j.engine, procs)
	s.runs = append(s.runs, first)
	total := wanted
	if first.recorded {
		total++
	}
	begin := time.Now().Add(-first.finished.Wall)
	for len(s.runs) < total && run.goesOn(len(s.runs), time.Since(begin), writtenTime) {
		run.measuring(s, len(s.runs)+1, total)
		if err := run.again(ctx, j.stream, s); err != nil {
			return err
		}
	}
	return j.send(s.summary(wanted))
}

// measuring tells the user which run of how many begins, unless time runs out.
func (run *noteRun) measuring(s *series, number, of int) {
	if run.env.Progress != nil {
		run.env.Progress(fmt.Sprintf("measuring %s: run %d of %d", notebook.CellName(s.cell.Label), number, of))
	}
}

// goesOn decides, after so many rounds that took so long, whether there is
// time for another one.
func (run *noteRun) goesOn(rounds int, spent, budget time.Duration) bool {
	if run.opts.Quick || run.stopped() {
		return false
	}
	return spent+spent/time.Duration(rounds) <= budget
}

// stopped reports whether a failure has ended the run of the note.
func (run *noteRun) stopped() bool { return run.opts.FailFast && run.tally.failed() > 0 }

// again runs the cell of a series once more, in a process of its own, from the
// state that it had before it ran first. Later cells do not see what it does.
func (run *noteRun) again(ctx context.Context, stream *stream, s *series) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	w := newWatch(run.reruns.next(s.cell.Label, s.engine))
	s.runs = append(s.runs, w)
	j := newJudge(s.cell, s.engine, stream, &run.tally)
	j.run, j.observe = w.number, w.event
	ends := maps.Clone(run.ends)
	defer func() { run.ends = ends }()
	if s.cell.Program {
		return run.program(ctx, j)
	}
	return run.sessionCell(ctx, j)
}
