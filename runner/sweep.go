package runner

import (
	"context"
	"runtime"
	"slices"

	"notebook"
	"notebook/runner/stats"
)

// sweep runs a cell with each of its values of GOMAXPROCS, in turns, and
// reports how it scales.
func (run *noteRun) sweep(ctx context.Context, j *judge) error {
	g := &group{engine: j.engine, wanted: rounds(j.cell)}
	for _, procs := range slices.Sorted(slices.Values(j.cell.Options.Procs)) {
		g.series = append(g.series, newSeries(j.cell, j.engine, procs))
	}
	if err := run.turns(ctx, j.stream, g); err != nil {
		return err
	}
	compared := g.compared()
	if err := run.recordSweep(ctx, j, g); err != nil {
		return err
	}
	for _, r := range g.summaries() {
		if err := j.send(r); err != nil {
			return err
		}
	}
	compared.Serial = serial(compared, runtime.NumCPU())
	return j.send(compared)
}

// recordSweep records the timeline of one run with each value of GOMAXPROCS that
// the first run did not have, if that was to be recorded and there is time.
func (run *noteRun) recordSweep(ctx context.Context, j *judge, g *group) error {
	if g.over || run.opts.Quick || run.decideTrace(j.cell).Options.Trace != notebook.SwitchOn {
		return nil
	}
	for _, s := range g.series {
		if s.procs() == j.cell.Options.Procs[0] {
			continue
		}
		own := *s.cell
		own.Options.Trace = notebook.SwitchOn
		recorded := &series{cell: &own, engine: s.engine}
		if err := run.again(ctx, j.stream, recorded); err != nil {
			return err
		}
		for _, w := range recorded.runs {
			w.recorded = true // it had no turn: its time does not count
		}
		s.runs = append(s.runs, recorded.runs...)
	}
	return nil
}

// serial returns the share of the work that ran on one core alone. It is taken
// at the largest number of processors that have a core each; nil where no
// speed-up is shown.
func serial(c notebook.Compared, cores int) *notebook.Serial {
	if len(c.Noise) > 0 || len(c.Models) == 0 || c.Models[0].Procs != 1 {
		return nil
	}
	last := 0
	for i, m := range c.Models {
		if m.Procs <= cores {
			last = i
		}
	}
	m := c.Models[last]
	if m.Relation != notebook.RelationFaster {
		return nil
	}
	share, low, high, ok := stats.SerialShare(stats.Ratio(m.Speedup), m.Procs)
	if !ok {
		return nil
	}
	return &notebook.Serial{Procs: m.Procs, Share: share, Low: low, High: high}
}
