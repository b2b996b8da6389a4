package renderer_test

import (
	"strings"
	"testing"

	"notebook"
	"notebook/renderer"
)

// TestOpenClaims checks what a page says of claims that do not hold, and of a
// value that was not measured.
func TestOpenClaims(t *testing.T) {
	note, _ := notebook.Parse("note.md", []byte("```go {#a}\n```\n\n> [!claim] One. `1 < 2`\n\n> [!claim] Two. `2 < 1`\n\n> [!claim] Three. `nothing`\n\nIt took `{go} wall(\"a\")`.\n"))
	tests := []struct {
		results []notebook.ClaimResult
		counts  notebook.ClaimCounts
		want    string
	}{
		{
			[]notebook.ClaimResult{notebook.ClaimHolds, notebook.ClaimUndecided, notebook.ClaimBroken},
			notebook.ClaimCounts{Held: 1, Failed: 1, Undecided: 1},
			`<dt>claims hold, 1 fails, 1 not decided</dt><dd class="bad"><a class="bad" href="#claim.3">1 of 3</a>`,
		},
		{
			[]notebook.ClaimResult{notebook.ClaimHolds, notebook.ClaimNotApplicable, notebook.ClaimUndecided},
			notebook.ClaimCounts{Held: 1, Undecided: 1, NotApplicable: 1},
			`<dt>claims hold, 1 not decided, 1 not applicable</dt><dd><a class="" href="#claim.2">1 of 3</a>`,
		},
		{
			[]notebook.ClaimResult{notebook.ClaimHolds, notebook.ClaimHolds, notebook.ClaimHolds},
			notebook.ClaimCounts{Held: 3},
			`<dt>claims hold</dt><dd class="ok">3 of 3</dd>`,
		},
	}
	for _, test := range tests {
		result := &notebook.Result{
			Ran: true, Claims: map[int]notebook.Claimed{}, End: notebook.End{Cells: 1, Claims: &test.counts},
			Values: map[int]notebook.Valued{1: {Number: 1, Reason: "cell a was not run"}},
		}
		for i, r := range test.results {
			result.Claims[i+1] = notebook.Claimed{Result: r}
		}
		page := pageOf(t, note, result, renderer.Assets{})
		for _, want := range []string{test.want, `<span class="state soft"> (no value: cell a was not run)</span>`} {
			if !strings.Contains(page, want) {
				t.Errorf("%v: the page lacks %s", test.results, want)
			}
		}
	}
}
