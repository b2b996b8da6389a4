package lower_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Renamed tells what the author calls the names that a program may show.
func TestRenamed(t *testing.T) {
	source := lowerNote(t, []byte("```go\ntype T int\nfunc f() {}\nfunc init() {}\n```\n\n```go\ntype T string\nfunc f() {}\nlocal := 1\n```\n"))
	want := map[string]string{"Tǃ1": "T", "fǃ1": "f", "initǃ1_1": "init", "cellǃ1": "cell", "cellǃ2": "cell"}
	if diff := cmp.Diff(want, source.Renamed()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
