package harness

import (
	"fmt"
	"slices"
	"strings"

	"notebook"
)

// deadlock returns the verdict about the end of a cell in a deadlock. What
// earlier cells left waiting is named apart, without places. Without a report of
// its goroutines it has no places at all.
func (h *host) deadlock(r *report, cell *notebook.Cell) notebook.Verdict {
	v := notebook.Verdict{
		Kind: notebook.DeadlockVerdict, Found: true, Proved: true,
		Text: "deadlock: nothing can wake the goroutines of this program",
	}
	if r == nil {
		return v
	}
	p := newPlace(h.note, cell, h.names)
	waiting, left := p.waiting(r)
	var where string
	v.Positions, where = p.blocked(waiting)
	switch len(waiting) {
	case 0:
	case 1:
		v.Text = "deadlock: nothing can wake the goroutine that waits" + where
	default:
		v.Text = fmt.Sprintf("deadlock: nothing can wake the %d goroutines that wait%s", len(waiting), where)
	}
	if len(left) > 0 {
		v.Text += "; also blocked, left by " + p.describeLeft(left)
	}
	return v
}

// waiting returns the goroutines that wait at lines of the note: those of the
// cell, and by label those that earlier cells left.
func (p place) waiting(r *report) (own []goroutine, left map[string][]goroutine) {
	left = map[string][]goroutine{}
	isOwn := r.fromFlow()
	for _, g := range r.goroutines {
		if !g.isBlocked() || p.lineOf(g.frames) == 0 {
			continue
		}
		label := p.startedIn(g)
		if label == "" || label == p.cell.Label || isOwn(g) {
			own = append(own, g)
		} else {
			left[label] = append(left[label], g)
		}
	}
	return own, left
}

// fromFlow returns a function that reports whether a goroutine comes from the
// one that runs the cell, through others that still live.
func (r *report) fromFlow() func(goroutine) bool {
	all := map[int64]goroutine{}
	for _, g := range r.goroutines {
		all[g.id] = g
	}
	known := map[int64]bool{}
	var from func(g goroutine) bool
	from = func(g goroutine) bool {
		if found, ok := known[g.id]; ok {
			return found
		}
		known[g.id] = false // a report that a cell made up may go in circles
		creator, lives := all[g.creator]
		known[g.id] = g.isFlow() || lives && from(creator)
		return known[g.id]
	}
	return from
}

// startedIn returns the label of the cell that started a goroutine, as far as
// its own label or the place of its go statement tells; "" where they do not.
func (p place) startedIn(g goroutine) string {
	if label := parseLabels(g.labels)[cellLabel]; label != "" {
		return label
	}
	frames := slices.Clone(g.frames)
	slices.Reverse(frames)
	line := p.lineOf(append([]frame{g.created}, frames...))
	for c := range p.note.Code() {
		if c.Line <= line && line <= c.EndLine {
			return c.Label
		}
	}
	return ""
}

// describeLeft says where goroutines wait that earlier cells left: "cell 1: chan
// receive at line 7".
func (p place) describeLeft(left map[string][]goroutine) string {
	var texts []string
	for c := range p.note.Code() {
		if goroutines := left[c.Label]; len(goroutines) > 0 {
			_, where := p.blocked(goroutines)
			texts = append(texts, notebook.CellName(c.Label)+where)
		}
	}
	return strings.Join(texts, "; and by ")
}
