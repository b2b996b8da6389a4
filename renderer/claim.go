package renderer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"notebook"
)

// claim writes a claim: its sentence, and below it what was found out.
func (r *prose) claim(m markup, _ []byte, n ast.Node, entering bool) bool {
	c := n.(*notebook.ClaimNode).Claim
	number := r.page.claimNumber(c)
	if r.cellLabel != "" {
		number = 0 // a cell wrote it: nothing checks it
	}
	if entering {
		r.page.openClaim(m, c, number)
		return true
	}
	r.page.closeClaim(m, c, number)
	return true
}

// optionClaim writes the claim of a cell's option.
func (v cellView) optionClaim() {
	c := v.cell.Options.Claim
	if c == nil || !v.cell.Options.Include && v.page.claimed(v.page.claimNumber(c)).Result == notebook.ClaimHolds {
		return
	}
	number := v.page.claimNumber(c)
	v.page.openClaim(v.markup, c, number)
	v.page.closeClaim(v.markup, c, number)
}

func (p *page) claimNumber(c *notebook.Claim) int { return slices.Index(p.note.Claims, c) + 1 }

// claimed returns what was found out about a claim; the zero value where
// nothing was.
func (p *page) claimed(number int) notebook.Claimed {
	return p.result.Claims[number]
}

// claimID returns the id of a claim: no heading and no label has a point in it.
func claimID(number int) string { return fmt.Sprintf("claim.%d", number) }

// openClaim begins a claim; number is 0 for one that nothing checks.
func (p *page) openClaim(m markup, c *notebook.Claim, number int) {
	attrs := []string{"class", "claim", "role", "note"}
	if number > 0 {
		attrs = append(attrs, "id", claimID(number))
	}
	if result := p.resultOf(c, number); result != "" {
		attrs = append(attrs, "data-result", string(result))
	}
	m.open("aside", attrs...)
}

// resultOf returns the result of a claim; "" where it was not checked.
func (p *page) resultOf(c *notebook.Claim, number int) notebook.ClaimResult {
	if c.Broken && number > 0 {
		return notebook.ClaimBroken
	}
	return p.claimed(number).Result
}

// closeClaim writes the line below the sentence: the result, the predicate and
// what was measured.
func (p *page) closeClaim(m markup, c *notebook.Claim, number int) {
	found := p.claimed(number)
	words, class, icon := resultWords(p.resultOf(c, number))
	if words != "" || c.Text != "" {
		m.raw("<p class=found>")
		if words != "" {
			m.open("span", "class", class)
			m.icon(icon)
			m.text(words)
			m.end("span")
		}
		if c.Text != "" {
			m.element("code", c.Text)
		}
		if found.Measured != "" && found.Measured != c.Text {
			m.raw("<span>measured ")
			m.element("code", found.Measured)
			if found.Result == notebook.ClaimFails {
				m.raw(", which is false")
			}
			m.raw("</span>")
		}
		m.end("p")
	}
	if number > 0 {
		p.claimTrouble(m, c, found)
	}
	m.end("aside")
	m.raw("\n")
}

// resultWords returns a result in words, with how it looks.
func resultWords(r notebook.ClaimResult) (words, class, icon string) {
	switch r {
	case notebook.ClaimHolds:
		return "holds", "state ok", "ok"
	case notebook.ClaimFails:
		return "fails", "state bad", "bad"
	case notebook.ClaimBroken:
		return "wrong predicate", "state bad", "bad"
	case notebook.ClaimUndecided, notebook.ClaimNotApplicable:
		return string(r), "state soft", "off"
	}
	return "", "", ""
}

// claimTrouble says why a claim is not decided or not applicable, or what is
// wrong with it.
func (p *page) claimTrouble(m markup, c *notebook.Claim, found notebook.Claimed) {
	reason, hint := found.Reason, found.Hint
	if c.Broken {
		reason, hint = p.diagnosis(c.Position)
	}
	if reason != "" {
		m.element("p", reason, "class", "why")
	}
	if hint != "" && (c.Broken || found.Result == notebook.ClaimBroken) {
		m.hint(hint)
	}
}

// diagnosis returns what was found wrong on a line of the note before it ran.
func (p *page) diagnosis(at notebook.Position) (message, hint string) {
	for _, d := range p.assets.Diagnostics {
		if d.Position.Line == at.Line && d.Cell == "" && d.Severity == notebook.Error {
			return d.Message, d.Hint
		}
	}
	return "", ""
}

// maxValue is how many bytes of an inline value are shown.
const maxValue = 300

// value writes an inline value, or the expression where there is none.
func (r *prose) value(m markup, _ []byte, n ast.Node, entering bool) bool {
	if !entering {
		return false
	}
	v := n.(*notebook.ValueNode).Value
	number := slices.Index(r.page.note.Values, v) + 1
	found := r.page.result.Values[number]
	if v.Broken && number > 0 {
		found.Failed = true
		found.Reason, _ = r.page.diagnosis(v.Position)
	}
	switch {
	case found.Text != "":
		text := strings.Join(strings.Fields(found.Text), " ")
		if len(text) > maxValue {
			text = strings.ToValidUTF8(text[:maxValue], "") + "…"
		}
		title := v.Text
		if words := durationWords(text); words != "" {
			text, title = words, v.Text+": "+text
		}
		m.element("span", text, "class", "value", "title", title)
	case found.Failed:
		m.element("code", v.Text, "class", "value bad", "title", found.Reason)
		m.element("span", " (no value: "+found.Reason+")", "class", "vh")
	default:
		m.element("code", v.Text, "class", "value", "title", found.Reason)
		if found.Reason != "" {
			m.element("span", " (no value: "+found.Reason+")", "class", "state soft")
		}
	}
	return false
}

// claimsFact tells how many claims hold, and leads to the first that does not.
func (p *page) claimsFact() fact {
	counts := p.result.End.Claims
	f := fact{Name: "claims hold", Value: fmt.Sprintf("%d of %d", counts.Held, counts.All()), Link: p.firstOpen()}
	if counts.All() == 1 {
		f.Name = "claim holds"
	}
	fails := "fail"
	if counts.Failed == 1 {
		fails = "fails"
	}
	for _, part := range []struct {
		n    int
		text string
	}{{counts.Failed, fails}, {counts.Undecided, "not decided"}, {counts.NotApplicable, "not applicable"}} {
		if part.n > 0 {
			f.Name += fmt.Sprintf(", %d %s", part.n, part.text)
		}
	}
	switch {
	case counts.Failed > 0:
		f.Class = "bad"
	case counts.Held == counts.All():
		f.Class = "ok"
	}
	return f
}

// firstOpen returns the address of the first claim that fails, or else of the
// first that does not hold.
func (p *page) firstOpen() string {
	open := ""
	for i := range p.note.Claims {
		switch p.claimed(i + 1).Result {
		case notebook.ClaimFails, notebook.ClaimBroken:
			return "#" + claimID(i+1)
		case notebook.ClaimUndecided, notebook.ClaimNotApplicable:
			open = cmp.Or(open, "#"+claimID(i+1))
		}
	}
	return open
}
