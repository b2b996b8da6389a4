package runner

import (
	"strings"

	"notebook"
)

// diagnostics returns what lowering found in the chosen cells.
func (run *noteRun) diagnostics() []notebook.Diagnostic {
	var all []notebook.Diagnostic
	seen := map[notebook.Diagnostic]bool{}
	add := func(d notebook.Diagnostic) {
		if !seen[d] {
			seen[d] = true
			all = append(all, d)
		}
	}
	for _, c := range run.chosen {
		if c.Broken || run.note.Broken {
			continue
		}
		for _, engine := range run.enginesOf(c) {
			if e := run.lowered[engine]; e == nil || e.source == nil {
				continue
			}
			for _, d := range unexpected(c, run.problems(c, engine)) {
				add(d)
			}
		}
	}
	for _, name := range run.engineNames() {
		if source := run.lowered[name].source; source != nil {
			for _, w := range source.Warnings {
				add(w)
			}
		}
	}
	for _, d := range run.assertionDiagnostics() {
		add(d)
	}
	return append(all, run.valueDiagnostics()...)
}

// unexpected returns the problems of a cell, unless its author expects that it
// does not compile.
func unexpected(c *notebook.Cell, problems []notebook.Problem) []notebook.Diagnostic {
	var all []notebook.Diagnostic
	var messages []string
	for _, p := range problems {
		messages = append(messages, p.Message)
		all = append(all, notebook.Diagnostic{
			File: p.File, Position: notebook.Position{Line: p.Line, Col: p.Col},
			Severity: p.Severity, Message: p.Message, Hint: p.Hint, Cell: c.Label,
		})
	}
	if len(all) > 0 && expects(c.Options, notebook.CompileError, 0, strings.Join(messages, "\n")) {
		return nil
	}
	return all
}
