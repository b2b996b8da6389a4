package lower_test

import (
	"strings"
	"testing"
)

// TestKnowable checks the next step for a variable that claims cannot know.
func TestKnowable(t *testing.T) {
	const known = "claims know numbers, texts, bools, durations and lists of these: "
	for _, test := range []struct{ code, want string }{
		{"var x error", "write failed := x != nil in a cell"},
		{"x := map[string]int{}", "write n := len(x) in a cell"},
		{"x := make(chan int)", "write n := len(x) in a cell"},
		{"x := []struct{}{}", "write n := len(x) in a cell"},
		{"x := new(int)", "write value := *x in a cell"},
		{"x := new(struct{})", "assign one to a variable of a cell"},
		{"x := struct{ c chan int; n int }{}", "write field := x.n in a cell"},
		{"x := func() int { return 1 }", "assign one to a variable of a cell"},
	} {
		source := lowerNote(t, []byte("```go\n"+test.code+"\n```\n\n> [!claim] So. `x == 1`\n"))
		hint := source.Variables(&source.Note.Claims[0].Expression)["x"].Hint
		if got, ok := strings.CutPrefix(hint, known); !ok || got != test.want {
			t.Errorf("%s: got %q, want %q", test.code, hint, test.want)
		}
	}
}
