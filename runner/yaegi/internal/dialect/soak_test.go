//go:build soak

package dialect_test

import (
	"testing"

	"notebook/runner/yaegi/internal/reference"
)

// wholeCorpus makes TestCorpus run all programs.
const wholeCorpus = true

// Each program that is refused really runs differently: a rule that a later
// yaegi does not need any more is found here.
func TestRefusedProgramsDiffer(t *testing.T) {
	list := programs(t, "testdata/differs.txtar")
	want := reference.Programs(t, list)
	for name, source := range list {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := execute(t, translate(source).Source)
			if got == want[name] {
				t.Errorf("yaegi does what Go does: %s", got)
			}
		})
	}
}
