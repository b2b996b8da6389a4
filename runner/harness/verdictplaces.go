package harness

import (
	"cmp"
	"slices"
	"strings"

	"notebook"
)

// lineOf returns the line of the innermost frame that lies in the note; 0 when
// none does.
func (p place) lineOf(frames []frame) int {
	for _, f := range frames {
		if p.in(f) {
			return f.line
		}
	}
	return 0
}

// A placeList gathers the places of a verdict: each line once, with all that
// happens there.
type placeList map[int][]string

// add says what happens at a line; line 0 lies outside of the note.
func (l placeList) add(line int, role string) {
	if line > 0 && !slices.Contains(l[line], role) {
		l[line] = append(l[line], role)
	}
}

// places returns the list in the order of the note.
func (l placeList) places() []notebook.VerdictPlace {
	var places []notebook.VerdictPlace
	for line, roles := range l {
		slices.Sort(roles)
		places = append(places, notebook.VerdictPlace{Line: line, Role: strings.Join(roles, ", ")})
	}
	slices.SortFunc(places, func(a, b notebook.VerdictPlace) int { return cmp.Compare(a.Line, b.Line) })
	return places
}
