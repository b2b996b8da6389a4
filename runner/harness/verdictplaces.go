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

// callLine returns the line by which the cell came to code of the note that lies
// elsewhere; 0 when it did not, or when its own line is the innermost one.
func (p place) callLine(frames []frame) int {
	if p.cell == nil || p.isOwn(p.lineOf(frames)) {
		return 0
	}
	for _, f := range frames {
		if p.in(f) && p.isOwn(f.line) {
			return f.line
		}
	}
	return 0
}

// isOwn reports whether a line lies in the code of the cell.
func (p place) isOwn(line int) bool { return p.cell.Line <= line && line <= p.cell.EndLine }

// addTo adds the places of a goroutine to a list: where it did something, and
// where it was started; and of both, where the cell called that.
func (p place) addTo(list placeList, what string, frames, created []frame) {
	list.add(p.lineOf(frames), what)
	list.add(p.callLine(frames), notebook.CallRole)
	list.add(p.startLine(frames, created), notebook.StartRole)
	list.add(p.callLine(created), notebook.StartRole)
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
