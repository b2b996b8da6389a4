package claims_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"notebook"
	"notebook/runner/claims"
)

// scope is what the predicates of the tests see.
func scope() claims.Scope {
	return claims.Scope{
		Cells:   []string{"seq", "fanout", "cell-3", "broken"},
		Nearest: "fanout", Compared: []string{"fanout"}, Models: map[string]string{"adding": "fanout"},
		Variables: map[string]claims.Variable{
			"total": {Kind: notebook.IntKind},
			"share": {Kind: notebook.FloatKind},
			"name":  {Kind: notebook.TextKind},
			"done":  {Kind: notebook.BoolKind},
			"xs":    {Kind: notebook.IntKind.List()},
			"names": {Kind: notebook.TextKind.List()},
			"grid":  {Kind: notebook.IntKind.List().List()},
			"sum":   {Kind: notebook.IntKind},
			"runs":  {Kind: notebook.IntKind},
			"half":  {Kind: notebook.FloatKind},
			"other": {Kind: notebook.IntKind},
			"conn":  {Why: "conn is a net.Conn", Hint: "record a number"},

			"broken": {Kind: notebook.AnyKind},
			"count":  {Kind: notebook.IntKind},
		},
		Visible: []string{"total", "share", "name", "done", "xs", "names", "grid", "in", "count"},
		Values:  map[string]notebook.ValueKind{"seq": notebook.IntKind, "fanout": notebook.TextKind, "broken": notebook.AnyKind},
	}
}

// values are those of the tests, by datum.
var values = map[claims.Datum]claims.Value{
	{Name: "total"}:                    {V: 734},
	{Name: "share"}:                    {V: 0.26},
	{Name: "name"}:                     {V: "gopher"},
	{Name: "count"}:                    {V: 2},
	{Name: "sum"}:                      {V: 6},
	{Name: "runs"}:                     {V: 2, Runs: []any{2, 1, 2, nil, 4}, Of: "seq"},
	{Name: "half"}:                     {V: 0.5, Runs: []any{0.5, 0.5, 1.5, 1.5, 1.5}, Of: "seq"},
	{Name: "other"}:                    {V: 1, Runs: []any{1, 2}, Of: "fanout"},
	{Name: "done"}:                     {V: true},
	{Name: "xs"}:                       {V: []int{1, 2, 3}},
	{Name: "names"}:                    {V: []string{"a", "b"}},
	{Name: "grid"}:                     {V: []any{[]int{1, 2}, []int{3}}},
	{Function: "wall", Name: "seq"}:    {V: 0.41234, Low: 0.37, High: 0.45},
	{Function: "wall", Name: "fanout"}: {V: 0.021, Low: 0.019, High: 0.023},
	{Function: "cpu", Name: "fanout"}:  {V: 0.0},

	{Function: "parallelism", Name: "fanout"}:           {V: 1.9, Low: 1.84, High: 1.96},
	{Function: "speedup", Name: "fanout"}:               {V: 1.8, Low: 1.7, High: 1.9},
	{Function: "goroutines", Name: "fanout"}:            {V: 20},
	{Function: "outcome", Name: "fanout"}:               {V: "ok"},
	{Function: "outcome", Name: "seq"}:                  {V: "panic"},
	{Function: "output", Name: "fanout"}:                {V: "one\ntwo"},
	{Function: "value", Name: "seq"}:                    {V: 42},
	{Function: "value", Name: "fanout"}:                 {V: "x"},
	{Function: "verdict", Name: "fanout"}:               {V: "race"},
	{Function: "cores"}:                                 {V: 2},
	{Function: "gomaxprocs"}:                            {V: 4},
	{Function: "gomaxprocs", Name: "seq"}:               {V: 1},
	{Function: "verdict", Name: "seq", Verdict: "race"}: {V: false},
}

func evaluate(t testing.TB, source string) string {
	t.Helper()
	p, err := claims.Compile(source, scope())
	if err != nil {
		e, ok := errors.AsType[*claims.Error](err)
		if !ok {
			t.Fatalf("%q: %T: %v", source, err, err)
		}
		return fmt.Sprintf("%d: %s (%s)", e.Offset, e.Message, e.Hint)
	}
	if p.IsBool() && strings.Contains(source, "broken") {
		return "true or false"
	}
	var list []claims.Value
	for _, d := range p.Data() {
		v, ok := values[d]
		if !ok {
			t.Fatalf("%q asks for %+v", source, d)
		}
		list = append(list, v)
	}
	a, err := p.Evaluate(list)
	if err != nil {
		return "error: " + err.Error()
	}
	text := fmt.Sprintf("%v: %s", a.Value, a.Measured)
	if !a.Decided {
		text += " (not decided)"
	}
	if a.Runs > 0 {
		text += fmt.Sprintf(" in %d of %d", a.Same, a.Runs)
	}
	return text
}

// TestPredicates evaluates predicates, or says what is wrong with them.
func TestPredicates(t *testing.T) {
	for _, test := range []struct{ predicate, want string }{
		// Times and what is made of them.
		{`wall("seq") / wall("fanout") > 5`, "true: 412 ms / 21 ms = 19.6 > 5"},
		{`wall("seq") / wall("fanout") > 20`, "false: 412 ms / 21 ms = 19.6 > 20 (not decided)"},
		{`wall() < 70ms`, "true: 21 ms < 70 ms"},
		{`wall() < 1.5s and wall("seq") > 1m`, "false: 21 ms < 1.5 s and 412 ms > 60 s"},
		{`20ms < wall() < 22ms`, "true: 20 ms < 21 ms and 21 ms < 22 ms (not decided)"},
		{`parallelism() > 1.5`, "true: 1.9 > 1.5"},
		{`cpu() / wall() < 0.1`, "true: 0 s / 21 ms = 0 < 0.1"},
		{`speedup() >= 1.75`, "true: 1.8 >= 1.75 (not decided)"},
		{`wall() / cpu() > 5`, "error: a number is infinite or undefined, as after a division by 0"},
		{`abs(wall() - 21ms) < 5ms`, "true: abs(21 ms - 21 ms) = 0 s < 5 ms"},
		{`share == 0.25999999`, "false: 0.26 == 0.25999999"},
		// What is exact.
		{`total == 734`, "true: 734 == 734"},
		{`total < 1000 and share > 0.1`, "true: 734 < 1000 and 0.26 > 0.1"},
		{`not done or name startsWith "go"`, `true: not true or "gopher" startsWith "go"`},
		{`(done or total > 1) and share < 1`, "true: (true or 734 > 1) and 0.26 < 1"},
		{`done`, "true: true"},
		{`sum == sum(xs)`, "true: 6 == sum([1, 2, 3]) = 6"},
		{`len(xs) == 3 and xs[0] == 1`, "true: len([1, 2, 3]) = 3 == 3 and [1, 2, 3][0] = 1 == 1"},
		{`sum(xs, # * 2) == 12`, "true: sum([1, 2, 3], # * 2) = 12 == 12"},
		{`all(xs, # > 0) and count(xs, # > 1) == 2`, "true: all([1, 2, 3], # > 0) and count([1, 2, 3], # > 1) = 2 == 2"},
		{`"a" in names`, `true: "a" in ["a", "b"]`},
		{`grid[0][1] == 2`, `true: [[1, 2], [3]][0][1] = 2 == 2`},
		{`xs[5] == 1`, "error: index out of range: 5 (array length is 3)"},
		{`total % 0 == 1`, "error: integer divide by zero"},
		{`goroutines() == 20 and cores() >= 2 and gomaxprocs() == 4 and gomaxprocs("seq") == 1`, "true: 20 == 20 and 2 >= 2 and 4 == 4 and 1 == 1"},
		{`outcome() == "ok" and outcome("seq") in ["panic", "fatal"]`, `true: "ok" == "ok" and "panic" in ["panic", "fatal"]`},
		{`output() contains "two"`, `true: "one\ntwo" contains "two"`},
		{`len(split(output(), "\n")) == 2`, `true: len(split("one\ntwo", "\n")) = 2 == 2`},
		{`value("seq") > 40 and value() == "x"`, `true: 42 > 40 and "x" == "x"`},
		{`verdict() == "race" and not verdict("seq", "race")`, `true: "race" == "race" and not false`},
		{`total > 1 ? done : false`, "true: 734 > 1 ? true : false"},
		{`max(total, 900) - 1 >= 800`, "true: max(734, 900) - 1 = 899 >= 800"},
		{`total == 100000000`, "false: 734 == 100000000"},
		// What differs between runs is looked at in each of them.
		{`runs == 2`, "true: 2 == 2 (not decided) in 2 of 4"},
		{`runs == 9`, "false: 2 == 9 in 4 of 4"},
		{`not (runs == 9) and runs * 1 != 3 and runs - runs == 0`, "true: not (2 == 9) and 2 * 1 = 2 != 3 and 2 - 2 = 0 == 0 in 4 of 4"},
		{`runs in [1, 2]`, "true: 2 in [1, 2] (not decided) in 3 of 4"},
		{`runs % 2 == 0 and xs[runs - 1] > 0`, "error: index out of range: 3 (array length is 3)"},
		{`runs < 5 and share < 1`, "true: 2 < 5 and 0.26 < 1 in 4 of 4"},
		{`runs * half < 5`, "true: 2 * 0.5 = 1 < 5 (not decided) in 3 of 4"},
		{`runs + 0 < half * 100 * wall()`, "false: 2 + 0 = 2 < 0.5 * 100 * 21 ms = 1.05 (not decided) in 2 of 4"},
		{`runs != other or half > 1`, "true: 2 != 1 or 0.5 > 1 (not decided) in 6 of 8"},
		{`runs`, "2: 2 in 2 of 4"},
		{`some(runs == 4) and not some(runs > 4)`, "true: (runs == 4 in 1 of 4 runs) and not (runs > 4 in 0 of 4 runs)"},
		{`every(runs > 1) or total < 0`, "false: (runs > 1 in 3 of 4 runs) or 734 < 0"},
		{`every(total > 1)`, "true: (total > 1 in 1 of 1 runs)"},
		{`some(wall() < 1s)`, "5: some is about exact values, and wall is a time (claim it of the median: wall() < 1s)"},
		{`some(runs)`, "5: some takes what is true or false, and this is a number (write some(n == 0))"},
		{`every(some(done))`, "6: some cannot stand within every ()"},
		{`some()`, "0: some takes one argument: what is true or false in a run (write some(n == 0))"},
		// What is no predicate.
		{`wal() > 1`, "0: there is no function wal (did you mean wall?)"},
		{`duration() > 1`, "0: there is no function duration (did you mean wall?)"},
		{`time("seq") > 1`, "0: there is no function time (did you mean wall?)"},
		{`throughput() > 1`, "0: there is no function throughput (" + measuring + ")"},
		{`speedup("seq") > 1`, "0: cell seq is not compared with another one (write compare: name in each of the cells to compare)"},
		{`speedup("adding") > 1`, `8: there is no cell "adding" (a cell is named by its label: speedup("fanout"))`},
		{`wall("sec") > 1`, `5: there is no cell "sec" (did you mean seq?)`},
		{`wall(total) > 1`, `5: the argument of wall must be a text in quotes (write wall("label"))`},
		{`wall("seq", "fanout") > 1`, `12: wall takes one label ()`},
		{`cores(1) > 1`, `6: cores takes no argument ()`},
		{`5ms < totl`, "6: there is no variable totl above (did you mean total?)"},
		{`wall > 1`, "0: wall is a function (write wall())"},
		{`conn > 1`, "0: conn is a net.Conn (record a number)"},
		{`value("cell-3") > 1`, "0: cell 3 displays no value (end the cell with an expression)"},
		{`outcome() == "panik"`, `13: there is no outcome "panik" (did you mean panic?)`},
		{`outcome() in ["ok", "bad"]`, `20: there is no outcome "bad" (known: ok, mismatch, compile-error, panic, fatal, deadlock, stuck, timeout, limit, exit, killed)`},
		{`verdict("seq", "rase")`, `15: there is no verdict "rase" (did you mean race?)`},
		{`1.5s < name`, "5: number and text do not go together with < (write numbers and times without quotes, and texts with them)"},
		{`name == 70ms`, "5: text and number do not go together with == (write numbers and times without quotes, and texts with them)"},
		{`wall() <`, "7: unexpected end (something is missing at its end)"},
		{`wall() < 5 ms`, "11: unexpected ms (no space: 5ms)"},
		{`1.5s < wall("seq") and wall() < 10 sec`, "35: unexpected sec (no space: 10s)"},
		{`wall() < 10sec`, "9: 10sec is no number (write 10s)"},
		{`total > 5x`, "8: 5x is no number (the units are ns, us, ms, s, m and h)"},
		{`share > 5% and done`, "11: unexpected and (write a share of 1: 0.05)"},
		{`share > 5%`, "9: unexpected end (write a share of 1: 0.05)"},
		{`total => 5`, "6: unexpected = (write >= to compare)"},
		{`outcome() == 3`, "13: outcome is a text in quotes (known: ok, mismatch, compile-error, panic, fatal, deadlock, stuck, timeout, limit, exit, killed)"},
		{`verdict("seq") == true`, "18: verdict is a text in quotes (known: race, deadlock, leak, none)"},
		{`total = 3`, "6: unexpected = (write == to compare)"},
		{`name.String() == "a"`, "5: a predicate cannot call functions of Go (assign what Go computes to a variable of a cell, and name that)"},
		{``, "0: the predicate is empty (write what is true: wall() < 1s)"},
		{`let x = 1; x > 0`, "4: this is no part of a predicate (write comparisons, and, or, not, and functions)"},
		{`{"a": 1}.a > 0`, `0: this is no part of a predicate (write comparisons, and, or, not, and functions)`},
		{`name + name == "a"`, "5: + adds numbers, not texts (compare the texts one by one)"},
		{`reduce(xs, #acc + #) > 1`, "0: there is no function reduce (" + measuring + ")"},
		{`xs.foo > 1`, "3: a value has no fields (values are numbers, texts, bools and lists of these)"},
		{`xs == nil`, "6: no value that a claim can know is nil (for a list write len(xs) == 0; of an error, assign err == nil to a variable of a cell)"},
		// Slips of those who know Go, or another language, and not this one.
		{`conn["a"] == 1`, "0: conn is a net.Conn (record a number)"},
		{`conn.Count == 1`, "0: conn is a net.Conn (record a number)"},
		{`conn() == 1`, "0: a predicate cannot call conn of Go (assign what it gives to a variable of a cell, and name that)"},
		{`wall(seq) < 1s`, `5: the argument of wall must be a text in quotes (write wall("seq"))`},
		{`seq.wall < 1s`, `0: there is no variable seq above (write wall("seq"))`},
		{`seq < 1s`, `0: there is no variable seq above (name a cell in a function: wall("seq"))`},
		{`wall "seq" < 1s`, `5: unexpected seq (write wall("seq"))`},
		{`wall() < time.Second`, "9: a predicate knows no packages of Go (write times as 1s, 70ms or 1.5s)"},
		{`wall() < 70 * ms`, "14: there is no variable ms above (a time is a number with its unit behind it: 70ms)"},
		{`wall() < 50MS`, "9: 50MS is no number (write 50ms)"},
		{`total ≤ 1`, "6: ≤ is no part of a predicate (write <=)"},
		{`name == “gopher”`, "8: “ is no part of a predicate (write \")"},
		{`output() contains hello`, `18: there is no variable hello above (a text stands in quotes: "hello")`},
		{`outcome() == panic`, `13: there is no variable panic above (a text stands in quotes: "panic")`},
		{`output() == hello world`, "18: unexpected world (write and, or or, between conditions, and quotes around texts)"},
		{`total == 1 share == 2`, "11: unexpected share (write and, or or, between conditions, and quotes around texts)"},
		{`total between 1 and 3`, "6: unexpected between (write 1 <= n <= 3)"},
		{`total === 1`, "8: unexpected = (write == to compare)"},
		{`total <> 1`, "7: unexpected > (write != to compare)"},
		{`total is 1`, "6: unexpected is (write == to compare)"},
		{`share > 1,5`, "9: unexpected , (numbers have a decimal point: 1.5)"},
		{`(total == 1`, "10: unexpected end (close the bracket)"},
		{`total == 1)`, "10: unexpected ) (there is a bracket too many)"},
		{`if total > 1`, "11: unexpected end (leave out if: a claim is true or false)"},
		{`total == 1 | done`, "16: unexpected end (write or)"},
		{`xs == []int{1, 2}`, "8: unexpected number (write a list as [1, 2])"},
		{`xs == 2`, "3: a list of numbers and number do not go together with == (compare its length, as in len(xs) == 2, or an element, as in xs[0] == 1)"},
		{`done == "true"`, "5: bool and text do not go together with == (write true and false without quotes)"},
		{`done and total`, "5: bool and number do not go together with and (write comparisons there, as in n == 0)"},
		{`not total`, "0: not takes what is true or false, and this is a number (write comparisons there, as in n == 0)"},
		{`len(total) == 1`, "0: len takes a list or a text, and this is a number ()"},
		{`sum(name) == 1`, "4: sum takes a list, and this is a text ()"},
		{`all(xs, x > 1)`, "8: there is no variable x above (each element of the list is #: all(xs, # > 0))"},
		{`"a" in name`, `4: text and text do not go together with in (write output() contains "x")`},
		{`name[0] == "g"`, `4: a text has no elements (write startsWith "b", or contains "b")`},
		{`name == "gopher`, "15: literal not terminated (close the quotation mark)"},
		{`verdict("race")`, `8: the first argument of verdict is the label of a cell (write verdict("fanout", "race"))`},
		{`{go} total == 734`, "0: a predicate does not begin with {go} (leave it out: it is for values in the text)"},
		{`total == 1 and in < 2s`, "15: unexpected in (in is a word of predicates: give the variable another name)"},
		{`count == 2 and count(xs, # > 1) == 2`, "true: 2 == 2 and count([1, 2, 3], # > 1) = 2 == 2"},
		// Verdicts are joined in one order.
		{`verdict() != "race and leak"`, `true: "race" != "race and leak"`},
		{`verdict() in ["race", "race and deadlock and leak"]`, `true: "race" in ["race", "race and deadlock and leak"]`},
		{`verdict() == "leak and race"`, `13: there is no verdict "leak and race" (write them in this order: "race and leak")`},
		{`verdict() == "race and panic"`, `13: there is no verdict "race and panic" (known: race, deadlock, leak, none)`},
		// A cell that does not compile has values of any kind.
		{`broken > 1 and not broken and broken contains "x" and value("broken")`, "true or false"},
		{`every(broken)`, "true or false"},
		{`broken and totl > 1`, "11: there is no variable totl above (did you mean total?)"},
	} {
		if got := evaluate(t, test.predicate); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.predicate, got, test.want)
		}
	}
}

const measuring = "there are cores, cpu, gomaxprocs, goroutines, outcome, output, parallelism, speedup, value, verdict, wall, " +
	"and functions that compute, as len and max; what a function of Go gives has to be a variable"

const known = "known: abs, all, any, ceil, cores, count, cpu, every, filter, first, float, floor, gomaxprocs, goroutines, indexOf, int, last, len, " +
	"lower, max, mean, median, min, none, one, outcome, output, parallelism, round, some, sort, speedup, split, sum, trim, upper, value, verdict, wall"

// TestFunctions checks that the parser of notes and this package know the same
// functions.
func TestFunctions(t *testing.T) {
	for name := range strings.FieldsSeq(strings.ReplaceAll(strings.TrimPrefix(known, "known: "), ",", "")) {
		_, err := claims.Compile(name+"()", scope())
		measures := err == nil || !strings.Contains(err.Error(), "argument") || strings.Contains(err.Error(), "displays")
		if measures != notebook.IsMeasuring(name) {
			t.Errorf("%s: measures here %t (%v), there %t", name, measures, err, notebook.IsMeasuring(name))
		}
	}
}

// TestManyRuns checks that the pairs of runs of two cells are bounded.
func TestManyRuns(t *testing.T) {
	p, err := claims.Compile("total == sum", scope())
	if err != nil {
		t.Fatal(err)
	}
	runs := make([]any, 101)
	for i := range runs {
		runs[i] = i
	}
	list := []claims.Value{{V: 0, Runs: runs, Of: "seq"}, {V: 0, Runs: runs, Of: "fanout"}}
	if _, err := p.Evaluate(list); !errors.Is(err, claims.ErrManyRuns) {
		t.Errorf("of 101 times 101 runs: %v", err)
	}
	list[1].Runs = runs[:99]
	if a, err := p.Evaluate(list); err != nil || a.Runs != 101*99 || a.Same != 99 || a.Decided {
		t.Errorf("of 101 times 99 runs: %+v, %v", a, err)
	}
}

// TestNotBool checks what a predicate says that is not true or false.
func TestNotBool(t *testing.T) {
	p, err := claims.Compile(`wall("seq")`, scope())
	if err != nil || p.IsBool() || !p.IsTime() {
		t.Fatalf("bool %t, time %t, %v", p.IsBool(), p.IsTime(), err)
	}
	if got := p.NotBool().Error(); got != "a claim must be true or false, and this is a number" {
		t.Error(got)
	}
}
