package dialect_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"notebook/runner/yaegi/internal/dialect"
	"notebook/runner/yaegi/internal/reference"
)

const (
	featuresFile = "testdata/features.txtar"
	featuresPage = "../../../../docs/interpreter.md"
	// tableMark is where the table of the page begins; it goes on to the end.
	tableMark = "<!-- generated -->\n"
)

// A feature is a row of the table in docs/interpreter.md.
type feature struct{ group, name, source string }

func features(t *testing.T) []feature {
	t.Helper()
	archive, err := txtar.ParseFile(featuresFile)
	if err != nil {
		t.Fatal(err)
	}
	var list []feature
	for _, f := range archive.Files {
		title, _, _ := strings.Cut(strings.TrimPrefix(string(f.Data), "// "), "\n")
		group, name, ok := strings.Cut(title, ": ")
		if !ok {
			t.Fatalf("%s does not begin with the part of the table and the feature", f.Name)
		}
		list = append(list, feature{group, name, string(f.Data)})
	}
	return list
}

// TestFeatures writes the table of features from what their programs do under
// Go and under yaegi, and compares it with the page. By default only what is
// refused is found out, and the rest is taken from the page.
func TestFeatures(t *testing.T) {
	page, err := os.ReadFile(featuresPage)
	if err != nil {
		t.Fatal(err)
	}
	intro, table, ok := strings.Cut(string(page), tableMark)
	if !ok {
		t.Fatalf("%s has no %s", featuresPage, tableMark)
	}
	got := featureTable(t, features(t), table)
	if *update {
		if err := os.WriteFile(featuresPage, []byte(intro+tableMark+got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != table {
		t.Errorf("%s is not current; go test -update ./runner/yaegi/internal/dialect writes it. Now:\n%s", featuresPage, got)
	}
}

func featureTable(t *testing.T, list []feature, before string) string {
	t.Helper()
	verdicts := runFeatures(t, list)
	var b strings.Builder
	group := ""
	for _, f := range list {
		if f.group != group {
			group = f.group
			fmt.Fprintf(&b, "\n## %s\n\n| | under the interpreter |\n|---|---|\n", group)
		}
		verdict := refusal(translate(f.source))
		if verdict == "" {
			verdict = verdicts[f.name]
		}
		if verdict == "" { // not run now
			_, row, _ := strings.Cut(before, "| "+f.name+" | ")
			verdict, _, _ = strings.Cut(row, " |\n")
		}
		fmt.Fprintf(&b, "| %s | %s |\n", f.name, verdict)
	}
	return b.String()
}

// refusal returns why a program is refused, or "".
func refusal(t dialect.Translation) string {
	var reasons []string
	missing := false
	for _, d := range t.Differences {
		reasons = append(reasons, d.Construct)
		missing = missing || d.Missing
	}
	switch {
	case len(reasons) == 0:
		return ""
	case missing:
		return "refused, not there: " + strings.Join(reasons, "; ")
	}
	return "refused, may differ: " + strings.Join(reasons, "; ")
}

// runFeatures returns how the programs that are not refused run, by feature.
func runFeatures(t *testing.T, list []feature) map[string]string {
	t.Helper()
	verdicts := map[string]string{}
	if !wholeCorpus && !*update {
		return verdicts
	}
	sources := map[string]string{}
	for _, f := range list {
		sources[f.name] = f.source
	}
	want := reference.Programs(t, sources)
	for _, f := range list {
		translation := translate(f.source)
		switch {
		case len(translation.Differences) > 0:
		case execute(t, translation.Source) != want[f.name]:
			t.Errorf("%s: neither as in Go nor refused", f.name)
		case execute(t, []byte(f.source)) == want[f.name]:
			verdicts[f.name] = "as in Go"
		default:
			verdicts[f.name] = "as in Go, after a translation"
		}
	}
	return verdicts
}
