package claims

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
)

// maxRows is how many pairs of runs of several cells are looked at.
const maxRows = 10_000

// ErrManyRuns is the error of a predicate about several cells whose runs differ
// so much that not all pairs can be looked at.
var ErrManyRuns = errors.New("the runs of these cells differ too much to look at all pairs")

// A row is what was found in one run of each cell.
type row struct {
	values []Value
	runs   int // how many it stands for: those with the same values
}

// rows returns what was found in each run. Runs without one of the values are
// left out, and data outside of of are those of the first run.
func rows(values []Value, of map[int]bool) ([]row, error) {
	all := []row{{values: values, runs: 1}}
	var cells []string
	for i, v := range values {
		if v.Runs == nil || !of[i] || slices.Contains(cells, v.Of) {
			continue
		}
		cells = append(cells, v.Of)
		runs := runsOf(v.Of, values, of)
		if len(all)*len(runs) > maxRows {
			return nil, ErrManyRuns
		}
		var product []row
		for _, a := range all {
			for _, r := range runs {
				product = append(product, row{r.into(a.values, v.Of, of), a.runs * r.runs})
			}
		}
		all = product
	}
	return all, nil
}

// runsOf returns the runs of one cell, each different one once.
func runsOf(cell string, values []Value, of map[int]bool) []row {
	var runs []row
	at := map[string]int{}
	for k := 0; ; k++ {
		r, key, ok := row{values: slices.Clone(values), runs: 1}, "", true
		for i, v := range values {
			if v.Runs == nil || v.Of != cell || !of[i] {
				continue
			}
			if k >= len(v.Runs) {
				return runs
			}
			r.values[i] = Value{V: v.Runs[k]}
			key += fmt.Sprintf("%#v\x00", v.Runs[k])
			ok = ok && v.Runs[k] != nil
		}
		if !ok {
			continue
		}
		if first, known := at[key]; known {
			runs[first].runs++
			continue
		}
		at[key] = len(runs)
		runs = append(runs, r)
	}
}

// into returns values with those of a cell replaced by the values of the row.
func (r row) into(values []Value, cell string, of map[int]bool) []Value {
	values = slices.Clone(values)
	for i, v := range values {
		if v.Runs != nil && v.Of == cell && of[i] {
			values[i] = r.values[i]
		}
	}
	return values
}

// same reports whether two values are equal: lists too.
func same(a, b any) bool { return reflect.DeepEqual(a, b) }
