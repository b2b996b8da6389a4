package runner

import (
	"cmp"
	"strings"

	"notebook"
)

// verdict takes a verdict about the cell and passes it on. What the author does
// not want, and what could not be found out, is a problem too.
func (j *judge) verdict(v notebook.Verdict) error {
	j.verdicts = append(j.verdicts, v)
	if err := j.send(v); err != nil {
		return err
	}
	switch {
	case v.Unchecked:
		p := j.problemAt(j.cell.Fence, v.Text, "")
		p.Severity, p.Hint = notebook.Warning, uncheckedHint[v.Kind]
		return j.send(p)
	case j.cell.Options.Forbids(v):
		p := j.problemAt(j.placeOf(v), v.Text, "")
		p.Hint = unwantedHint[v.Kind]
		return j.send(p)
	}
	return nil
}

// unwantedHint is the next step for the author.
var unwantedHint = map[notebook.VerdictKind]string{
	notebook.RaceVerdict: "let a mutex or a channel order the accesses; `expect: race` says that the race is meant",
	notebook.LeakVerdict: "let the goroutine end: receive what it sends, close what it reads, or cancel its context; `expect: leak` says that the leak is meant",
}

// missingHint is the next step where what the author expects was not found.
var missingHint = map[notebook.VerdictKind]string{
	notebook.RaceVerdict: "the detector sees only what runs: let two goroutines use a variable, one of them to write, with nothing that orders them",
	notebook.LeakVerdict: "keep what the goroutines wait for in the cell: a channel that other cells or functions can use is never proved to leak",
}

// uncheckedHint is the next step where nothing could be found out.
var uncheckedHint = map[notebook.VerdictKind]string{
	notebook.RaceVerdict: "races are found in compiled cells, with a C compiler; `race: false` says that the cell need not be checked",
	notebook.LeakVerdict: "leaks are proved in compiled cells that end well; `leaks: allow` says that the cell need not be checked",
}

// placeOf returns the first place where what was found happens.
func (j *judge) placeOf(v notebook.Verdict) notebook.Position {
	for _, at := range v.Positions {
		if at.IsSite() {
			return notebook.Position{Line: at.Line, Col: at.Col}
		}
	}
	return j.cell.Fence
}

// foundUnexpected reports whether something was found that makes the cell fail.
func (j *judge) foundUnexpected() bool {
	for _, v := range j.verdicts {
		if j.cell.Options.Forbids(v) {
			return true
		}
	}
	return false
}

// foundExpected reports whether one of the verdicts that the author expects was
// found, or could not be looked for. Where none is expected that holds too.
func (j *judge) foundExpected() bool {
	expected := false
	for _, e := range j.cell.Options.Expect {
		expected = expected || e.Verdict != ""
	}
	for _, v := range j.verdicts {
		if j.cell.Options.Expects(v.Kind) && (v.Found || v.Unchecked) {
			return true
		}
	}
	return !expected
}

// missing says of the verdicts that the author expects that they were not found,
// with the next step.
func (j *judge) missing() (text, hint string) {
	var texts []string
	for _, v := range j.verdicts {
		if j.cell.Options.Expects(v.Kind) && !v.Found {
			texts = append(texts, v.Text)
			hint = cmp.Or(hint, missingHint[v.Kind])
		}
	}
	return strings.Join(texts, ", and "), hint
}
