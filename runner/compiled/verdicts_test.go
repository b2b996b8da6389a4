package compiled

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"notebook"
	"notebook/runner"
)

// A verdictKind is one of the corpora of testdata/verdicts.
type verdictKind struct {
	name     string
	options  string // of the cells
	programs []plainProgram
	studied  int // from a study

	// What was found: in the plain programs, and in the cells.
	plain, found map[string]string
}

func verdictKinds() []*verdictKind {
	return []*verdictKind{
		{name: "races", options: "expect=race"},
		{name: "deadlocks", options: "error isolate timeout=3s"},
		{name: "leaks", options: "expect=leak"},
		{name: "clean", options: "race=true leaks=forbid"},
	}
}

// read reads the programs of a kind: a sample where only a few are run.
func (k *verdictKind) read(t *testing.T) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "verdicts", k.name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range archive.Files {
		if i%verdictStep != verdictStep/2 {
			continue
		}
		body := string(f.Data)
		k.programs = append(k.programs, plainProgram{f.Name, body})
		if strings.Contains(body, "// from: ") {
			k.studied++
		}
	}
}

// note returns a note whose cells are the programs.
func (k *verdictKind) note() string {
	var b strings.Builder
	for _, p := range k.programs {
		fmt.Fprintf(&b, "```go {#%s %s}\n%s```\n\n", p.name, k.options, p.body)
	}
	return b.String()
}

// TestVerdicts runs programs whose fault is known, and some without one, as
// cells and as plain programs of Go. What the cells are found to do must be what
// Go itself finds.
func TestVerdicts(t *testing.T) {
	needRaceDetector(t)
	env := newWarmEnv(t, nil)
	kinds := verdictKinds()
	for _, k := range kinds {
		k.read(t)
		t.Run(k.name, func(t *testing.T) {
			k.runPlain(t)
			k.runCells(t, env)
			k.compare(t)
		})
	}
	if verdictStep == 1 && !t.Failed() {
		checkVerdictTable(t, kinds)
	}
}

// runPlain finds out what Go finds in the programs.
func (k *verdictKind) runPlain(t *testing.T) {
	k.plain = map[string]string{}
	if k.name == "deadlocks" || k.name == "clean" {
		k.plainEnds(t)
	}
	if k.name == "races" || k.name == "clean" {
		k.plainRaces(t)
	}
	if k.name == "leaks" || k.name == "clean" {
		k.plainLeaks(t)
	}
}

func (k *verdictKind) plainEnds(t *testing.T) {
	path := buildPlain(t, k.programs, []string{"CGO_ENABLED=0"})
	for _, p := range k.programs {
		said, ok := runPlain(t, path, nil, p.name)
		switch {
		case strings.Contains(said, "all goroutines are asleep - deadlock!"):
			k.plain[p.name] += " deadlock"
		case said == "hangs":
			k.plain[p.name] += " stuck"
		case !ok:
			t.Errorf("%s: %s", p.name, said)
		}
	}
}

func (k *verdictKind) plainRaces(t *testing.T) {
	path := buildPlain(t, k.programs, []string{"CGO_ENABLED=1"}, "-race")
	for _, p := range k.programs {
		for range 10 {
			said, _ := runPlain(t, path, []string{"GORACE=atexit_sleep_ms=0"}, p.name)
			if strings.Contains(said, "WARNING: DATA RACE") {
				k.plain[p.name] += " race"
				break
			}
		}
	}
}

func (k *verdictKind) plainLeaks(t *testing.T) {
	path := buildPlain(t, k.programs, []string{"CGO_ENABLED=0", "GOEXPERIMENT=goroutineleakprofile"})
	for _, p := range k.programs {
		said, ok := runPlain(t, path, nil, p.name, "leaks")
		var n int
		if _, err := fmt.Sscanf(said, "leaked %d", &n); err != nil || !ok {
			t.Fatalf("%s: %s", p.name, said)
		}
		if n > 0 {
			k.plain[p.name] += fmt.Sprintf(" leak of %d", n)
		}
	}
}

// runCells finds out what notebook finds in the programs.
func (k *verdictKind) runCells(t *testing.T, env *warmEnv) {
	k.found = map[string]string{}
	note := parseNote(t, k.note())
	run := runner.New([]runner.Engine{env.engine}, runner.Options{})
	err := run.Run(t.Context(), note, env.Env, func(e notebook.Event) error {
		switch body := e.Body.(type) {
		case notebook.Verdict:
			switch {
			case body.Unchecked:
				t.Errorf("%s: %s", e.Cell, body.Text)
			case body.Found && body.Kind == notebook.LeakVerdict:
				n := 0
				_, _ = fmt.Sscan(body.Text, &n)
				k.found[e.Cell] += fmt.Sprintf(" leak of %d", n)
			case body.Found:
				k.found[e.Cell] += " " + string(body.Kind)
			}
		case notebook.Finished:
			if o := body.Outcome; o == notebook.Stuck || o == notebook.Timeout {
				k.found[e.Cell] += " stuck"
			} else if o != notebook.OK && o != notebook.Deadlock {
				t.Errorf("%s ended with %s", e.Cell, o)
			}
		case notebook.NotRun:
			t.Errorf("%s was not run: %s", e.Cell, body.Reason)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// compare compares what Go and what notebook found. One race of all may be
// missed: in up to ten runs, its accesses may come too far from each other.
func (k *verdictKind) compare(t *testing.T) {
	missed := 0
	for _, p := range k.programs {
		if k.plain[p.name] == "" && k.name != "clean" {
			t.Errorf("%s: Go itself finds nothing", p.name)
		}
		if diff := cmp.Diff(k.plain[p.name], k.found[p.name]); diff != "" {
			if k.name == "races" && k.found[p.name] == "" && missed == 0 {
				missed++
				continue
			}
			t.Errorf("%s (-Go +notebook):\n%s", p.name, diff)
		}
	}
}

// The table of the results stands between these lines of the document.
const (
	verdictDocument = "../../docs/verdicts.md"
	tableBegin      = "<!-- begin: results -->\n"
	tableEnd        = "<!-- end: results -->\n"
)

// checkVerdictTable compares the table in the document with the results.
func checkVerdictTable(t *testing.T, kinds []*verdictKind) {
	data, err := os.ReadFile(verdictDocument)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), tableBegin)
	table, after, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatal("the document has no place for the table")
	}
	want := verdictTable(kinds)
	if *update {
		if err := os.WriteFile(verdictDocument, []byte(before+tableBegin+want+tableEnd+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(table, want); diff != "" {
		t.Errorf("the table in the document is old (run with -update):\n%s", diff)
	}
}

func verdictTable(kinds []*verdictKind) string {
	table := "\n| programs | how many | from studies | Go itself says | the cells say |\n|---|---|---|---|---|\n"
	for _, k := range kinds {
		table += fmt.Sprintf("| %s | %d | %d | %s | %s |\n", k.name, len(k.programs), k.studied, k.tally(k.plain, 0), k.tally(k.found, 1))
	}
	return table + "\n"
}

// tally counts what was found. Of races all but a few may be found.
func (k *verdictKind) tally(found map[string]string, few int) string {
	counts := map[string]int{}
	for _, what := range found {
		word, _, _ := strings.Cut(strings.TrimSpace(what), " ")
		counts[word]++
	}
	if k.name == "races" && few > 0 {
		return fmt.Sprintf("race: %d or more", min(counts["race"], len(k.programs)-few))
	}
	var texts []string
	for word, n := range counts {
		texts = append(texts, fmt.Sprintf("%s: %d", word, n))
	}
	slices.Sort(texts)
	if len(texts) == 0 {
		return "nothing"
	}
	return strings.Join(texts, ", ")
}
