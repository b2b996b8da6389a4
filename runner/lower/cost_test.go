package lower_test

import (
	"fmt"
	"strings"
	"testing"
)

// Each of many claims is about what comes from all cells before it, or from
// none: their cost grows with the note, not with its square.
func TestCostOfClaims(t *testing.T) {
	for _, family := range []struct{ predicate, comesFrom string }{
		{"x%d > 0", "rand.IntN"},
		{"unknown%d > 0", ""},
	} {
		cost := func(cells int) float64 {
			note := []byte(chain(cells, family.predicate))
			return testing.AllocsPerRun(1, func() {
				source := lowerNote(t, note)
				for i := range source.Note.Claims {
					e := &source.Note.Claims[i].Expression
					if by := source.Chance(e, e.Names[0]); by != family.comesFrom {
						t.Errorf("%s comes from %q", e.Text, by)
					}
				}
			})
		}
		if few, many := cost(30), cost(120); many > 6*few {
			t.Errorf("%s: %g allocations for 30 cells and %g for 120", family.predicate, few, many)
		}
	}
}

// chain returns a note of cells that each use the one before, each with a claim.
func chain(cells int, predicate string) string {
	var note strings.Builder
	note.WriteString("```go\nx0 := rand.IntN(6)\n```\n")
	for i := range cells {
		fmt.Fprintf(&note, "\n```go\nx%d := x%d + 1\n```\n\n> [!claim] So. `"+predicate+"`\n", i+1, i, i+1)
	}
	return note.String()
}
