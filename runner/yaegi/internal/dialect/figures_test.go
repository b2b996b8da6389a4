package dialect_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// figures count the programs of the two parts of the corpus by their classes.
type figures struct {
	mu            sync.Mutex
	tuned, unseen [classes]int
}

func (f *figures) add(held bool, c class) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if held {
		f.unseen[c]++
	} else {
		f.tuned[c]++
	}
}

// String returns the text of the file of figures: a line for each class.
func (f *figures) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-40s %5s %8s\n", "programs of the corpus", "tuned", "held out")
	for c, text := range classTexts {
		fmt.Fprintf(&b, "%-40s %5d %8d\n", text, f.tuned[c], f.unseen[c])
	}
	return b.String()
}

// parseFigures reads the text of the file of figures.
func parseFigures(text string) (*figures, error) {
	var f figures
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) != 1+len(classTexts) {
		return nil, fmt.Errorf("%d lines", len(lines))
	}
	for c, line := range lines[1:] {
		numbers := strings.Fields(strings.TrimPrefix(line, classTexts[c]))
		if len(numbers) != 2 {
			return nil, fmt.Errorf("not two numbers: %s", line)
		}
		var err, err2 error
		f.tuned[c], err = strconv.Atoi(numbers[0])
		f.unseen[c], err2 = strconv.Atoi(numbers[1])
		if err != nil || err2 != nil {
			return nil, fmt.Errorf("not two numbers: %s", line)
		}
	}
	return &f, nil
}

// The limits of the figures, in percent.
const (
	leastSame      = 60 // of all programs run as in Go, and are not refused
	mostOvercaught = 15 // of those that would run as in Go are refused
)

// check compares the figures of the whole corpus with the limits and with the
// file, which update rewrites.
func (f *figures) check(t *testing.T) {
	t.Helper()
	if !wholeCorpus && !*update {
		return
	}
	checkLimits(t, "tuned", f.tuned)
	checkLimits(t, "held out", f.unseen)
	name := filepath.Join(corpusFolder, "figures.txt")
	if *update {
		if err := os.WriteFile(name, []byte(f.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, err := parseFigures(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if isWorse(f.tuned, before.tuned) || isWorse(f.unseen, before.unseen) {
		t.Errorf("the figures are worse than those of %s, which are:\n%s", name, text)
	}
}

func checkLimits(t *testing.T, part string, counts [classes]int) {
	t.Helper()
	all := 0
	for _, n := range counts {
		all += n
	}
	if 100*counts[same] < leastSame*all {
		t.Errorf("%s: less than %d %% run as in Go", part, leastSame)
	}
	if 100*counts[overcaught] > mostOvercaught*(counts[same]+counts[overcaught]) {
		t.Errorf("%s: more than %d %% of those that would run as in Go are refused", part, mostOvercaught)
	}
}

// isWorse reports whether fewer programs run as in Go than before, or more end
// in the way of a class that should be empty.
func isWorse(now, before [classes]int) bool {
	return now[same] < before[same] || now[overcaught] > before[overcaught] || now[loud] > before[loud] || now[silent] > before[silent]
}
