package runner

import (
	"errors"
	"fmt"
	"slices"

	"notebook"
	"notebook/runner/claims"
)

// assertions are the expressions in the text of a note that a run evaluates at
// its end: the predicates of claims, and inline values that measure.
type assertions struct {
	list   []*assertion
	folder *notebook.Folder // what happened; nil where nothing is evaluated
	noise  noise
	hinted map[string]bool // hints that were given: each is given once
}

// An assertion is one of them.
type assertion struct {
	*notebook.Expression
	number    int             // among the claims, or among the values
	claim     *notebook.Claim // nil for an inline value
	predicate *claims.Predicate
	err       *claims.Error // why there is no predicate; nil: there is one
}

// compileAssertions type-checks what stands in the text of the note.
func (run *noteRun) compileAssertions() assertions {
	a := assertions{hinted: map[string]bool{}}
	for i, c := range run.note.Claims {
		if !c.Broken && run.wanted(&c.Expression) {
			a.list = append(a.list, run.compile(&assertion{Expression: &c.Expression, number: i + 1, claim: c}))
		}
	}
	for i, v := range run.note.Values {
		if v.Measures && !v.Broken && run.wanted(&v.Expression) {
			a.list = append(a.list, run.compile(&assertion{Expression: &v.Expression, number: i + 1}))
		}
	}
	if len(a.list) > 0 {
		a.folder = notebook.NewFolder(run.note)
	}
	return a
}

// wanted reports whether an expression belongs to what is to run.
func (run *noteRun) wanted(e *notebook.Expression) bool {
	return run.opts.Only == "" || run.opts.Only == e.Nearest
}

func (run *noteRun) compile(a *assertion) *assertion {
	p, err := claims.Compile(a.Text, run.scope(a.Expression))
	switch {
	case err != nil:
		if !errors.As(err, &a.err) {
			a.err = &claims.Error{Message: err.Error()}
		}
	case a.claim != nil && !p.IsBool():
		a.err = p.NotBool()
	case a.claim != nil && len(p.Data()) == 0:
		a.err = &claims.Error{Message: "the claim asks for nothing that a cell did", Hint: "name a variable of a cell, or call a function such as wall()"}
	default:
		a.predicate = p
	}
	return a
}

// scope returns what an expression can see.
func (run *noteRun) scope(e *notebook.Expression) claims.Scope {
	s := claims.Scope{Nearest: e.Nearest, Variables: map[string]claims.Variable{}, Models: map[string]string{}}
	for _, c := range run.note.Cells {
		s.Cells = append(s.Cells, c.Label)
		if c.Options.Compare != "" || len(c.Options.Procs) > 1 {
			s.Compared = append(s.Compared, c.Label)
			s.Models[c.Options.Compare], s.Models[c.Options.Model] = c.Label, c.Label
		}
	}
	delete(s.Models, "") // of cells without a group or a name in it
	if source := run.source(); source != nil {
		s.Values, s.Visible = source.Values(), source.Visible(e)
		for name, v := range source.Variables(e) {
			s.Variables[name] = claims.Variable{Kind: v.Kind, Why: v.Why, Hint: v.Hint}
		}
	}
	return s
}

// diagnostics returns what is wrong with the predicates.
func (run *noteRun) assertionDiagnostics() []notebook.Diagnostic {
	var all []notebook.Diagnostic
	for _, a := range run.assertions.list {
		if a.err != nil {
			all = append(all, notebook.Diagnostic{
				File: run.note.Name, Position: a.At(a.err.Offset), Severity: notebook.Error, Message: a.err.Message, Hint: a.err.Hint,
			})
			continue
		}
		if why, hint := run.chance(a); why != "" {
			all = append(all, notebook.Diagnostic{
				File: run.note.Name, Position: a.Position, Severity: notebook.Warning, Message: why, Hint: hint,
			})
		}
	}
	return all
}

// chance says why a claim is one about what differs from run to run, though its
// cell runs once.
func (run *noteRun) chance(a *assertion) (why, hint string) {
	source := run.source()
	if source == nil || a.claim == nil {
		return "", ""
	}
	for _, d := range a.predicate.Data() {
		what, label, by := d.Name, d.Name, ""
		switch d.Function {
		case "":
			label, by = source.Variables(a.Expression)[d.Name].Cell, source.Chance(a.Expression, d.Name)
		case "value":
			what, by = fmt.Sprintf("value(%q)", label), source.ChanceOfValue(label)
		case "output":
			what, by = fmt.Sprintf("output(%q)", label), source.ChanceOfOutput(label)
		case "outcome":
			what, by = fmt.Sprintf("outcome(%q)", label), severalEnds(a.predicate, run.note.Cell(label))
		}
		if c := run.note.Cell(label); by != "" && c != nil && c.Options.Repeat <= 1 {
			return fmt.Sprintf("%s may differ in the next run: it comes from %s", what, by),
				fmt.Sprintf("write repeat: 10 in %s, so that the claim is about ten runs", notebook.CellName(c.Label))
		}
	}
	return "", ""
}

// severalEnds describes a cell whose author expects several ends, where a
// predicate about its end is not the same of each; "" for another.
func severalEnds(p *claims.Predicate, c *notebook.Cell) string {
	if c == nil {
		return ""
	}
	var first notebook.Outcome
	for _, e := range c.Options.Expect {
		switch {
		case e.Verdict != "":
		case first == "":
			first = e.Outcome
		case !sameOf(p, first, e.Outcome):
			return fmt.Sprintf("a cell that may end with %s or with %s", first, e.Outcome)
		}
	}
	return ""
}

// sameOf reports whether a predicate about the end of one cell, and nothing
// else, is the same of two ends.
func sameOf(p *claims.Predicate, one, other notebook.Outcome) bool {
	if len(p.Data()) != 1 {
		return one == other
	}
	a, err := p.Evaluate([]claims.Value{{V: string(one)}})
	b, otherErr := p.Evaluate([]claims.Value{{V: string(other)}})
	return err == nil && otherErr == nil && a.Value == b.Value
}

// tellBroken reports the claims and values that have no predicate, before
// anything runs.
func (run *noteRun) tellBroken(stream *stream) error {
	for _, a := range run.assertions.list {
		if a.err == nil {
			continue
		}
		at := a.At(a.err.Offset)
		var body notebook.Body
		if a.claim != nil {
			run.tally.claims.Failed++
			body = notebook.Claimed{
				Text: a.claim.Sentence, Predicate: a.Text, Result: notebook.ClaimBroken,
				Reason: a.err.Message, Hint: a.err.Hint, Line: at.Line, Col: at.Col, Number: a.number,
			}
		} else {
			run.tally.missing++
			body = notebook.Valued{
				Expression: a.Text, Failed: true, Reason: a.err.Message, Hint: a.err.Hint, Line: at.Line, Col: at.Col, Number: a.number,
			}
		}
		if err := stream.send(notebook.Event{Body: body}); err != nil {
			return err
		}
	}
	return nil
}

// observe lets the claims see the events on their way to the sink.
func (run *noteRun) observe(sink Sink) Sink {
	if run.assertions.folder == nil {
		return sink
	}
	return func(e notebook.Event) error {
		run.assertions.folder.Add(e)
		run.assertions.noise.event(run.note, e)
		return sink(e)
	}
}

// recorders returns the labels of the cells that record variables for what is to
// be evaluated.
func (run *noteRun) recorders() []string {
	source := run.source()
	if source == nil {
		return nil
	}
	var labels []string
	for _, a := range run.assertions.list {
		for _, v := range source.Variables(a.Expression) {
			if v.Cell != "" {
				labels = append(labels, v.Cell)
			}
		}
	}
	return labels
}

// labels returns the cells that an assertion is about.
func (run *noteRun) labels(a *assertion) []string {
	var labels []string
	add := func(label string) {
		if label != "" && !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	for _, d := range a.predicate.Data() {
		if d.Function != "" {
			add(d.Name)
		} else if source := run.source(); source != nil {
			add(source.Variables(a.Expression)[d.Name].Cell)
		}
	}
	if a.claim != nil && a.claim.Option {
		add(a.Nearest)
	}
	return labels
}
