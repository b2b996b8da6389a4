package notebook

import "time"

// A Result is what a page needs to know of the runs of a note: the fold of its
// event stream. The zero value is the result of a note that was not run.
type Result struct {
	Ran   bool
	Start Start
	End   End
	Build time.Duration // compile and link time of all builds
	// Problems are those that belong to no cell: no engine can run the note, say.
	Problems []Problem
	// Cells holds the runs of each cell by its label, in the order in which
	// they began.
	Cells map[string][]*CellRun
	// Claims and Values hold what was found out about those of the note, by
	// their Number.
	Claims map[int]Claimed
	Values map[int]Valued
}

// A CellRun is one run of one cell.
type CellRun struct {
	Engine   string
	Run      int
	Started  bool
	Outputs  []Written    // adjacent writes to one stream are joined
	LeftOut  LeftOut      // what is missing in Outputs
	Lines    []OutputLine // the first 200 lines of Outputs
	Displays []Displayed
	Recorded []Recorded
	Problems []Problem
	Traced   *Traced // nil: no timeline was recorded
	Verdicts []Verdict
	Finished *Finished // nil: did not finish
	// Repeated sums up all runs of the cell, for each value of GOMAXPROCS.
	// It, and Compared, are part of the first run.
	Repeated []Repeated
	Compared *Compared // of the group of which the cell is the last; nil: none
	NotRun   *NotRun   // not nil: was not run, and why
}

// Outcome returns how the run ended.
func (r *CellRun) Outcome() Outcome {
	switch {
	case r.Finished != nil:
		return r.Finished.Outcome
	case r.NotRun != nil:
		return Skipped
	}
	return Interrupted
}
