package runner

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"notebook"
)

// claimNote is the note of the tests. Its cells take the times that the tests
// say; each claim is one line below them.
const claimNote = "```go {#a compare=x model=sequential}\n1\n```\n```go {#b repeat=3 compare=x model=goroutines}\n2\n```\n```go {#p}\npackage main\nfunc main() {}\n```\n```go {#c needs=\"cores >= 99999\"}\n3\n```\n"

// ran returns a run of a cell that ended well.
func ran(wall, cpu time.Duration) *notebook.CellRun {
	return &notebook.CellRun{Engine: "compiled", Started: true, Finished: &notebook.Finished{
		Outcome: notebook.OK, Expected: true,
		Measurement: notebook.Measurement{Wall: wall, CPU: cpu},
	}}
}

// ends returns runs that ended so.
func ends(outcomes ...notebook.Outcome) []*notebook.CellRun {
	runs := several(make([]time.Duration, len(outcomes))...)
	for i, o := range outcomes {
		runs[i].Finished.Outcome = o
	}
	return runs
}

func several(walls ...time.Duration) []*notebook.CellRun {
	var runs []*notebook.CellRun
	for i, wall := range walls {
		r := ran(wall, wall)
		r.Run = i
		runs = append(runs, r)
	}
	return runs
}

// TestAssess evaluates claims about times and ends: the bounds of noise are
// part of what a claim says.
func TestAssess(t *testing.T) {
	const ms = time.Millisecond
	ended := func(change func(*notebook.CellRun)) []*notebook.CellRun {
		r := ran(10*ms, 20*ms)
		change(r)
		return []*notebook.CellRun{r}
	}
	for _, test := range []struct {
		name  string
		a, b  []*notebook.CellRun
		claim string
		want  string
	}{
		{"once, far", several(100 * ms), nil, `wall("a") < 120ms`, "holds: 100 ms < 120 ms"},
		{"once, near", several(100 * ms), nil, `wall("a") < 105ms`, "not decided: 100 ms < 105 ms (too close to tell from so few runs: times are taken to be right within 10 %)"},
		{"once, wrong", several(100 * ms), nil, `wall("a") < 80ms`, "fails: 100 ms < 80 ms"},
		{"short", several(time.Microsecond), nil, `wall("a") < 50µs`, "not decided: 1 µs < 50 µs (too close to tell from so few runs: times are taken to be right within 10 %)"},
		{"ratio", several(100 * ms), several(50 * ms), `wall("a") / wall("b") > 1.7`, "not decided: 100 ms / 50 ms = 2 > 1.7 (too close to tell from so few runs: times are taken to be right within 10 %)"},
		{"ratio, far", several(100 * ms), several(50 * ms), `wall("a") / wall("b") > 1.6`, "holds: 100 ms / 50 ms = 2 > 1.6"},
		{"range of a few", several(100*ms, 120*ms, 110*ms), nil, `wall("a") < 125ms`, "not decided: 110 ms < 125 ms (too close to tell from so few runs: times are taken to be right within 10 %)"},
		{"interval of six", several(100*ms, 101*ms, 99*ms, 100*ms, 102*ms, 98*ms), nil, `wall("a") < 103ms`, "holds: 100 ms < 103 ms"},
		{"interval of six, near", several(100*ms, 101*ms, 99*ms, 100*ms, 102*ms, 98*ms), nil, `wall("a") < 101ms`, "not decided: 100 ms < 101 ms (too close to tell: the runs differ by more than that)"},
		{"parallelism", ended(func(*notebook.CellRun) {}), nil, `parallelism("a") > 1.85`, "holds: 2 > 1.85"},
		{"parallelism, near", ended(func(*notebook.CellRun) {}), nil, `parallelism("a") > 1.9`, "not decided: 2 > 1.9 (too close to tell from so few runs: times are taken to be right within 10 %)"},
		{"parallelism of a short cell", several(999 * time.Microsecond), nil, `parallelism("a") < 5`, "not applicable (cell a took less than 1 ms, which is too short for a ratio of CPU time and wall time)"},
		{"parallelism of short runs", several(ms/2, ms/2, ms/2, ms/2, ms/2, 20*ms), nil, `parallelism("a") < 5`, "not applicable (cell a took less than 1 ms, which is too short for a ratio of CPU time and wall time)"},
		{"parallelism of a loop", []*notebook.CellRun{ran(5*ms, 5800*time.Microsecond)}, nil, `parallelism("a") < 1.1`, "not decided: 1.16 < 1.1 (too close to tell from so few runs: times are taken to be right within 10 %)"},
		{"parallelism of a long loop", []*notebook.CellRun{ran(50*ms, 60*ms)}, nil, `parallelism("a") < 1.1`, "fails: 1.2 < 1.1"},
		{"parallelism on a busy machine", ended(func(r *notebook.CellRun) { r.Finished.CPU, r.Finished.RunDelay = 10*ms, 8*ms }), nil, `parallelism("a") > 1.5`, "not decided: 1 > 1.5 (the machine was busy: cell a waited for a core 80 % of its time)"},
		{"parallelism on a busy machine, far", ended(func(r *notebook.CellRun) { r.Finished.CPU, r.Finished.RunDelay = 10*ms, 80*ms }), nil, `parallelism("a") > 2.5`, "fails: 1 > 2.5"},
		{"parallelism on a quiet machine", ended(func(r *notebook.CellRun) { r.Finished.CPU, r.Finished.RunDelay = 10*ms, ms/2 }), nil, `parallelism("a") > 1.5`, "fails: 1 > 1.5"},
		{"shared", ended(func(r *notebook.CellRun) { r.Finished.Shared = "b" }), nil, `cpu("a") < 1s`, "not applicable (the CPU time of cell a holds that of goroutines of cell b)"},
		{"shared wall", ended(func(r *notebook.CellRun) { r.Finished.Shared = "b" }), nil, `wall("a") < 1s`, "holds: 10 ms < 1 s"},
		{"goroutines", ended(func(r *notebook.CellRun) { r.Finished.Started = 7 }), nil, `goroutines("a") == 7`, "holds: 7 == 7"},
		{"panic", ended(func(r *notebook.CellRun) { r.Finished.Outcome = notebook.Panic }), nil, `wall("a") < 1s`, "not applicable (cell a ended with panic)"},
		{"outcome", ended(func(r *notebook.CellRun) { r.Finished.Outcome = notebook.Panic }), nil, `outcome("a") == "panic"`, `holds: "panic" == "panic"`},
		{"not run", nil, nil, `wall("a") < 1s`, "not applicable (cell a was not run)"},
		{"skipped", []*notebook.CellRun{{NotRun: &notebook.NotRun{Reason: "needs cell b"}}}, nil, `outcome("a") == "ok"`, "not applicable (cell a was not run: needs cell b)"},
		{"needs", several(ms), nil, `wall("c") < 1s`, "not applicable (cell c needs 99999 cores, and this machine has"},
		{"no verdict", several(ms), nil, `verdict("a") == "none"`, "not applicable (nothing looked for races in cell a: its options do not ask for it)"},
		{"no race", ended(func(r *notebook.CellRun) { r.Verdicts = []notebook.Verdict{{Kind: notebook.RaceVerdict}} }), nil, `verdict("a") == "none" and not verdict("a", "race")`, `holds: "none" == "none" and not false`},
		{"race", ended(func(r *notebook.CellRun) {
			r.Verdicts = []notebook.Verdict{{Kind: notebook.LeakVerdict, Found: true}, {Kind: notebook.RaceVerdict, Found: true}}
		}), nil, `verdict("a") == "race and leak" and verdict("a", "leak")`, `holds: "race and leak" == "race and leak" and true`},
		{"unchecked", ended(func(r *notebook.CellRun) {
			r.Verdicts = []notebook.Verdict{{Kind: notebook.RaceVerdict, Unchecked: true, Text: "race not checked: interpreted"}}
		}), nil, `verdict("a") == "none"`, "not applicable (race not checked: interpreted)"},
		{"unchecked kind", ended(func(r *notebook.CellRun) {
			r.Verdicts = []notebook.Verdict{{Kind: notebook.LeakVerdict, Unchecked: true, Text: "leak not checked: interpreted"}}
		}), nil, `not verdict("a", "leak")`, "not applicable (leak not checked: interpreted)"},
		{"kind of verdict", ended(func(r *notebook.CellRun) { r.Verdicts = []notebook.Verdict{{Kind: notebook.LeakVerdict, Found: true}} }), nil, `verdict("a", "deadlock")`, "not applicable (nothing looked for a deadlock in cell a)"},
		{"output", ended(func(r *notebook.CellRun) {
			r.Outputs = []notebook.Written{{Stream: notebook.Stdout, Data: []byte(" x\n")}, {Stream: notebook.Stderr, Data: []byte("e")}, {Stream: notebook.Stdout, Data: []byte("late"), Late: true}}
		}), nil, `output("a") == "x"`, `holds: "x" == "x"`},
		{"part of an output", ended(func(r *notebook.CellRun) { r.LeftOut.Bytes = 1 }), nil, `output("a") == "x"`, "not applicable (only a part of the output of cell a was kept)"},
		{"several outputs", ended(func(r *notebook.CellRun) {
			r.Repeated = []notebook.Repeated{{Runs: 9, Distinct: 3, Ends: make([]notebook.EndCount, 2)}}
		}), nil, `output("a") == ""`, `not decided: "" == "" (the 9 runs of cell a had 3 different outputs)`},
		{"several ends", nil, ends("ok", "panic", "ok"), `outcome("b") == "ok"`, `not decided: "ok" == "ok" (true in 2 of 3 runs)`},
		{"several ends, all", nil, ends("ok", "panic", "ok"), `outcome("b") != "deadlock"`, `holds: "ok" != "deadlock" (true in 3 of 3 runs)`},
		{"several ends, none", nil, ends("ok", "panic", "ok"), `outcome("b") == "deadlock"`, `fails: "ok" == "deadlock" (true in 0 of 3 runs)`},
		{"several ends, some", nil, ends("ok", "panic", "ok"), `some(outcome("b") == "panic") and outcome("b") in ["ok", "panic"]`, `holds: (outcome("b") == "panic" in 1 of 3 runs) and "ok" in ["ok", "panic"] (true in 3 of 3 runs)`},
		{"the same ends", nil, ends("ok", "ok", "ok"), `outcome("b") == "ok"`, `holds: "ok" == "ok" (true in 3 of 3 runs)`},
		{"the same ends, some", nil, ends("ok", "ok", "ok"), `some(outcome("b") == "panic")`, `fails: (outcome("b") == "panic" in 0 of 3 runs)`},
		{"not compared", several(ms), nil, `speedup("a") > 1`, "not applicable (cell a was not compared with another one)"},
		{"never compared", nil, nil, `speedup("p") > 1`, "error: cell p is not compared with another one"},
		{"speedup", several(ms), compared(notebook.Quotient{Value: 2, Low: 1.8, High: 2.2}), `speedup("a") > 1.7`, "holds: 2 > 1.7"},
		{"speedup, near", several(ms), compared(notebook.Quotient{Value: 2, Low: 1.8, High: 2.2}), `speedup("a") > 1.9`, "not decided: 2 > 1.9 (too close to tell: the runs differ by more than that)"},
		{"speedup of a few", several(ms), compared(notebook.Quotient{Value: 2}), `speedup("a") > 1.5`, "holds: 2 > 1.5"},
		{"speedup of the first", several(ms), compared(notebook.Quotient{Value: 2}), `speedup("b") == 1`, "holds: 1 == 1"},
		{"speedup, noisy", several(ms), compared(notebook.Quotient{Value: 9, Low: 8, High: 10}, notebook.NoisyControl), `speedup("a") > 2`, "not decided: 9 > 2 (the machine was busy with other work when cell a was compared)"},
		{"machine", nil, nil, `cores() == 2 and gomaxprocs() == 4 and gomaxprocs("a") == 4`, "holds: 2 == 2 and 4 == 4 and 4 == 4"},
		{"nothing", several(0), nil, `1 / wall("a") > 1`, "not decided: 1 / 0 s = +Inf > 1 (a number is infinite or undefined, as after a division by 0)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := assess(t, test.claim, map[string][]*notebook.CellRun{"a": test.a, "b": test.b, "c": several(ms)}); !strings.HasPrefix(got, test.want) {
				t.Errorf("%s\n got %s\nwant %s", test.claim, got, test.want)
			}
		})
	}
}

func compared(q notebook.Quotient, noise ...notebook.Noise) []*notebook.CellRun {
	r := ran(time.Millisecond, 0)
	r.Compared = &notebook.Compared{Models: []notebook.ComparedModel{{Cell: "b", Relation: notebook.RelationBase, Speedup: notebook.Quotient{Value: 1}}, {Cell: "a", Speedup: q}}, Noise: noise}
	return []*notebook.CellRun{r}
}

// assess evaluates one claim below the cells of claimNote.
func assess(t *testing.T, claim string, cells map[string][]*notebook.CellRun) string {
	t.Helper()
	note, diagnostics := notebook.Parse("note.md", []byte(claimNote+"\n> [!claim] It is so. ``"+claim+"``\n"))
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	run := &noteRun{note: note}
	run.assertions = run.compileAssertions()
	a := run.assertions.list[0]
	if a.err != nil {
		return "error: " + a.err.Message
	}
	result := &notebook.Result{Start: notebook.Start{Cores: 2, GOMAXPROCS: 4}, Cells: cells}
	v := (&facts{run: run, result: result, more: map[string]*series{}}).assess(a)
	text := string(v.result)
	if v.measured != "" {
		text += ": " + v.measured
	}
	if v.reason != "" {
		text += fmt.Sprintf(" (%s)", v.reason)
	}
	return text
}

// TestTogether checks what several runs say about a value.
func TestTogether(t *testing.T) {
	for _, test := range []struct {
		values []any
		want   string
	}{
		{[]any{3}, "{3 0 0 [] }"},
		{[]any{3, nil, 3}, "{3 0 0 [3 <nil> 3] c}"},
		{[]any{nil, 1, 2, 4}, "{1 0 0 [<nil> 1 2 4] c}"},
		{[]any{"a", "b"}, "{a 0 0 [a b] c}"},
		{[]any{[]int{1}, []int{1}}, "{[1] 0 0 [[1] [1]] c}"},
		{[]any{nil}, "{<nil> 0 0 [] }"},
	} {
		if got := fmt.Sprint(together(test.values, "c")); got != test.want {
			t.Errorf("%v: got %s, want %s", test.values, got, test.want)
		}
	}
}

// TestTooLarge checks that a number which no int holds is no int.
func TestTooLarge(t *testing.T) {
	for number, want := range map[string]string{"7": "7 <nil>", "18446744073709551615": "<nil> it holds a number that is infinite, undefined or larger than any int"} {
		r := &notebook.CellRun{Recorded: []notebook.Recorded{{Name: "n", Value: []byte(number)}}}
		v, err := recordedValue(r, "n", notebook.IntKind)
		if got := fmt.Sprint(v, err); got != want {
			t.Errorf("%s: got %s, want %s", number, got, want)
		}
	}
}

// TestTimes checks that a claim is about the same runs as the summary of a cell.
func TestTimes(t *testing.T) {
	note, _ := notebook.Parse("note.md", []byte("```go {#a repeat=4}\n```\n"))
	runs := several(8*time.Millisecond, 9*time.Millisecond, 10*time.Millisecond, 11*time.Millisecond)
	runs[0].Traced = &notebook.Traced{Cost: 0.01}
	runs[1].Traced = &notebook.Traced{Cost: 0.5}
	runs[2].Finished.Shared = "b"
	runs[3].Finished.Expected = false
	f := &facts{run: &noteRun{note: note}, result: &notebook.Result{Cells: map[string][]*notebook.CellRun{"a": runs}}}
	timed := f.timedRuns("a", runs[0])
	if got := fmt.Sprint(seconds(timed.wall()), seconds(timed.cpu())); got != "[0.008 0.01] [0.008]" {
		t.Error(got)
	}
}

// TestQuiet checks that what else runs on a machine touches times only.
func TestQuiet(t *testing.T) {
	note, _ := notebook.Parse("note.md", []byte("```go {#a needs=quiet}\n1\n```\n> [!claim] Exact. `outcome(\"a\") == \"ok\"`\n\n> [!claim] Time. `wall(\"a\") < 1s`\n"))
	run := &noteRun{note: note}
	run.assertions = run.compileAssertions()
	run.assertions.noise.loud = map[string]string{"a": "other work took half of it"}
	f := &facts{run: run, result: &notebook.Result{Cells: map[string][]*notebook.CellRun{"a": several(1)}}}
	for i, want := range []notebook.ClaimResult{notebook.ClaimHolds, notebook.ClaimNotApplicable} {
		if got := f.assess(run.assertions.list[i]); got.result != want {
			t.Errorf("got %s, want %s", got.result, want)
		}
	}
}

// TestParseShown checks what the displayed text of a value is read as.
func TestParseShown(t *testing.T) {
	for _, test := range []struct {
		text string
		kind notebook.ValueKind
		want any
	}{
		{"42", notebook.IntKind, 42},
		{"-1.5", notebook.FloatKind, -1.5},
		{"1.5s", notebook.FloatKind, 1.5},
		{"true", notebook.BoolKind, true},
		{`"a\n"`, notebook.TextKind, "a\n"},
		{"[1 2]", notebook.TextKind, "[1 2]"},
	} {
		if got := parseShown(test.text, test.kind); got != test.want {
			t.Errorf("%s: got %v, want %v", test.text, got, test.want)
		}
	}
	if parseShown("0x07", notebook.BoolKind) != nil {
		t.Error("no bool")
	}
}

// TestNoise checks when a machine counts as quiet.
func TestNoise(t *testing.T) {
	before, ok := machineLoad()
	if !ok {
		t.Skip("this system does not tell what its cores do")
	}
	if after, ok := machineLoad(); !ok || after.all < before.all || after.busy < before.busy || before.busy > before.all {
		t.Errorf("%+v, then %+v", before, after)
	}
	note, _ := notebook.Parse("note.md", []byte("```go {#a needs=quiet}\n```\n```go {#b}\n```\n"))
	n := &noise{}
	for _, label := range []string{"a", "b"} {
		n.event(note, notebook.Event{Cell: label, Body: notebook.Started{}})
	}
	if len(n.began) != 1 {
		t.Errorf("watched %v", n.began)
	}
	now := n.began["a"]
	n.began["a"] = load{busy: now.busy - 50, all: now.all - 100, units: 100, at: now.at}
	n.event(note, notebook.Event{Cell: "a", Body: notebook.Finished{}})
	if why := n.loud["a"]; !strings.HasPrefix(why, "other work took ") {
		t.Errorf("half of the machine is not loud: %q", why)
	}
	n = &noise{began: map[string]load{"a": {busy: now.busy - 50, all: now.all - 100, units: 100, at: now.at}}, loud: map[string]string{}}
	n.event(note, notebook.Event{Cell: "a", Body: notebook.Finished{Measurement: notebook.Measurement{CPU: time.Hour}}})
	if why := n.loud["a"]; why != "" {
		t.Errorf("the cell's own work is loud: %q", why)
	}
}
