package harness

import (
	"fmt"
	"slices"
	"strings"

	"notebook"
)

// Races returns the verdict about what the race detector wrote while a cell
// ran. It is about the runs that wrote the log, and no proof that there is no
// race when it finds none.
func (s Setup) Races(cell *notebook.Cell, log []byte) notebook.Verdict {
	p := newPlace(s.Note, cell, newNames(s.Names))
	v := notebook.Verdict{Kind: notebook.RaceVerdict}
	roles := placeList{}
	var pairs []*racePair
	seen := map[[2]int]*racePair{}
	for _, r := range parseRaces(log) {
		for _, a := range r.accesses {
			p.addTo(roles, accessWord(a.write), a.frames, a.created)
		}
		pair := p.pair(r)
		if first := seen[pair.lines]; first != nil {
			first.merge(pair)
			continue
		}
		seen[pair.lines] = pair
		pairs = append(pairs, pair)
	}
	if len(pairs) == 0 {
		return v
	}
	v.Found, v.Proved, v.Positions = true, true, roles.places()
	v.Text = raceText(pairs)
	return v
}

func accessWord(write bool) string {
	if write {
		return "write"
	}
	return "read"
}

// A racePair is a race as a reader sees it: two lines, and what is done there.
// One statement can be several races of the detector, as n++ is.
type racePair struct {
	lines [2]int // the smaller one first; 0: outside of the note
	words [2][]string
}

// pair returns the lines of a race. Where an access lies in other code, the
// line that called it counts, or else the one that started its goroutine.
func (p place) pair(r raceReport) *racePair {
	pair := &racePair{}
	var words [2]string
	for i, a := range r.accesses {
		if pair.lines[i] = p.lineOf(a.frames); pair.lines[i] == 0 {
			pair.lines[i] = p.startLine(a.frames, a.created)
		}
		words[i] = accessWord(a.write)
	}
	if pair.lines[0] > pair.lines[1] {
		pair.lines[0], pair.lines[1] = pair.lines[1], pair.lines[0]
		words[0], words[1] = words[1], words[0]
	}
	for side, word := range words {
		pair.add(side, word)
	}
	return pair
}

// add says what is done at a line of the pair. Of a pair that is one line only
// the first side speaks.
func (r *racePair) add(side int, words ...string) {
	if r.lines[0] == r.lines[1] {
		side = 0
	}
	for _, word := range words {
		if !slices.Contains(r.words[side], word) {
			r.words[side] = append(r.words[side], word)
		}
	}
	slices.Sort(r.words[side])
}

// merge adds what is done in another race of the same lines.
func (r *racePair) merge(other *racePair) {
	for side, words := range other.words {
		r.add(side, words...)
	}
}

// String says where goroutines do what: "write at line 3 and read at line 9".
func (r *racePair) String() string {
	switch {
	case r.lines[0] == r.lines[1]:
		return atLine(r.words[0], r.lines[0])
	case r.lines[0] > 0 && slices.Equal(r.words[0], r.words[1]):
		return fmt.Sprintf("%s at lines %d and %d", strings.Join(r.words[0], " and "), r.lines[0], r.lines[1])
	}
	return atLine(r.words[0], r.lines[0]) + " and " + atLine(r.words[1], r.lines[1])
}

func atLine(words []string, line int) string {
	what := strings.Join(words, " and ")
	if line == 0 {
		return what + " outside of the note"
	}
	return fmt.Sprintf("%s at line %d", what, line)
}

// maxPairs is how many races a text describes.
const maxPairs = 3

func raceText(pairs []*racePair) string {
	var described []string
	for _, pair := range pairs[:min(len(pairs), maxPairs)] {
		described = append(described, pair.String())
	}
	text := "data race: goroutines " + strings.Join(described, "; ")
	if len(pairs) > 1 {
		text = fmt.Sprintf("%d data races: goroutines %s", len(pairs), strings.Join(described, "; "))
	}
	if rest := len(pairs) - maxPairs; rest > 0 {
		text += fmt.Sprintf("; and %d more", rest)
	}
	return text + ", and nothing orders that"
}
