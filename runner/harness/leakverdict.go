package harness

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"notebook"
)

// leaked marks the state of a goroutine that is blocked for ever: nothing that
// could wake it can be reached by the rest of the program.
const leaked = " (leaked)"

// cellLabel is the key of the label that names the cell of a goroutine.
const cellLabel = "cell"

// Leaks returns the verdict about the stacks that a program wrote which was
// built to look for leaks: about the goroutines of a cell, or of its program.
// Where no leak is proved but goroutines are blocked, the text says so: the
// profile may miss some.
func (s Setup) Leaks(cell *notebook.Cell, stacks []byte) notebook.Verdict {
	v := notebook.Verdict{Kind: notebook.LeakVerdict}
	goroutines := parseGoroutines(string(stacks))
	if len(goroutines) == 0 { // there is always the one that looked
		v.Unchecked, v.Text = true, "leak not checked: this version of Go does not tell which goroutines are blocked for ever"
		return v
	}
	p := newPlace(s.Note, cell, newNames(s.Names))
	own := slices.DeleteFunc(goroutines, func(g goroutine) bool { // in a program all are its own
		return !cell.Program && parseLabels(g.labels)[cellLabel] != cell.Label
	})
	goroutines = slices.DeleteFunc(slices.Clone(own), func(g goroutine) bool { return !strings.Contains(g.wait(), leaked) })
	if len(goroutines) == 0 {
		v.Text = p.unproved(own)
		return v
	}
	v.Found, v.Proved = true, true
	var where string
	v.Positions, where = p.blocked(goroutines)
	v.Text = fmt.Sprintf("%d goroutines are blocked for ever%s", len(goroutines), where)
	if len(goroutines) == 1 {
		v.Text = "1 goroutine is blocked for ever" + where
	}
	return v
}

// unproved says which of the goroutines are blocked, though it is not proved
// that they are for ever; "" where none is.
func (p place) unproved(goroutines []goroutine) string {
	blocked := slices.DeleteFunc(goroutines, func(g goroutine) bool { return !g.isBlocked() || p.lineOf(g.frames) == 0 })
	_, where := p.blocked(blocked)
	switch len(blocked) {
	case 0:
		return ""
	case 1:
		return "though 1 goroutine is still blocked" + where + "; the profile of leaks may miss some"
	}
	return fmt.Sprintf("though %d goroutines are still blocked%s; the profile of leaks may miss some", len(blocked), where)
}

// A wait is a line at which goroutines wait, and for what.
type wait struct {
	line int
	what string
}

// maxWaits is how many lines a text describes.
const maxWaits = 4

// blocked returns where goroutines wait and where they were started, and the
// first of the lines in words.
func (p place) blocked(goroutines []goroutine) ([]notebook.VerdictPlace, string) {
	roles := placeList{}
	counts := map[wait]int{}
	for _, g := range goroutines {
		what := strings.TrimSuffix(g.wait(), leaked)
		p.addTo(roles, what, g.frames, []frame{g.created})
		counts[wait{p.lineOf(g.frames), what}]++
	}
	return roles.places(), describeWaits(counts)
}

// describeWaits says how many goroutines wait for what, and where: ": 2 in chan
// send at line 7, 1 in select at line 12".
func describeWaits(counts map[wait]int) string {
	var waits []wait
	for w := range counts {
		waits = append(waits, w)
	}
	slices.SortFunc(waits, func(a, b wait) int {
		return cmp.Or(cmp.Compare(a.line, b.line), strings.Compare(a.what, b.what))
	})
	var texts []string
	for _, w := range waits[:min(len(waits), maxWaits)] {
		text := atLine([]string{w.what}, w.line)
		if len(waits) > 1 {
			text = fmt.Sprintf("%d in %s", counts[w], text)
		}
		texts = append(texts, text)
	}
	if rest := len(waits) - maxWaits; rest > 0 {
		texts = append(texts, fmt.Sprintf("others at %d more lines", rest))
	}
	if len(texts) == 0 {
		return ""
	}
	return ": " + strings.Join(texts, ", ")
}
