package runner

import (
	"cmp"
	"crypto/sha256"
	"hash"
	"slices"
	"time"

	"notebook"
	"notebook/runner/stats"
)

const (
	keptOutput  = 2 << 10 // bytes of an output that a summary holds
	keptOutputs = 8       // different outputs that a summary holds

	// maxRecordingCost is the share of its time that the recording of a run may
	// have taken for its times to count.
	maxRecordingCost = 0.02
)

// A watch follows one run of a cell and keeps what a summary of several runs
// needs of it.
type watch struct {
	number   int
	ended    bool
	finished notebook.Finished
	message  string // of the first problem
	recorded bool   // its times hold those of a recording that cost too much

	sum     hash.Hash
	head    []byte // of its output
	written int64  // bytes of its output
	last    byte   // of its output
}

func newWatch(number int) *watch { return &watch{number: number, sum: sha256.New()} }

// event takes an event of the run.
func (w *watch) event(e notebook.Event) {
	switch body := e.Body.(type) {
	case notebook.Written:
		if !body.Late {
			w.write(body.Data)
		}
	case notebook.Displayed:
		if body.MIME == "text/plain" {
			if w.written > 0 && w.last != '\n' {
				w.write([]byte("\n"))
			}
			w.write(body.Data)
		}
	case notebook.Traced:
		w.recorded = body.Cost > maxRecordingCost
	case notebook.Problem:
		if body.Severity == notebook.Error {
			w.problem(body)
		}
	case notebook.Finished:
		w.ended, w.finished = true, body
	case notebook.NotRun:
		w.ended, w.message = true, body.Reason
		w.finished = notebook.Finished{Outcome: notebook.Skipped, Expected: !body.Fails}
	}
}

// problem takes note of what went wrong: after the end of the run, a goroutine
// that it left has crashed.
func (w *watch) problem(p notebook.Problem) {
	if w.message == "" {
		w.message = p.Message
	}
	if w.ended {
		w.finished.Outcome, w.finished.Expected = notebook.Panic, false
	}
}

func (w *watch) write(data []byte) {
	if len(data) == 0 {
		return
	}
	w.sum.Write(data) // never fails
	w.head = append(w.head, data[:min(len(data), keptOutput-len(w.head))]...)
	w.written += int64(len(data))
	w.last = data[len(data)-1]
}

// A series is the runs of a cell with one value of GOMAXPROCS.
type series struct {
	cell   *notebook.Cell // as it runs: with at most one value of procs
	engine notebook.EngineName
	runs   []*watch
}

// newSeries returns an empty series of a cell; procs 0 leaves GOMAXPROCS as it
// is.
func newSeries(c *notebook.Cell, engine notebook.EngineName, procs int) *series {
	own := *c
	own.Options.Isolate = true
	own.Options.Trace = notebook.SwitchOff // a recording takes time
	own.Options.Expect = endsOf(c.Options.Expect)
	if own.Options.Procs = nil; procs > 0 {
		own.Options.Procs = []int{procs}
	}
	return &series{cell: &own, engine: engine}
}

// endsOf returns the ends that a cell's later runs may have. What is to be found
// out about a cell is found out about its first run; with it goes a good end.
func endsOf(expected []notebook.Expectation) []notebook.Expectation {
	verdict := func(e notebook.Expectation) bool { return e.Verdict != "" }
	if !slices.ContainsFunc(expected, verdict) {
		return expected
	}
	return append(slices.DeleteFunc(slices.Clone(expected), verdict), notebook.Expectation{Outcome: notebook.OK})
}

// procs returns the GOMAXPROCS of the runs, or 0 where it is as usual.
func (s *series) procs() int {
	if len(s.cell.Options.Procs) == 0 {
		return 0
	}
	return s.cell.Options.Procs[0]
}

// timed returns the runs whose times count: those that did what their author
// expects, and were not recorded.
func (s *series) timed() []*watch {
	var runs []*watch
	for _, w := range s.runs {
		if w.finished.Expected && w.finished.Outcome != notebook.Skipped && !w.recorded {
			runs = append(runs, w)
		}
	}
	return runs
}

// wall returns the wall times of the runs that count, in nanoseconds.
func (s *series) wall() []float64 {
	var values []float64
	for _, w := range s.timed() {
		values = append(values, float64(w.finished.Wall))
	}
	return values
}

// cpu returns the CPU times of the runs that count. Those that hold the time of
// another cell's goroutines do not.
func (s *series) cpu() []float64 {
	var values []float64
	for _, w := range s.timed() {
		if w.finished.Shared == "" {
			values = append(values, float64(w.finished.CPU))
		}
	}
	return values
}

// waiting returns the share of its time that a run of the series waited for a
// core: the median, as what is compared are medians. ok is false where nothing
// tells. That is so for short runs: what tells is read before and after a run,
// and what threads wait meanwhile is as long.
func (s *series) waiting() (share float64, ok bool) {
	if stats.Summarize(s.wall()).Median < float64(notebook.MinRatioWall) {
		return 0, false
	}
	var shares []float64
	for _, w := range s.timed() {
		f := w.finished
		ok = ok || f.RunDelay > 0
		shares = append(shares, float64(f.RunDelay)/float64(max(f.Wall, f.CPU, 1)))
	}
	return stats.Summarize(shares).Median, ok
}

// unexpected counts the runs that did not end as expected.
func (s *series) unexpected() int {
	n := 0
	for _, w := range s.runs {
		if !w.finished.Expected {
			n++
		}
	}
	return n
}

// summary sums the series up.
func (s *series) summary(wanted int) notebook.Repeated {
	r := notebook.Repeated{
		Runs: len(s.runs), Wanted: wanted, Procs: s.procs(), Ends: s.ends(),
		Timed: len(s.timed()), Wall: spread(s.wall()), CPU: spread(s.cpu()),
	}
	r.Outputs = s.outputs()
	if r.Distinct = len(r.Outputs); r.Distinct > keptOutputs {
		r.Outputs = r.Outputs[:keptOutputs]
	}
	return r
}

// ends counts how the runs ended, the most frequent way first.
func (s *series) ends() []notebook.EndCount {
	type way struct {
		outcome  notebook.Outcome
		expected bool
	}
	at := map[way]int{}
	var ends []notebook.EndCount
	for _, w := range s.runs {
		key := way{w.finished.Outcome, w.finished.Expected}
		i, known := at[key]
		if !known {
			i = len(ends)
			at[key] = i
			ends = append(ends, notebook.EndCount{Outcome: key.outcome, Expected: key.expected, First: w.number, Message: w.message})
		}
		ends[i].Runs++
	}
	slices.SortStableFunc(ends, func(a, b notebook.EndCount) int { return cmp.Compare(b.Runs, a.Runs) })
	return ends
}

// outputs counts the different outputs, the most frequent first.
func (s *series) outputs() []notebook.OutputCount {
	at := map[string]int{}
	var outputs []notebook.OutputCount
	for _, w := range s.runs {
		key := string(w.sum.Sum(nil))
		i, known := at[key]
		if !known {
			i = len(outputs)
			at[key] = i
			outputs = append(outputs, notebook.OutputCount{First: w.number, Data: w.head, Cut: w.written - int64(len(w.head))})
		}
		outputs[i].Runs++
	}
	slices.SortStableFunc(outputs, func(a, b notebook.OutputCount) int { return cmp.Compare(b.Runs, a.Runs) })
	return outputs
}

// spread sums up times in nanoseconds.
func spread(values []float64) notebook.Spread {
	s := stats.Summarize(values)
	return notebook.Spread{Median: time.Duration(s.Median), Low: time.Duration(s.Low), High: time.Duration(s.High)}
}
