package main

import (
	"fmt"
	"strings"

	"notebook"
)

// claimed tells of a claim that does not hold, and why. One that noise leaves
// open is a warning where the run was to decide it.
func (r *reporter) claimed(c notebook.Claimed) {
	d := notebook.Diagnostic{
		File: r.job.note.Name, Position: notebook.Position{Line: c.Line, Col: c.Col}, Severity: notebook.Error, Hint: c.Hint,
	}
	switch c.Result {
	case notebook.ClaimHolds:
		return
	case notebook.ClaimBroken:
		d.Message = c.Reason
	case notebook.ClaimFails:
		d.Message = "claim fails: " + claimText(c)
	default:
		d.Message = fmt.Sprintf("claim %s: %s", c.Result, claimText(c))
		if c.Result == notebook.ClaimUndecided && r.decide {
			r.app.warn(d)
			return
		}
		r.console.Diagnostic(d) // no failure, and no warning
		return
	}
	r.app.status.raise(statusFailed)
	r.console.Diagnostic(d)
}

// claimText returns the sentence of a claim with what was measured, or why
// nothing was.
func claimText(c notebook.Claimed) string {
	text := c.Text
	if text == "" {
		text = c.Predicate
	}
	var more []string
	switch {
	case c.Measured == "":
	case c.Result == notebook.ClaimFails:
		more = append(more, "measured "+c.Measured+", which is false")
	default:
		more = append(more, "measured "+c.Measured)
	}
	if c.Reason != "" {
		more = append(more, c.Reason)
	}
	if len(more) > 0 {
		text += " (" + strings.Join(more, "; ") + ")"
	}
	return text
}

// valued tells of an inline value that has none.
func (r *reporter) valued(v notebook.Valued) {
	d := notebook.Diagnostic{
		File: r.job.note.Name, Position: notebook.Position{Line: v.Line, Col: v.Col}, Severity: notebook.Error, Message: v.Reason, Hint: v.Hint,
	}
	switch {
	case v.Failed:
		r.missing++
		r.app.status.raise(statusFailed)
		r.console.Diagnostic(d)
	case v.Text == "" && v.Reason != "":
		d.Severity, d.Message = notebook.Warning, "no value: "+v.Reason
		r.app.warn(d)
	}
}

// close writes the closing line of a note that is as it should be. It is no
// success where a claim of the note is open.
func (r *reporter) close(line string) {
	if c := r.closing.Claims; c != nil && c.Held < c.All() {
		r.console.Message(line)
		return
	}
	r.console.Success(line)
}

// claimsText says how the claims of a note came out, as a part of a sentence.
func claimsText(c *notebook.ClaimCounts) string {
	if c == nil {
		return ""
	}
	all := plural(c.All(), "claim")
	if c.Held == c.All() {
		if c.Held == 1 {
			return ", 1 claim holds"
		}
		return fmt.Sprintf(", %s hold", all)
	}
	text := fmt.Sprintf(", %d of %s %s", c.Held, all, verb(c.Held, "holds", "hold"))
	if c.Held == 0 {
		text = ", no claim holds"
	}
	for _, part := range []struct {
		n    int
		text string
	}{
		{c.Failed, verb(c.Failed, "fails", "fail")}, {c.Undecided, "not decided"}, {c.NotApplicable, "not applicable"},
	} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.text)
		}
	}
	return text
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
