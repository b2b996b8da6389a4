package dialect_test

import (
	"flag"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"notebook/runner/yaegi/internal/reference"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The corpus is archives of programs. heldout.txtar was written before the
// rules, and nobody looks into it to make them better.
const (
	corpusFolder = "../../testdata/corpus"
	heldOut      = "heldout"
)

// A class is what becomes of a program of the corpus.
type class int

const (
	same       class = iota // runs as in Go, without a warning
	overcaught              // refused, though it would run as in Go
	caught                  // refused, and it does not run as in Go
	loud                    // ends otherwise than in Go, without a warning
	silent                  // ends well with other output than in Go, without a warning
	classes
)

var classTexts = [classes]string{
	same:       "run as in Go",
	overcaught: "refused, would run as in Go",
	caught:     "refused, would not run as in Go",
	loud:       "fail in another way than in Go",
	silent:     "end well with other output than in Go",
}

// classify runs a program under yaegi, whether it would be refused or not.
func classify(t *testing.T, source string, want reference.Run) class {
	t.Helper()
	translation := translate(source)
	got := execute(t, translation.Source)
	// What cannot be compiled is refused before anything runs.
	switch refused := len(translation.Differences) > 0 || got.Code == notInterpreted; {
	case got == want && refused:
		return overcaught
	case got == want:
		return same
	case refused:
		return caught
	case got.Code == 0:
		return silent
	}
	return loud
}

// corpus returns the programs of the corpus, by archive and name. By default
// it is a sample, each eighth of the whole.
func corpus(t *testing.T) map[string]string {
	t.Helper()
	archives, err := filepath.Glob(filepath.Join(corpusFolder, "*.txtar"))
	if err != nil || len(archives) == 0 {
		t.Fatal("no corpus", err)
	}
	all := map[string]string{}
	for _, archive := range archives {
		for name, source := range programs(t, archive) {
			all[strings.TrimSuffix(filepath.Base(archive), ".txtar")+"/"+strings.TrimSuffix(name, ".go")] = source
		}
	}
	if wholeCorpus || *update {
		return all
	}
	sample := map[string]string{}
	for i, name := range slices.Sorted(maps.Keys(all)) {
		if i%8 == 0 {
			sample[name] = all[name]
		}
	}
	return sample
}

// TestCorpus runs the programs of the corpus under Go and under yaegi. None may
// end well with other output, and of those that are not held out none may end
// in another way, unless it is refused. The figures of the whole corpus do not
// get worse.
func TestCorpus(t *testing.T) {
	list := corpus(t)
	want := reference.Programs(t, list)
	var counts figures
	t.Run("programs", func(t *testing.T) {
		for _, name := range slices.Sorted(maps.Keys(list)) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				held := strings.HasPrefix(name, heldOut+"/")
				c := classify(t, list[name], want[name])
				counts.add(held, c)
				switch {
				case c == silent || c == loud && !held:
					t.Errorf("%s: would %s", name, classTexts[c])
				case c == loud || c == overcaught:
					t.Logf("%s: %s", name, classTexts[c])
				}
			})
		}
	})
	t.Log("\n" + counts.String())
	counts.check(t)
}
