package runner

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"time"

	"notebook"
	"notebook/runner/stats"
)

// A group is series that are measured in turns, to be compared.
type group struct {
	name    string // "" for one cell with several values of GOMAXPROCS
	engine  notebook.EngineName
	wanted  rounding
	series  []*series
	control *series // further runs of one of them; nil: none
	of      int     // which one
	rounds  int     // done
	over    bool    // they took more than their time
	absent  []notebook.Absent
}

// A rounding is how many rounds are wanted, and how long they may take.
type rounding struct {
	rounds int
	budget time.Duration
}

// rounds returns how often cells are to run that are compared.
func rounds(cells ...*notebook.Cell) rounding {
	r := rounding{defaultRounds, groupTime}
	written := 0
	for _, c := range cells {
		written = max(written, c.Options.Repeat)
	}
	if written > 0 {
		r = rounding{written, writtenTime}
	}
	return r
}

// turns measures the series of a group. In each round every one runs once, and
// the quickest a second time, as the control: its runs cost the least, and what
// disturbs a machine shows in them most.
func (run *noteRun) turns(ctx context.Context, stream *stream, g *group) error {
	slots := g.series
	total := g.wanted.rounds * (len(g.series) + 1)
	if run.opts.Quick {
		total = len(g.series)
	}
	done := 0
	next := func(s *series) error {
		done++
		run.measuring(s, done, total)
		return run.again(ctx, stream, s)
	}
	begin := time.Now()
	for g.rounds == 0 || g.rounds < g.wanted.rounds && run.goesOn(g.rounds, time.Since(begin), g.wanted.budget) {
		for _, slot := range stats.Turn(len(slots), g.rounds) {
			if err := next(slots[slot]); err != nil {
				return err
			}
		}
		g.rounds++
		if g.rounds > 1 || !run.goesOn(g.rounds, time.Since(begin), g.wanted.budget) {
			continue
		}
		g.of = quickest(g.series)
		g.control = newSeries(g.series[g.of].cell, g.series[g.of].engine, g.series[g.of].procs())
		slots = append(slots[:len(slots):len(slots)], g.control)
		if err := next(g.control); err != nil {
			return err
		}
	}
	g.over = time.Since(begin) > g.wanted.budget
	return nil
}

// quickest returns the index of the series whose first run took the least time.
func quickest(all []*series) int {
	least, index := math.Inf(1), 0
	for i, s := range all {
		if times := s.wall(); len(times) > 0 && times[0] < least {
			least, index = times[0], i
		}
	}
	return index
}

// summaries sums up each series, with the runs of its control.
func (g *group) summaries() []notebook.Repeated {
	var all []notebook.Repeated
	for i, s := range g.series {
		whole, wanted := *s, g.wanted.rounds
		if g.control != nil && g.of == i {
			whole.runs = append(whole.runs[:len(s.runs):len(s.runs)], g.control.runs...)
			wanted *= 2
		}
		all = append(all, whole.summary(wanted))
	}
	return all
}

// compared judges the group.
func (g *group) compared() notebook.Compared {
	c := notebook.Compared{
		Group: g.name, Cores: runtime.NumCPU(), Rounds: g.rounds, Wanted: g.wanted.rounds, Winner: -1, Absent: g.absent,
	}
	judged := stats.Group{Of: g.of}
	for _, s := range g.series {
		judged.Series = append(judged.Series, s.wall())
	}
	judged.Waiting = g.waiting()
	if g.control != nil {
		judged.Control = g.control.wall()
	}
	j := judged.Judge()
	c.Winner = j.Winner
	for _, sign := range j.Noisy {
		c.Noise = append(c.Noise, notebook.Noise(sign))
	}
	if g.control != nil {
		c.Control = &notebook.Control{Model: g.of, Runs: len(judged.Control), Quotient: notebook.Quotient(j.Control)}
	}
	for i, s := range g.series {
		c.Models = append(c.Models, notebook.ComparedModel{
			Cell: s.cell.Label, Model: s.cell.Options.Model, Procs: s.procs(), Runs: len(judged.Series[i]),
			Wall: spread(judged.Series[i]), CPU: spread(s.cpu()), Unexpected: s.unexpected(),
			Speedup: speedup(j, i), Relation: relation(j, i),
		})
	}
	return c
}

// waiting returns the share of its time that each series waited for a core; nil
// where it is not known of all of them.
func (g *group) waiting() []float64 {
	var shares []float64
	for _, s := range g.series {
		share, ok := s.waiting()
		if !ok {
			return nil
		}
		shares = append(shares, share)
	}
	return shares
}

// speedup returns how many times faster a series is than the first one, which
// is exactly as fast as itself.
func speedup(j stats.Judgment, i int) notebook.Quotient {
	if i == 0 {
		return notebook.Quotient{Value: 1}
	}
	return notebook.Quotient(stats.Speedup(j.Summaries[0], j.Summaries[i]))
}

// relation says what a judgment shows about a series and the first one.
func relation(j stats.Judgment, i int) notebook.Relation {
	first, s := j.Summaries[0], j.Summaries[i]
	switch {
	case i == 0:
		return notebook.RelationBase
	case len(j.Noisy) > 0 || !first.Bounded() || !s.Bounded():
		return notebook.RelationUnknown
	case stats.Faster(s, first):
		return notebook.RelationFaster
	case stats.Faster(first, s):
		return notebook.RelationSlower
	}
	return notebook.RelationNone
}

// compare measures the group of which c is the last cell that was to run.
func (run *noteRun) compare(ctx context.Context, stream *stream, c *notebook.Cell) error {
	cells := run.groupOf(c)
	if len(cells) == 0 || cells[len(cells)-1] != c || run.opts.Only != "" || run.stopped() {
		return nil
	}
	g := &group{name: c.Options.Compare, engine: run.enginesOf(c)[0], wanted: rounds(cells...)}
	for _, member := range cells {
		if reason := run.unfitToCompare(member); reason != "" {
			g.absent = append(g.absent, notebook.Absent{Cell: member.Label, Model: member.Options.Model, Reason: reason})
			continue
		}
		for _, procs := range procsOf(member) {
			g.series = append(g.series, newSeries(member, run.enginesOf(member)[0], procs))
		}
	}
	if len(g.series) < 2 {
		g.series = nil // there is nothing to compare it with
	} else if err := run.turns(ctx, stream, g); err != nil {
		return err
	}
	return run.tellGroup(stream, g, c)
}

// tellGroup sends what the runs of a group gave: each cell's summaries, and
// what they show together as an event of the last one.
func (run *noteRun) tellGroup(stream *stream, g *group, last *notebook.Cell) error {
	for i, summary := range g.summaries() {
		s := g.series[i]
		if err := stream.send(notebook.Event{Cell: s.cell.Label, Engine: string(s.engine), Body: summary}); err != nil {
			return err
		}
	}
	return stream.send(notebook.Event{Cell: last.Label, Engine: string(g.engine), Body: g.compared()})
}

// groupOf returns the cells of c's group that were to run, in the order of the
// note; none for a cell that is not to be compared.
func (run *noteRun) groupOf(c *notebook.Cell) []*notebook.Cell {
	var cells []*notebook.Cell
	for _, other := range run.chosen {
		if c.Options.Compare != "" && other.Options.Compare == c.Options.Compare && other.Options.Model != "" && other.Mode == notebook.Run {
			cells = append(cells, other)
		}
	}
	return cells
}

// procsOf returns the values of GOMAXPROCS that a cell is to be measured with;
// 0 is as usual.
func procsOf(c *notebook.Cell) []int {
	if len(c.Options.Procs) == 0 {
		return []int{0}
	}
	return c.Options.Procs
}

// unfitToCompare tells why a cell of a group cannot be measured; "" means that
// it can.
func (run *noteRun) unfitToCompare(c *notebook.Cell) string {
	first := run.reruns.firsts[c.Label]
	switch {
	case c.Broken:
		return "its options have an error"
	case first == nil || !first.ended:
		return "it did not run"
	case first.finished.Outcome == notebook.Skipped:
		return "it was not run: " + first.message
	case !first.finished.Expected:
		return fmt.Sprintf("it ended with %s", first.finished.Outcome)
	}
	return ""
}
