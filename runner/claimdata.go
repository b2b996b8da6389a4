package runner

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"notebook"
	"notebook/runner/claims"
	"notebook/runner/lower"
)

// facts are what a run of a note found out, for its claims.
type facts struct {
	run    *noteRun
	result *notebook.Result
	more   map[string]*series // runs to decide claims, by label
}

// A lack says why there is no good value.
type lack struct {
	absent string // there is none
	open   string // there is more than one
}

// first returns the run of a cell that the page shows, or nil.
func (f *facts) first(label string) *notebook.CellRun {
	for _, r := range f.result.Cells[label] {
		if r.Run == 0 {
			return r
		}
	}
	return nil
}

// repeated returns what several runs of a cell say together, or nil.
func (f *facts) repeated(label string) *notebook.Repeated {
	if s := f.more[label]; s != nil && len(s.runs) > 1 {
		r := s.summary(len(s.runs))
		return &r
	}
	if r := f.first(label); r != nil && len(r.Repeated) > 0 {
		return &r.Repeated[0]
	}
	return nil
}

// value returns the value of a datum.
func (f *facts) value(a *assertion, d claims.Datum) (claims.Value, lack) {
	switch d.Function {
	case "":
		return f.variable(a, d.Name)
	case "cores":
		return claims.Value{V: f.result.Start.Cores}, lack{}
	case "gomaxprocs":
		return claims.Value{V: f.gomaxprocs(d.Name)}, lack{}
	}
	r := f.first(d.Name)
	if why := f.didNotRun(d.Name, r); why != "" {
		return claims.Value{}, lack{absent: why}
	}
	switch d.Function {
	case "outcome":
		return f.outcome(d.Name)
	case "verdict":
		return f.verdict(d, r)
	}
	if !r.Finished.Expected || r.Outcome() == notebook.CompileError || d.Function != "output" && d.Function != "value" && r.Outcome() != notebook.OK {
		return claims.Value{}, lack{absent: fmt.Sprintf("%s ended with %s", notebook.CellName(d.Name), r.Outcome())}
	}
	switch d.Function {
	case "output":
		return f.output(d.Name, r)
	case "value":
		return f.displayed(d.Name)
	case "speedup":
		return f.speedup(d.Name)
	case "goroutines":
		return f.goroutines(d.Name, r)
	}
	return f.time(d, r)
}

// didNotRun says why a cell has no end, or "".
func (f *facts) didNotRun(label string, r *notebook.CellRun) string {
	name := notebook.CellName(label)
	switch c := f.run.note.Cell(label); {
	case r != nil && r.NotRun != nil:
		return name + " was not run: " + r.NotRun.Reason
	case c != nil && (c.Mode == notebook.Show || c.Mode == notebook.Sketch):
		return name + " is shown, not run"
	case r == nil || r.Finished == nil:
		return name + " was not run"
	}
	return ""
}

func (f *facts) outcome(label string) (claims.Value, lack) {
	return f.inRuns(label, func(r *notebook.CellRun) any { return string(r.Outcome()) }), lack{}
}

// verdict returns the kinds of what was found, or whether one kind was.
func (f *facts) verdict(d claims.Datum, r *notebook.CellRun) (claims.Value, lack) {
	var found []string
	looked, unchecked := map[notebook.VerdictKind]bool{}, map[notebook.VerdictKind]string{}
	for _, kind := range []notebook.VerdictKind{notebook.RaceVerdict, notebook.DeadlockVerdict, notebook.LeakVerdict} {
		for _, v := range r.Verdicts {
			if v.Kind != kind {
				continue
			}
			if v.Unchecked {
				unchecked[kind] = v.Text
				continue
			}
			if v.Found && (len(found) == 0 || found[len(found)-1] != string(kind)) {
				found = append(found, string(kind))
			}
			looked[kind] = true
		}
	}
	name := notebook.CellName(d.Name)
	switch {
	case d.Verdict != "" && !looked[notebook.VerdictKind(d.Verdict)]:
		why := fmt.Sprintf("nothing looked for a %s in %s", d.Verdict, name)
		if d.Verdict != string(notebook.DeadlockVerdict) {
			why += ": its options do not ask for it"
		}
		return claims.Value{}, lack{absent: cmp.Or(unchecked[notebook.VerdictKind(d.Verdict)], why)}
	case d.Verdict != "":
		return claims.Value{V: strings.Contains(" "+strings.Join(found, " ")+" ", " "+d.Verdict+" ")}, lack{}
	case len(found) == 0 && !looked[notebook.RaceVerdict]:
		why := "nothing looked for races in " + name + ": its options do not ask for it"
		return claims.Value{}, lack{absent: cmp.Or(unchecked[notebook.RaceVerdict], why)}
	case len(found) == 0:
		return claims.Value{V: "none"}, lack{}
	}
	return claims.Value{V: strings.Join(found, " and ")}, lack{}
}

func (f *facts) output(label string, r *notebook.CellRun) (claims.Value, lack) {
	name := notebook.CellName(label)
	if r.LeftOut.Bytes > 0 || r.Finished.Dropped > 0 {
		return claims.Value{}, lack{absent: "only a part of the output of " + name + " was kept"}
	}
	var b strings.Builder
	for _, w := range r.Outputs {
		if w.Stream == notebook.Stdout && !w.Late {
			b.Write(w.Data)
		}
	}
	var why lack
	if repeated := f.repeated(label); repeated != nil && repeated.Distinct > 1 {
		why.open = fmt.Sprintf("the %d runs of %s had %d different outputs", repeated.Runs, name, repeated.Distinct)
	}
	return claims.Value{V: strings.TrimSpace(b.String())}, why
}

// displayed returns the value that a cell shows.
func (f *facts) displayed(label string) (claims.Value, lack) {
	kind := f.run.source().Values()[label]
	value := f.inRuns(label, func(r *notebook.CellRun) any { return shownValue(r, kind) })
	if value.V == nil {
		return value, lack{absent: notebook.CellName(label) + " displayed no value of its kind"}
	}
	return value, lack{}
}

// shownValue returns the value that a run displayed, or nil.
func shownValue(r *notebook.CellRun, kind notebook.ValueKind) any {
	for _, d := range r.Displays {
		if d.MIME == "text/plain" {
			return parseShown(string(d.Data), kind)
		}
	}
	return nil
}

// inRuns returns what the runs of a cell have as a value; nil stands for none.
func (f *facts) inRuns(label string, of func(*notebook.CellRun) any) claims.Value {
	var values []any
	for _, r := range f.runsOf(label) {
		values = append(values, of(r))
	}
	return together(values, label)
}

// together returns the value in the first of several runs that has one, and
// that in each of them.
func together(values []any, label string) claims.Value {
	var v claims.Value
	if len(values) > 1 {
		v.Runs, v.Of = values, label
	}
	if i := slices.IndexFunc(values, func(value any) bool { return value != nil }); i >= 0 {
		v.V = values[i]
	}
	return v
}

// runsOf returns the runs of a repeated cell, or the one that the page shows.
func (f *facts) runsOf(label string) []*notebook.CellRun {
	first := f.first(label)
	if f.run.note.Cell(label).Options.Repeat <= 1 {
		return []*notebook.CellRun{first}
	}
	var runs []*notebook.CellRun
	for _, r := range f.result.Cells[label] {
		if r.Engine == first.Engine {
			runs = append(runs, r)
		}
	}
	return runs
}

// parseShown reads the text of a value; nil stands for one of another kind.
func parseShown(text string, kind notebook.ValueKind) any {
	var value any
	var err error
	switch kind {
	case notebook.IntKind:
		value, err = strconv.Atoi(text)
	case notebook.FloatKind:
		if d, err := time.ParseDuration(text); err == nil && text != "0" {
			return d.Seconds()
		}
		value, err = strconv.ParseFloat(text, 64)
	case notebook.BoolKind:
		value, err = strconv.ParseBool(text)
	default:
		if value, err = strconv.Unquote(text); err != nil {
			return text
		}
	}
	if err != nil {
		return nil
	}
	return value
}

// goroutines returns how many goroutines a cell started.
func (f *facts) goroutines(label string, r *notebook.CellRun) (claims.Value, lack) {
	if c := f.run.note.Cell(label); c != nil && c.Program && r.Finished.Started == 0 {
		return claims.Value{}, lack{absent: "nothing counts the goroutines of a program"}
	}
	return f.inRuns(label, func(r *notebook.CellRun) any {
		if r.Finished == nil {
			return nil
		}
		return int(r.Finished.Started)
	}), lack{}
}

func (f *facts) gomaxprocs(label string) int {
	if c := f.run.note.Cell(label); c != nil {
		if n, err := strconv.Atoi(c.Options.Env["GOMAXPROCS"]); err == nil && n > 0 {
			return n
		}
		if len(c.Options.Procs) > 0 {
			return cmp.Or(c.Options.Procs[0], f.result.Start.GOMAXPROCS)
		}
	}
	return f.result.Start.GOMAXPROCS
}

// variable returns the value of a variable of the session.
func (f *facts) variable(a *assertion, name string) (claims.Value, lack) {
	v := f.run.source().Variables(a.Expression)[name]
	switch {
	case v.Missing != "":
		return claims.Value{}, lack{absent: v.Missing}
	case v.Cell == "":
		return claims.Value{V: v.Constant}, lack{}
	}
	if why := f.disturbed(name, v); why != "" {
		return claims.Value{}, lack{absent: why}
	}
	first := f.first(v.Cell)
	if why := f.didNotRun(v.Cell, first); why != "" {
		return claims.Value{}, lack{absent: why}
	}
	value := f.recorded(v.Cell, name, v.Kind)
	if last := f.first(v.Last); last != nil && len(f.runsOf(v.Cell)) == 1 {
		if now, _ := recordedValue(last, name, v.Kind); now != nil {
			value = claims.Value{V: now}
		}
	}
	if value.V != nil {
		return value, lack{}
	}
	if _, err := recordedValue(first, name, v.Kind); err != nil {
		return value, lack{absent: fmt.Sprintf("a claim cannot know %s: %v", name, err)}
	}
	return value, lack{absent: fmt.Sprintf("%s had no value when %s ended with %s", name, notebook.CellName(v.Cell), first.Outcome())}
}

// disturbed says which cell that did not compile was perhaps to set a variable,
// or "". What its author expects not to compile was not to set anything.
func (f *facts) disturbed(name string, v lower.Variable) string {
	for _, label := range v.Disturbed {
		r, cell := f.first(label), notebook.CellName(label)
		switch {
		case r == nil || r.Finished == nil:
			return fmt.Sprintf("%s, which may set %s, was not run", cell, name)
		case !r.Finished.Expected:
			return fmt.Sprintf("%s, which may set %s, does not compile", cell, name)
		}
	}
	return ""
}

// recorded returns what the runs of a cell recorded of a variable.
func (f *facts) recorded(label, name string, kind notebook.ValueKind) claims.Value {
	return f.inRuns(label, func(r *notebook.CellRun) any {
		value, _ := recordedValue(r, name, kind)
		return value
	})
}

// recordedValue returns the value that a run recorded last, or nil. The error
// says why it is none that claims can know.
func recordedValue(r *notebook.CellRun, name string, kind notebook.ValueKind) (any, error) {
	for i := len(r.Recorded) - 1; i >= 0; i-- {
		if r.Recorded[i].Name == name {
			return claims.Decode(r.Recorded[i].Value, kind)
		}
	}
	return nil, nil
}
