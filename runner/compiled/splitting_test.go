package compiled_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSplits splits real programs into cells at random places and compares what
// the cells write with what the program writes. The first seed alone is run by
// default, the others with the build tag soak.
func TestSplits(t *testing.T) { checkSplits(t, 1) }

// checkSplits runs the splits of some seeds: those of one seed in one note, so
// that they are built together and have to bear each other's names.
func checkSplits(t *testing.T, seeds ...uint64) {
	programs := readPrograms(t)
	sources := map[string]string{}
	for _, p := range programs {
		sources[p.name] = p.source
	}
	whole := runPrograms(t, sources)
	for _, seed := range seeds {
		var splits []example
		for _, p := range programs {
			splits = append(splits, example{name: p.name, note: p.split(seed)})
		}
		cells := runNotes(t, splits)
		for _, s := range splits {
			t.Run(fmt.Sprintf("%s/seed %d", s.name, seed), func(t *testing.T) {
				for _, complaint := range cells[s.name].complaints {
					t.Error(complaint)
				}
				if diff := cmp.Diff(strings.Split(whole[s.name], "\n"), strings.Split(cells[s.name].stdout.String(), "\n")); diff != "" {
					t.Errorf("output (-program +cells):\n%s", diff)
				}
				if t.Failed() {
					t.Logf("the cells:\n%s", s.note)
				}
			})
		}
	}
}

// split returns a note whose cells say what the program says. The seed decides
// how the declarations are ordered and where the cells end.
func (p *splitProgram) split(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, uint64(len(p.name))))
	var cells []string
	var cell []*unit
	density := r.Float64()
	end := func() {
		if len(cell) > 0 {
			cells = append(cells, textOf(cell))
			cell = nil
		}
	}
	for _, group := range p.shuffled(r) {
		hides := slices.ContainsFunc(group, func(u *unit) bool { return slices.ContainsFunc(cell, u.hidesIn) })
		if hides {
			end()
		}
		cell = append(cell, group...)
		if last := group[len(group)-1]; !last.stays && r.Float64() < density {
			end()
		}
	}
	end()
	return note(cells)
}

// hidesIn reports whether a declaration would see a variable of the statement
// if both stood in one cell.
func (u *unit) hidesIn(other *unit) bool { return !other.stmt && u.hides(other) }

// shuffled returns the groups of the program in a random order in which each
// comes after those that it needs.
func (p *splitProgram) shuffled(r *rand.Rand) (order [][]*unit) {
	todo := groups(p.units)
	done := map[*unit]bool{}
	for len(todo) > 0 {
		var ready []int
		for i, group := range todo {
			if !slices.ContainsFunc(group, func(u *unit) bool { return waits(u, group, done) }) {
				ready = append(ready, i)
			}
		}
		i := ready[r.IntN(len(ready))]
		for _, u := range todo[i] {
			done[u] = true
		}
		order = append(order, todo[i])
		todo = slices.Delete(todo, i, i+1)
	}
	return order
}

// waits reports whether a unit needs one that is neither done nor of its group.
func waits(u *unit, group []*unit, done map[*unit]bool) bool {
	for n := range u.needs {
		if !done[n] && !slices.Contains(group, n) {
			return true
		}
	}
	return false
}

func textOf(units []*unit) string {
	var texts []string
	for _, u := range units {
		texts = append(texts, u.text)
	}
	return strings.Join(texts, "\n\n")
}

func note(cells []string) string {
	var s strings.Builder
	for _, c := range cells {
		fmt.Fprintf(&s, "```go\n%s\n```\n\n", c)
	}
	return s.String()
}
