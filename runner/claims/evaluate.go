package claims

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// An Answer is what a predicate says about values.
type Answer struct {
	Value    any
	Measured string // the predicate with values in place of names
	// Decided is false where noise could have made the value another one, and
	// where a value that is true or false is not the same in all runs.
	Decided bool
	// Runs is how many runs there are where the predicate asks for values in
	// several, else 0; Same is in how many of them it has this value. Where
	// several cells have such runs, both count the pairs of runs.
	Runs, Same int
}

// Limits of one evaluation.
const (
	maxTime   = time.Second
	maxMemory = 1_000_000 // elements of lists
	// maxCorners is how many values that noise could have moved are looked at
	// in all combinations; of more, each is moved alone.
	maxCorners = 8
	// maxMeasured is how many characters of what was measured are written.
	maxMeasured = 400
)

// errCostly is the error of a predicate that takes too long.
var errCostly = errors.New("the predicate takes more than a second")

// ErrNotFinite is the error of a comparison with what is no number that can be
// written down.
var ErrNotFinite = errors.New("a number is infinite or undefined, as after a division by 0")

// Evaluate evaluates the predicate. It needs a value for each of its
// [Predicate.Data], in that order. The error says what the values do not
// allow: a division by 0, or an element that a list does not have.
//
// It is evaluated for each run in which an exact value is another one, and for
// each of these at both ends of the bounds of those that are not exact.
func (p *Predicate) Evaluate(values []Value) (Answer, error) {
	e := &evaluation{Predicate: p, values: values, end: time.Now().Add(maxTime)}
	if err := e.countRuns(); err != nil {
		return Answer{}, err
	}
	value, err := e.run(p.program, e.values)
	if err != nil {
		return Answer{}, err
	}
	measured, err := e.measured()
	if err != nil {
		return Answer{Value: value, Measured: measured}, err
	}
	answer := Answer{Value: value, Measured: cut(measured, maxMeasured), Decided: true}
	if err := e.compare(&answer); err != nil {
		return Answer{}, err
	}
	return answer, nil
}

// An evaluation is one evaluation of a predicate.
type evaluation struct {
	*Predicate
	values []Value
	counts []tally // of the parts that are about several runs
	end    time.Time
}

// compare finds out whether the predicate has the same value in all runs, and
// wherever the true values lie within their bounds.
func (e *evaluation) compare(answer *Answer) error {
	_, isBool := answer.Value.(bool)
	rows, err := rows(e.values, e.direct)
	if err != nil {
		return err
	}
	for _, row := range rows {
		value, err := e.run(e.program, row.values)
		if err != nil {
			return err
		}
		answer.Runs += row.runs
		if same(value, answer.Value) {
			answer.Same += row.runs
		} else if isBool {
			answer.Decided = false
		}
		if isBool && answer.Decided {
			if answer.Decided, err = e.decided(value, row.values); err != nil {
				return err
			}
		}
	}
	if len(rows) == 1 && rows[0].runs == 1 {
		answer.Runs, answer.Same = 0, 0
	}
	return nil
}

// run runs a program of the predicate with values.
func (e *evaluation) run(program *vm.Program, values []Value) (any, error) {
	env := map[string]any{stepName: e.step, zeroName: e.zero}
	for i, v := range values {
		env[nameOf(i)] = v.V
	}
	for i, c := range e.counts {
		env[countName(i)] = e.parts[i].holds(c)
	}
	machine := vm.VM{MemoryBudget: maxMemory}
	result, err := machine.Run(program, env)
	switch {
	case errors.Is(err, errCostly):
		return nil, errCostly
	case err != nil:
		return nil, fmt.Errorf("%w", e.text.asError(err))
	}
	return result, nil
}

// step is called in each turn of a loop.
func (e *evaluation) step() bool {
	if time.Now().After(e.end) {
		panic(errCostly) // the machine returns it
	}
	return true
}

func (e *evaluation) zero() int {
	e.step()
	return 0
}

// of evaluates a part of the predicate.
func (e *evaluation) of(n ast.Node) (any, error) {
	program, err := compiler.Compile(&parser.Tree{Node: n, Source: e.tree.Source}, e.config)
	if err != nil {
		return nil, e.text.asError(err)
	}
	return e.run(program, e.values)
}

// decided reports whether the predicate has the same value wherever the true
// values lie within their bounds. It looks at the ends of the bounds only: what
// predicates do with numbers grows or falls with each of them.
func (e *evaluation) decided(value any, at []Value) (bool, error) {
	var moved []int
	for i, v := range at {
		if v.spread() {
			moved = append(moved, i)
		}
	}
	for _, corner := range corners(moved) {
		values := slices.Clone(at)
		for i, high := range corner {
			values[i].V = values[i].Low
			if high {
				values[i].V = values[i].High
			}
		}
		other, err := e.run(e.program, values)
		if err != nil {
			return false, err
		}
		if other != value {
			return false, nil
		}
		if time.Now().After(e.end) {
			return false, errCostly
		}
	}
	return true, nil
}

// corners returns which values to move, and whether to their high end.
func corners(moved []int) []map[int]bool {
	var all []map[int]bool
	if len(moved) > maxCorners {
		for _, i := range moved {
			all = append(all, map[int]bool{i: false}, map[int]bool{i: true})
		}
		return all
	}
	for bits := range 1 << len(moved) {
		corner := map[int]bool{}
		for k, i := range moved {
			corner[i] = bits>>k&1 == 1
		}
		all = append(all, corner)
	}
	return all
}

// isFinite reports whether a value is no number, or one that is neither
// infinite nor undefined.
func isFinite(v any) bool {
	f, ok := v.(float64)
	return !ok || !math.IsNaN(f) && !math.IsInf(f, 0)
}
