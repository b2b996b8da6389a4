package renderer

import (
	"strconv"
	"strings"

	"notebook"
)

// headline returns what the header of a cell says about a run; "" for a run
// that ended well and was meant to: ok says little.
func headline(c *notebook.Cell, r *notebook.CellRun) string {
	outcome := r.Outcome()
	words := outcomeWords(r)
	switch {
	case crashedLater(c, r) && expected(c, r):
		return crashedLaterWords + ", accepted here"
	case crashedLater(c, r):
		return crashedLaterWords
	case onlyCompiled(c, r):
		return "compiled, not run"
	case outcome == notebook.Skipped:
		return notRunWords(r.NotRun)
	case unexpectedRuns(r) != "":
		return unexpectedRuns(r)
	case verdictWords(c, r) != "":
		return verdictWords(c, r)
	case !expected(c, r) && outcome == notebook.OK:
		return "ended well, which was not expected"
	case !expected(c, r):
		return words
	case outcome == notebook.OK:
		return ""
	case c.Options.Error:
		return words + ", accepted here"
	}
	return words + ", as expected"
}

const crashedLaterWords = "a goroutine of this cell crashed later"

// onlyCompiled reports whether a cell was not run because that is all that its
// author wants of it.
func onlyCompiled(c *notebook.Cell, r *notebook.CellRun) bool {
	if c.Mode != notebook.CompileOnly || !expected(c, r) {
		return false
	}
	return r.Outcome() == notebook.OK || r.NotRun != nil && strings.HasPrefix(r.NotRun.Reason, "compiled")
}

// outcomeWords says how a run ended.
func outcomeWords(r *notebook.CellRun) string {
	words := plainOutcome(r.Outcome())
	f := r.Finished
	if f == nil {
		return words
	}
	switch f.Outcome {
	case notebook.Limit:
		if f.Limit != "" {
			return f.Limit + " limit"
		}
	case notebook.Exit:
		return words + " " + strconv.Itoa(f.ExitCode)
	case notebook.Killed:
		if f.Signal != "" {
			return words + " by " + f.Signal
		}
	}
	return words
}

func plainOutcome(o notebook.Outcome) string {
	switch o {
	case notebook.Mismatch:
		return "output differs"
	case notebook.CompileError:
		return "does not compile"
	case notebook.Fatal:
		return "fatal error"
	case notebook.Timeout:
		return "timed out"
	case notebook.Exit:
		return "exit status"
	}
	return string(o)
}

// notRunWords says that a cell was not run and why.
func notRunWords(n *notebook.NotRun) string {
	switch {
	case n.Reason == "":
		return "not run"
	case len(n.Needs) > 0:
		return "not run: needs " + cellNames(n.Needs)
	}
	return "not run: " + n.Reason
}
