package claims_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"notebook/runner/claims"
)

// hostile are predicates made to take long, or much memory.
var hostile = []string{
	strings.Repeat("(", 900) + "1" + strings.Repeat(")", 90),
	strings.Repeat("!", 990) + "done",
	strings.Repeat("- ", 490) + "1 < 2",
	strings.Repeat("not ", 240) + "done",
	strings.Repeat("done ? ", 120) + "done" + strings.Repeat(" : done", 120),
	strings.Repeat("[", 500) + strings.Repeat("]", 500) + " == 1",
	"len(1..1000000000) > 1",
	"len(1..9223372036854775807) > 1",
	"all(1..99999, all(1..99999, all(1..99999, # > 0)))",
	"count(1..900000, count(1..900000, true) > 1) > 1",
	"sum(1..900000, sum(1..900000, sum(xs))) > 1",
	"2 ** 3 ** 4 ** 5 ** 6 > 1",
	`all(1..900000, output() matches "(a*)*(b*)*(c*)*$")`,
	`count(1..900000, len(split(output(), "")) > 0) > 0`,
	`output() matches "((((a{99}){99}){99}){99})"`,
	strings.Repeat(`len(filter(1..9999, # > 1)) > 0 and `, 25) + "true",
	strings.Repeat("wall() + ", 100) + "1 > 0",
}

// TestHostile checks that no predicate takes long: the time limit of one
// evaluation, and what building it may take.
func TestHostile(t *testing.T) {
	for _, source := range hostile {
		done := make(chan string, 1)
		go func() { done <- evaluate(t, source) }()
		select {
		case got := <-done:
			t.Logf("%.60s: %.100s", source, got)
		case <-time.After(30 * time.Second):
			t.Fatalf("%.60s takes more than 30 s", source)
		}
	}
}

// FuzzPredicates checks that a predicate is refused with a place in its text,
// or can be evaluated: true, false, or an error.
func FuzzPredicates(f *testing.F) {
	for _, source := range hostile {
		f.Add(source)
	}
	for _, source := range []string{
		`wall("seq") / wall("fanout") > 5`, `20ms < wall() < 22ms`, `"µs" == name and 5µs < 1h30m`, `outcome() in ["ok"]`,
		`xs[1:2] == [2]`, `all(xs, # > 0) and #index > 1`, "output() == `a`", `{"a": 1}`, `a?.b`, `xs | count(# > 1) > 0`, "1..5 == xs", "$env.total > 1", "b'x' == name",
		`some(runs == 4) and not every(runs * half > 1s)`, "some(some(done))", "all(xs, some(# > 1))", "every(1 < runs < 5) == true", "wall() < 10 sec", "5% < share",
	} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 1_000 || !utf8.ValidString(source) {
			return // Parse refuses it
		}
		p, err := claims.Compile(source, scope())
		if err != nil {
			e, ok := errors.AsType[*claims.Error](err)
			if !ok || e.Message == "" || strings.Contains(e.Message, "\n") || e.Offset < 0 || e.Offset > len(source) {
				t.Fatalf("%q: %#v", source, err)
			}
			return
		}
		var list []claims.Value
		for _, d := range p.Data() {
			list = append(list, values[d])
		}
		a, err := p.Evaluate(list)
		if err == nil && p.IsBool() && a.Value != true && a.Value != false {
			t.Fatalf("%q is %v", source, a.Value)
		}
	})
}
