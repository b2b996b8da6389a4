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
		if !v.showsRepeated(sum) {
			continue
		}
		v.raw("<div class=again><p>")
		v.text(v.repeatedWords(sum))
		v.end("p")
		for _, end := range sum.Ends {
			if !end.Expected {
				v.badEnd(sum, end)
			}
		}
		v.distinct(sum)
		v.end("div")
	}
}

// showsRepeated reports whether a summary is shown: where the author asked for
// repeated runs, and where some went wrong. In a comparison the times stand.
func (v cellView) showsRepeated(sum notebook.Repeated) bool {
	o := v.cell.Options
	return !sum.Expected() || o.Repeat > 1 && o.Compare == "" && len(o.Procs) <= 1
}

// repeatedWords returns "20 runs: 12.3 ms wall (11.9 ms to 13.1 ms), ...".
func (v cellView) repeatedWords(sum notebook.Repeated) string {
	words := format.Count(sum.Runs, "run")
	if sum.Runs < sum.Wanted {
		words = fmt.Sprintf("%s of %s", format.Number(sum.Runs), format.Count(sum.Wanted, "run"))
	}
	if sum.Timed < sum.Runs && sum.Timed > 0 {
		words += fmt.Sprintf(" (%s timed)", format.Number(sum.Timed))
	}
	if sum.Procs > 0 {
		words += fmt.Sprintf(" with GOMAXPROCS %d", sum.Procs)
	}
	switch {
	case sum.Runs >= sum.Wanted || !sum.Expected():
	case v.page.result.Start.Quick:
		words += " (--quick)"
	default:
		words += ", then the time for measuring was over"
	}
	var facts []string
	if sum.Timed > 0 {
		facts = append(facts, spreadWords(sum.Wall)+" wall", spreadWords(sum.CPU)+" CPU")
	}
	if ways := endWords(sum.Ends); ways != "" {
		facts = append(facts, ways)
	}
	if same := outputWords(sum); same != "" {
		facts = append(facts, same)
	}
	if len(facts) == 0 {
		return words
	}
	return words + ": " + strings.Join(facts, ", ")
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

// spreadWords returns a median with its interval.
func spreadWords(s notebook.Spread) string {
	words := func(d time.Duration) string { return format.Unbroken(format.Duration(d)) }
	if !s.Bounded() {
		return words(s.Median)
	}
	return fmt.Sprintf("%s (%s to %s)", words(s.Median), words(s.Low), words(s.High))
}

// badEnd writes how some of the runs ended although they should not.
func (v cellView) badEnd(sum notebook.Repeated, end notebook.EndCount) {
	v.raw("<p class=bad>")
	v.icon("bad")
	how := "ended with " + plainOutcome(end.Outcome)
	if end.Outcome == notebook.Skipped {
		how = "could not begin"
	}
	v.text(fmt.Sprintf("%s of %s %s", format.Number(end.Runs), format.Count(sum.Runs, "run"), how))
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
