package lower_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/runner/lower"
)

// nestedTypes returns declarations for which the type checker takes time that
// doubles with n, and much of it.
func nestedTypes(n int) string {
	var b strings.Builder
	b.WriteString("type T0[A any] struct{ a, b A }\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "type T%d[A any] struct{ x T%d[T%d[A]] }\n", i, i-1, i-1)
	}
	fmt.Fprintf(&b, "var x T%d[int]\n", n)
	return b.String()
}

// A cell that the type checker does not come to an end with is given up; the
// others are lowered.
func TestRunaway(t *testing.T) {
	defer lower.SetMaxTime(500 * time.Millisecond)()
	cells := []string{"a := 1", nestedTypes(9), "x", "a++\na", "package main\n\n" + nestedTypes(9) + "func main() {}"}
	source := lowerNote(t, []byte("```go\n"+strings.Join(cells, "\n```\n\n```go\n")+"\n```\n"))
	var got []string
	for _, c := range source.Cells {
		got = append(got, fmt.Sprint(c.OK(), c.Problems, c.Lost))
	}
	for _, p := range source.Programs {
		got = append(got, fmt.Sprint(p.Problems))
	}
	const problem = "given up: checking the types takes longer than 500ms"
	given := func(line int) string {
		return fmt.Sprint([]notebook.Problem{{
			File: "folder/note.md", Line: line, Col: 1, Severity: notebook.Error, Message: problem,
			Hint: "take types that contain each other, or large constants, out of the cell",
		}})
	}
	want := []string{"true [] []", "false " + given(5) + " []", "false [] [cell-2]", "true [] []", given(29)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
