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

// callLine returns the line of the outermost frame that lies in the cell; 0 when
// none does. Of the calls that lead to one place it is what tells one goroutine
// from another.
func (p place) callLine(frames []frame) int {
	line := 0
	for _, f := range frames {
		if p.in(f) && p.isOwn(f.line) {
			line = f.line
		}
	}
	return line
}

// isOwn reports whether a line lies in the code of the cell.
func (p place) isOwn(line int) bool {
	return p.cell != nil && p.cell.Line <= line && line <= p.cell.EndLine
}

// addTo adds the places of a goroutine to a list: where it did something, the
// call that led there, and where it was started; where that is in code of
// another cell, the call of it too.
func (p place) addTo(list placeList, what string, frames, created []frame) {
	line := p.lineOf(frames)
	list.add(line, what)
	if call := p.callLine(frames); call != line {
		list.add(call, notebook.CallRole)
	}
	list.add(p.startLine(frames, created), notebook.StartRole)
	if !p.isOwn(p.lineOf(created)) {
		list.add(p.callLine(created), notebook.StartRole)
	}
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

// roleOrder puts what happens at a place before what leads to it.
func roleOrder(role string) int {
	return slices.Index([]string{notebook.CallRole, notebook.StartRole}, role)
}

// places returns the list in the order of the note.
func (l placeList) places() []notebook.VerdictPlace {
	var places []notebook.VerdictPlace
	for line, roles := range l {
		slices.SortFunc(roles, func(a, b string) int {
			return cmp.Or(cmp.Compare(roleOrder(a), roleOrder(b)), strings.Compare(a, b))
		})
		places = append(places, notebook.VerdictPlace{Line: line, Role: strings.Join(roles, ", ")})
	}
	slices.SortFunc(places, func(a, b notebook.VerdictPlace) int { return cmp.Compare(a.Line, b.Line) })
	return places
}
