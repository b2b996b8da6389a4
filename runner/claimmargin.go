package runner

import (
	"fmt"
	"math"
	"slices"
	"time"

	"notebook"
	"notebook/runner/claims"
	"notebook/runner/stats"
)

// What is taken for noise where there are too few runs for an interval. A claim
// is decided only if it comes out the same wherever the true values lie within
// these bounds. docs/claims.md says so too.
const (
	// timeMargin is by which share a time may be wrong that was measured once,
	// or fewer than six times, and timeFloor by how much at least: what the
	// scheduler may do to a short cell.
	timeMargin = 0.10
	timeFloor  = 100 * time.Microsecond
	// ratioMargin is the same share for CPU time / wall time, since what delays
	// a cell moves both. Each of the two may be wrong by timeFloor, too.
	ratioMargin = 0.03
	// monitorShare of the wall time, but not more than monitorTime, is what the
	// monitor of the Go runtime may have taken of a CPU time: a thread that
	// wakes every 20 µs when a process begins to work, and less and less often.
	// A loop on one core seems to keep up to 1.2 of them busy.
	monitorShare = 0.20
	monitorTime  = time.Millisecond
)

// time returns a time of a cell, or the ratio of two, with its bounds.
func (f *facts) time(d claims.Datum, r *notebook.CellRun) (claims.Value, lack) {
	name := notebook.CellName(d.Name)
	runs := f.timedRuns(d.Name, r)
	walls, cpus := seconds(runs.wall()), seconds(runs.cpu())
	switch {
	case len(walls) == 0:
		return claims.Value{}, lack{absent: "no run of " + name + " ended as its author expects"}
	case len(cpus) == 0 && d.Function != "wall":
		return claims.Value{}, lack{absent: fmt.Sprintf("the CPU time of %s holds that of goroutines of %s", name, notebook.CellName(r.Finished.Shared))}
	}
	if d.Function == "wall" {
		return timeValue(walls), lack{}
	}
	wall, cpu := stats.Summarize(walls), stats.Summarize(cpus)
	monitor := min(wall.Median*monitorShare, monitorTime.Seconds())
	switch {
	case d.Function == "cpu":
		value := timeValue(cpus)
		value.Low = max(0, value.Low-monitor)
		return value, lack{}
	case wall.Median < notebook.MinRatioWall.Seconds():
		return claims.Value{}, lack{absent: name + " took less than 1 ms, which is too short for a ratio of CPU time and wall time"}
	}
	ratio := ratioOf(cpu, wall, monitor)
	if share, busy := waited(runs); busy {
		most := float64(min(f.result.Start.Cores, f.gomaxprocs(d.Name)))
		found := cpu.Median / wall.Median
		ratio.High = max(ratio.High, min(most, found+share*max(1, found)))
	}
	return ratio, lack{}
}

// waited returns the share of their time that runs waited for a core, and
// whether that is so much that they would have kept more of them busy on a
// quiet machine.
func waited(runs *series) (share float64, busy bool) {
	share, ok := runs.waiting()
	return share, ok && share > stats.MaxWaiting
}

// ratioOf returns CPU time / wall time with its bounds. The CPU time may hold
// some of the runtime's monitor.
func ratioOf(cpu, wall stats.Summary, monitor float64) claims.Value {
	ratio := cpu.Median / wall.Median
	if wall.Bounded() && cpu.Bounded() && wall.Low > 0 {
		return claims.Value{V: ratio, Low: max(0, cpu.Low-monitor) / wall.High, High: cpu.High / wall.Low}
	}
	value := within(ratio, ratioMargin, 0)
	floor := timeFloor.Seconds()
	value.Low = min(value.Low, max(0, cpu.Median-monitor-floor)/(wall.Median+floor))
	value.High = max(value.High, (cpu.Median+floor)/(wall.Median-floor))
	return value
}

// timedRuns returns the runs of a cell whose times count: the same as in the
// summary of its runs. A single run counts however long its recording took,
// since there is no other.
func (f *facts) timedRuns(label string, first *notebook.CellRun) *series {
	s := f.more[label]
	if s == nil {
		s = &series{}
		for _, r := range f.result.Cells[label] {
			if r.Engine == first.Engine && r.Finished != nil {
				s.runs = append(s.runs, watchOf(r))
			}
		}
	}
	if c := f.run.note.Cell(label); len(c.Options.Procs) > 1 || len(s.runs) == 1 {
		only := watchOf(first) // the others are of another kind
		only.recorded = false
		s = &series{runs: []*watch{only}}
	}
	return s
}

// watchOf returns what a summary needs of a run that has ended.
func watchOf(r *notebook.CellRun) *watch {
	w := newWatch(r.Run)
	w.ended, w.finished = true, *r.Finished
	w.recorded = r.Traced != nil && r.Traced.Cost > maxRecordingCost
	return w
}

// seconds returns times that are given in nanoseconds.
func seconds(times []float64) []float64 {
	for i := range times {
		times[i] /= float64(time.Second)
	}
	return times
}

// timeValue returns the median of times with its interval. Where there are too
// few times for one it is their range, and what each of them may be wrong by.
func timeValue(times []float64) claims.Value {
	s := stats.Summarize(times)
	if s.Bounded() {
		return claims.Value{V: s.Median, Low: s.Low, High: s.High}
	}
	low, high := slices.Min(times), slices.Max(times)
	floor := timeFloor.Seconds()
	return claims.Value{V: s.Median, Low: max(0, low-max(low*timeMargin, floor)), High: high + max(high*timeMargin, floor)}
}

// within returns a value that may be wrong by a share of it, or by floor.
func within(v, share, floor float64) claims.Value {
	margin := max(math.Abs(v)*share, floor)
	return claims.Value{V: v, Low: max(0, v-margin), High: v + margin}
}

// speedup returns how many times faster a cell is than the first one of its
// comparison.
func (f *facts) speedup(label string) (claims.Value, lack) {
	for _, c := range f.run.note.Cells {
		first := f.first(c.Label)
		if first == nil || first.Compared == nil {
			continue
		}
		models := first.Compared.Models
		for i := len(models) - 1; i >= 0; i-- { // with several values of procs: the last one
			if models[i].Cell == label {
				return speedupOf(first.Compared, models[i])
			}
		}
	}
	return claims.Value{}, lack{absent: notebook.CellName(label) + " was not compared with another one"}
}

func speedupOf(c *notebook.Compared, m notebook.ComparedModel) (claims.Value, lack) {
	q := m.Speedup
	switch {
	case m.Relation == notebook.RelationBase:
		return claims.Value{V: q.Value}, lack{}
	case q.Value == 0:
		return claims.Value{}, lack{absent: "there are too few good runs of " + notebook.CellName(m.Cell)}
	case len(c.Noise) > 0:
		return claims.Value{V: q.Value}, lack{open: "the machine was busy with other work when " + notebook.CellName(m.Cell) + " was compared"}
	case q.Bounded():
		return claims.Value{V: q.Value, Low: q.Low, High: q.High}, lack{}
	}
	return within(q.Value, 2*timeMargin, 0), lack{}
}
