package main

import (
	"fmt"
	"strings"

	"notebook"
)

// claimed tells of a claim that does not hold. One that noise leaves open is
// told where the run was to decide it.
func (r *reporter) claimed(c notebook.Claimed) {
	d := notebook.Diagnostic{
		File: r.job.note.Name, Position: notebook.Position{Line: c.Line, Col: c.Col}, Severity: notebook.Error, Hint: c.Hint,
	}
	switch c.Result {
	case notebook.ClaimBroken:
		d.Message = c.Reason
	case notebook.ClaimFails:
		d.Message = "claim fails: " + claimText(c)
	case notebook.ClaimUndecided:
		if !r.decide {
			return
		}
		d.Message = "claim not decided: " + claimText(c)
		r.app.warn(d)
		return
	default:
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
	if c.Measured != "" {
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
	if !v.Failed {
		return
	}
	r.missing++
	r.app.status.raise(statusFailed)
	r.console.Diagnostic(notebook.Diagnostic{
		File: r.job.note.Name, Position: notebook.Position{Line: v.Line, Col: v.Col}, Severity: notebook.Error, Message: v.Reason, Hint: v.Hint,
	})
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
	holds := verb(c.Held, "holds", "hold")
	if c.All() == 1 {
		holds = "holds" // 0 of 1 claim
	}
	text := fmt.Sprintf(", %d of %s %s", c.Held, all, holds)
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
