package claims

import (
	"maps"
	"slices"

	"notebook"
)

// A Datum is a value that a predicate asks for: a variable of the session, or
// what a measuring function gives.
type Datum struct {
	Function string // "": a variable
	Name     string // of the variable; else the label of a cell, "" for the machine
	Verdict  string // the kind that the function verdict was asked for; "": any
}

// IsTime reports whether the datum is measured with a clock: it is told by its
// median, others by the value in each run.
func (d Datum) IsTime() bool {
	switch d.Function {
	case "wall", "cpu", "parallelism", "speedup":
		return true
	}
	return false
}

// A function is a measuring function.
type function struct {
	kind    notebook.ValueKind // "": that of the cell's last expression
	machine bool               // it tells of the machine, without a label
}

// functions holds the measuring functions, by name. docs/claims.md describes
// each.
var functions = map[string]function{
	"wall":        {kind: notebook.FloatKind},
	"cpu":         {kind: notebook.FloatKind},
	"parallelism": {kind: notebook.FloatKind},
	"speedup":     {kind: notebook.FloatKind},
	"goroutines":  {kind: notebook.IntKind},
	"outcome":     {kind: notebook.TextKind},
	"output":      {kind: notebook.TextKind},
	"verdict":     {kind: notebook.TextKind},
	"value":       {},
	"cores":       {kind: notebook.IntKind, machine: true},
	"gomaxprocs":  {kind: notebook.IntKind},
}

// builtins holds the functions of expr that predicates may call. None of them
// makes a value that is much larger than what it is given.
var builtins = map[string]bool{
	"len": true, "abs": true, "min": true, "max": true, "sum": true, "mean": true, "median": true,
	"round": true, "floor": true, "ceil": true, "int": true, "float": true,
	"all": true, "any": true, "none": true, "one": true, "count": true, "filter": true,
	"first": true, "last": true, "sort": true,
	"trim": true, "lower": true, "upper": true, "split": true, "indexOf": true,
}

// functionNames returns the names of all functions, sorted.
func functionNames() []string {
	return slices.Sorted(maps.Keys(callable()))
}

func callable() map[string]bool {
	all := maps.Clone(builtins)
	for name := range functions {
		all[name] = true
	}
	for name := range quantifiers {
		all[name] = true
	}
	return all
}
