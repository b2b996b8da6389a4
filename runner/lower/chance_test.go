package lower_test

import "testing"

// TestChance checks what is said about where the value of a variable comes
// from.
func TestChance(t *testing.T) {
	for _, test := range []struct{ code, want string }{
		{"x := 1", ""},
		{"x := time.Since(time.Time{})", "time.Since"},
		{"start := time.Now()\nx := 2 * time.Since(start)", "time.Since"},
		{"a := rand.IntN(9)\nb := a\nvar x = b + 1", "rand.IntN"},
		{"x := 0\nfor range 3 {\n\tx += runtime.NumGoroutine()\n}", "runtime.NumGoroutine"},
		{"took := time.Since(time.Time{})\nx := 5\n_ = took", ""},
		{"n := []int{1}\nx, err := strconv.Atoi(fmt.Sprint(n, rand.IntN(5)))\n_ = err", "rand.IntN"},
		{"//| expect: race\nx := 1", "a race"},
	} {
		source := lowerNote(t, []byte("```go\n"+test.code+"\n```\n\n> [!claim] So. `x == 1`\n"))
		if got := source.Chance(&source.Note.Claims[0].Expression, "x"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.code, got, test.want)
		}
	}
}
