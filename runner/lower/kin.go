package lower

import "slices"

// A kin joins the variables that some cell reaches together: what sets one of
// them may have set the others, as a pointer does. It grows with the session,
// so that a claim about each of many cells does not look at all of them again.
type kin struct {
	next map[*def]*def      // leads to the variable that stands for all that are joined
	of   map[*analysis]*def // one of the variables that a cell reaches
	done int                // how many cells of the session are part of it
}

// link adds the cells that have come to the session. Methods let the cells
// before them reach more: all is joined anew.
func (k *kin) link(cells []*analysis) {
	if k.next == nil || slices.ContainsFunc(cells[k.done:], func(a *analysis) bool { return len(a.methods) > 0 }) {
		*k = kin{next: map[*def]*def{}, of: map[*analysis]*def{}}
	}
	for _, a := range cells[k.done:] {
		for d := range a.variables() {
			k.join(a, d)
		}
		for _, d := range a.own {
			if d.kind == varDef { // which later cells may share
				k.join(a, d)
			}
		}
	}
	k.done = len(cells)
}

// join notes that a cell reaches a variable.
func (k *kin) join(a *analysis, d *def) {
	if a.cell.isApart() {
		return
	}
	d = k.first(d)
	if other := k.first(k.of[a]); other != nil && other != d {
		k.next[other] = d
	}
	k.of[a] = d
}

// first returns the variable that stands for all that are joined with one; nil
// for nil.
func (k *kin) first(d *def) *def {
	for k.next[d] != nil {
		if far := k.next[k.next[d]]; far != nil {
			k.next[d] = far // a shorter way for the next time
		}
		d = k.next[d]
	}
	return d
}
