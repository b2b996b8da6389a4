package notebook_test

import (
	"strings"
	"testing"

	"notebook"
)

func TestCompare(t *testing.T) {
	for _, test := range []struct {
		name   string
		check  notebook.Check
		stdout string
		match  notebook.Match
		ok     bool
		diff   string
	}{
		{name: "equal", check: notebook.Check{Want: "a\nb"}, stdout: "a\nb\n", ok: true},
		{name: "space around is trimmed", check: notebook.Check{Want: "a"}, stdout: "\n  a \n\n", ok: true},
		{name: "space inside counts", check: notebook.Check{Want: "a\nb"}, stdout: "a \nb", diff: "-a\n+a \n b\n"},
		{name: "nothing wanted", check: notebook.Check{}, stdout: "\n", ok: true},
		{name: "something instead of nothing", check: notebook.Check{}, stdout: "a\n", diff: "-\n+a\n"},
		{name: "a line more", check: notebook.Check{Want: "a\nc"}, stdout: "a\nb\nc\n", diff: " a\n+b\n c\n"},
		{name: "a line less", check: notebook.Check{Want: "a\nb\nc"}, stdout: "a\nc\n", diff: " a\n-b\n c\n"},
		{name: "moved", check: notebook.Check{Want: "a\nb\nc\nd"}, stdout: "a\nc\nb\nd\n", diff: " a\n-b\n c\n+b\n d\n"},
		{name: "order counts", check: notebook.Check{Want: "a\nb"}, stdout: "b\na\n", diff: "-a\n b\n+a\n"},
		{name: "unordered comment", check: notebook.Check{Want: "a\nb", Unordered: true}, stdout: "b\na\n", ok: true},
		{name: "unordered option", check: notebook.Check{Want: "a\nb"}, stdout: "b\na\n", match: notebook.MatchUnordered, ok: true},
		{name: "unordered and different", check: notebook.Check{Want: "b\na", Unordered: true}, stdout: "c\na\n", diff: " a\n-b\n+c\n"},
		{name: "regexp", check: notebook.Check{Want: `took \d+ms`}, stdout: "took 12ms\n", match: notebook.MatchRegexp, ok: true},
		{name: "regexp for all of it", check: notebook.Check{Want: `\d+`}, stdout: "12\n13\n", match: notebook.MatchRegexp, diff: "-\\d+\n+12\n+13\n"},
		{name: "alternatives", check: notebook.Check{Want: `a|b`}, stdout: "ab\n", match: notebook.MatchRegexp, diff: "-a|b\n+ab\n"},
		{name: "lines of a regexp", check: notebook.Check{Want: "a.\nb+"}, stdout: "ax\nbbb\n", match: notebook.MatchRegexp, ok: true},
		{
			name: "much more", check: notebook.Check{Want: "a"}, stdout: "b" + strings.Repeat("x", 1<<20),
			diff: "-a\n+b" + strings.Repeat("x", 64<<10) + "\n+… and 983040 more bytes\n",
		},
		{name: "bad regexp", check: notebook.Check{Want: "("}, stdout: "(", match: notebook.MatchRegexp, diff: " (\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ok, diff := test.check.Compare(test.stdout, test.match)
			if ok != test.ok || diff != test.diff {
				t.Errorf("got %t %q, want %t %q", ok, diff, test.ok, test.diff)
			}
		})
	}
}

// TestCompareLarge checks that a diff of very many lines, which is not worth
// its table, still has all of them.
func TestCompareLarge(t *testing.T) {
	check := notebook.Check{Want: strings.TrimSpace(strings.Repeat("same\nwanted\n", 3_000))}
	_, diff := check.Compare(strings.Repeat("same\nwritten\n", 3_000), notebook.MatchExact)
	if got := strings.Count(diff, "-wanted\n"); got != 3_000 {
		t.Errorf("%d wanted lines", got)
	}
	if got := strings.Count(diff, "+written\n"); got != 3_000 {
		t.Errorf("%d written lines", got)
	}
}

// FuzzCompare checks that a diff holds both texts, whole.
func FuzzCompare(f *testing.F) {
	f.Add("a\nb\nc", "a\nc\nd")
	f.Add("", "\n")
	f.Fuzz(func(t *testing.T, want, stdout string) {
		check := notebook.Check{Want: strings.TrimSpace(want)}
		ok, diff := check.Compare(stdout, notebook.MatchExact)
		if ok != (check.Want == strings.TrimSpace(stdout)) {
			t.Fatalf("ok is %t", ok)
		}
		if ok {
			return
		}
		var a, b strings.Builder
		for line := range strings.Lines(diff) {
			if line[0] != '+' {
				a.WriteString(line[1:])
			}
			if line[0] != '-' {
				b.WriteString(line[1:])
			}
		}
		if a.String() != check.Want+"\n" || b.String() != strings.TrimSpace(stdout)+"\n" {
			t.Errorf("diff %q of %q and %q", diff, check.Want, stdout)
		}
	})
}
