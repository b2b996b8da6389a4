package renderer

import (
	"fmt"
	"strings"
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

const (
	outputLines = 6  // of an output in a list of different outputs
	listedLines = 12 // of all of them, above which the list is folded
)

// repeated writes what several runs of the cell gave together: how long they
// took, how they ended and how many different outputs there were.
func (v cellView) repeated(r *notebook.CellRun) {
	for _, sum := range r.Repeated {
		bad := badEnds(r, sum)
		words := v.repeatedWords(sum, len(bad) > 0)
		if words == "" {
			continue
		}
		v.raw("<div class=again><p>")
		v.text(words)
		v.end("p")
		for _, end := range bad {
			v.badEnd(sum, end)
		}
		v.distinct(sum)
		v.end("div")
	}
}

// isCompared reports whether the times of the cell's runs stand in a comparison.
func (v cellView) isCompared() bool {
	return v.cell.Options.Compare != "" || len(v.cell.Options.Procs) > 1
}

// repeatedWords returns "20 runs, medians with 95 % intervals: 12.3 ms (11.9 ms
// to 13.1 ms) wall, ..."; "" where there is nothing to say that the author asked
// for and that does not stand in a comparison.
func (v cellView) repeatedWords(sum notebook.Repeated, failed bool) string {
	var facts []string
	timed := sum.Timed > 0 && !v.isCompared()
	if timed {
		facts = append(facts, spreadWords(sum.Wall)+" wall")
		if cpu := spreadWords(sum.CPU); cpu != "" {
			facts = append(facts, cpu+" CPU")
		}
	}
	if ways := endWords(sum.Ends); ways != "" {
		facts = append(facts, ways)
	}
	if same := outputWords(sum); same != "" && (sum.Distinct > 1 || !v.isCompared()) {
		facts = append(facts, same)
	}
	switch asked := v.cell.Options.Repeat > 1 && (len(facts) > 0 || !v.isCompared()); {
	case !asked && !failed:
		return ""
	case len(facts) == 0:
		return v.runsWords(sum)
	case timed:
		return v.runsWords(sum) + medianWords(sum) + ": " + strings.Join(facts, ", ")
	}
	return v.runsWords(sum) + ": " + strings.Join(facts, ", ")
}

// runsWords returns "4 of 6 runs (the time for measuring was over)".
func (v cellView) runsWords(sum notebook.Repeated) string {
	words := format.Count(sum.Runs, "run")
	switch {
	case v.isCompared(): // the run that is shown is not one of them
		words = format.Count(sum.Runs, "further run")
	case sum.Runs < sum.Wanted:
		words = fmt.Sprintf("%s of %s", format.Number(sum.Runs), format.Count(sum.Wanted, "run"))
	}
	if sum.Procs > 0 {
		words += fmt.Sprintf(" with GOMAXPROCS %d", sum.Procs)
	}
	if notes := v.runsNotes(sum); len(notes) > 0 {
		words += " (" + strings.Join(notes, "; ") + ")"
	}
	return words
}

// runsNotes says why there are fewer runs than wanted, or times than runs.
func (v cellView) runsNotes(sum notebook.Repeated) []string {
	var notes []string
	if sum.Timed > 0 && sum.Timed < sum.Runs && !v.isCompared() {
		notes = append(notes, format.Number(sum.Timed)+" timed")
		if sum.Runs > sum.Wanted {
			notes = append(notes, "recording slowed the first")
		}
	}
	switch {
	case sum.Runs >= sum.Wanted || !sum.Expected():
	case v.page.result.Start.Quick:
		notes = append(notes, "--quick")
	default:
		notes = append(notes, "the time for measuring was over")
	}
	return notes
}

// medianWords says what the times of several runs are.
func medianWords(sum notebook.Repeated) string {
	switch {
	case sum.Wall.Bounded():
		return ", medians with 95 % intervals"
	case sum.Timed > 1:
		return ", medians"
	}
	return ""
}

// endWords returns "9 ended well, 3 with panic" where runs ended in several
// ways that are expected.
func endWords(ends []notebook.EndCount) string {
	var words []string
	for _, e := range ends {
		switch {
		case !e.Expected:
			return ""
		case e.Outcome == notebook.OK:
			words = append(words, format.Number(e.Runs)+" ended well")
		default:
			words = append(words, fmt.Sprintf("%s with %s", format.Number(e.Runs), plainOutcome(e.Outcome)))
		}
	}
	if len(words) < 2 {
		return ""
	}
	return strings.Join(words, ", ")
}

// outputWords counts the different outputs; "" where no run wrote anything.
func outputWords(sum notebook.Repeated) string {
	switch {
	case sum.Distinct > 1:
		return format.Count(sum.Distinct, "distinct output")
	case sum.Runs < 2 || len(sum.Outputs) == 0 || len(sum.Outputs[0].Data) == 0:
		return ""
	}
	return "always the same output"
}

// spreadWords returns a median with its interval; "" where there is none, as of
// CPU times that hold those of other cells.
func spreadWords(s notebook.Spread) string {
	if s == (notebook.Spread{}) {
		return ""
	}
	words := func(d time.Duration) string { return format.Unbroken(format.Duration(d)) }
	if !s.Bounded() {
		return words(s.Median)
	}
	return fmt.Sprintf("%s (%s to %s)", words(s.Median), words(s.Low), words(s.High))
}

// badEnds returns how some of the runs ended although they should not. What was
// found out about the first run alone, which ended well, stands there.
func badEnds(r *notebook.CellRun, sum notebook.Repeated) []notebook.EndCount {
	var bad []notebook.EndCount
	for _, end := range sum.Ends {
		found := end.Outcome == notebook.OK && end.First == 0 && len(r.Verdicts) > 0
		if !end.Expected && !found {
			bad = append(bad, end)
		}
	}
	return bad
}

// badEnd writes how some of the runs ended although they should not.
func (v cellView) badEnd(sum notebook.Repeated, end notebook.EndCount) {
	v.raw("<p class=bad>")
	v.icon("bad")
	how := " ended with " + plainOutcome(end.Outcome)
	switch end.Outcome {
	case notebook.Skipped:
		how = " could not begin"
	case notebook.OK, notebook.Mismatch: // the message says what is wrong with that
		how = ""
	}
	v.text(fmt.Sprintf("%s of %s%s", format.Number(end.Runs), format.Count(sum.Runs, "run"), how))
	if end.Message != "" {
		v.text(": " + end.Message)
	}
	v.end("p")
}

// distinct writes the different outputs of the runs, the most frequent first.
func (v cellView) distinct(sum notebook.Repeated) {
	if sum.Distinct < 2 || v.cell.Options.Output == notebook.OutputFalse {
		return
	}
	lines := 0
	for _, o := range sum.Outputs {
		lines += strings.Count(shortOutput(o), "\n") + 1
	}
	v.raw("<details")
	if lines <= listedLines {
		v.raw(" open")
	}
	v.raw("><summary>The outputs</summary><ul class=outputs>")
	for _, o := range sum.Outputs {
		v.raw("<li>")
		v.element("span", fmt.Sprintf("%s of %s", format.Number(o.Runs), format.Number(sum.Runs)))
		text := shortOutput(o)
		v.open("pre", scrollAttrs(text, fmt.Sprintf("Output of %s", format.Count(o.Runs, "run")))...)
		v.text(text)
		v.raw("</pre></li>")
	}
	v.raw("</ul>")
	if more := sum.Distinct - len(sum.Outputs); more > 0 {
		v.element("p", "and "+format.Count(more, "other output"))
	}
	v.end("details")
}

// shortOutput returns the first lines of an output.
func shortOutput(o notebook.OutputCount) string {
	text := strings.TrimRight(string(o.Data), "\n")
	lines := strings.Split(text, "\n")
	switch {
	case text == "":
		return "(no output)"
	case len(lines) > outputLines:
		return strings.Join(lines[:outputLines], "\n") + "\n…"
	case o.Cut > 0:
		return text + "…"
	}
	return text
}

// rerunsExpected reports whether the runs that r sums up ended as expected.
func rerunsExpected(r *notebook.CellRun) bool {
	for _, sum := range r.Repeated {
		if !sum.Expected() {
			return false
		}
	}
	return true
}

// unexpectedRuns says how many runs of a cell went wrong whose first run did
// not; "" where that is not what happened.
func unexpectedRuns(r *notebook.CellRun) string {
	if r.Finished == nil || !r.Finished.Expected || rerunsExpected(r) {
		return ""
	}
	bad, runs := 0, 0
	for _, sum := range r.Repeated {
		runs += sum.Runs
		for _, end := range sum.Ends {
			if !end.Expected {
				bad += end.Runs
			}
		}
	}
	return fmt.Sprintf("%s of %s not as expected", format.Number(bad), format.Count(runs, "run"))
}
