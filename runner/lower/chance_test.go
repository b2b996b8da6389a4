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
		{"roll := func() int { return rand.IntN(6) }\nx := roll()", "rand.IntN"},
		{"func roll() int { return rand.IntN(6) }\nfunc twice() int { return roll() + roll() }\nx := twice()", "rand.IntN"},
		{"func loop(n int) int { return loop(n) }\nx := loop(1)", ""},
		{"x := 0\nfor range 3 {\n\tr := rand.IntN(6)\n\tx += r\n}", "rand.IntN"},
		{"x := 0\nfor begin := time.Now(); time.Since(begin) < 5; {\n\tx++\n}", "time.Since"},
		{"x := 0\nif rand.IntN(2) == 0 {\n\tx = 1\n}", "rand.IntN"},
		{"x := 1\nif rand.IntN(2) == 0 {\n\tfmt.Println(x)\n}", ""},
		{"x := 1\n```\n\n```go\nx = rand.IntN(2)", "rand.IntN"},
		{"r := rand.IntN(2)\n```\n\n```go\nx := r + 1", "rand.IntN"},
		// Updates that get lost, and those that do not.
		{racy("n = n + 1"), "goroutines that set it without a lock"},
		{racy("n++"), "goroutines that set it without a lock"},
		{racy("seen := n\nruntime.Gosched()\nn = seen + 1"), "goroutines that set it without a lock"},
		{racy("mu.Lock()\nn++\nmu.Unlock()"), ""},
		{racy("gate <- true\nn++\n<-gate"), ""},
		{racy("n := n\nn++"), ""},
		{"x := 0\ngo func() { x++ }()", ""},
	} {
		source := lowerNote(t, []byte("```go\n"+test.code+"\n```\n\n> [!claim] So. `x == 1`\n"))
		if got := source.Chance(&source.Note.Claims[0].Expression, "x"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.code, got, test.want)
		}
	}
}

// racy returns a cell that runs code in several goroutines.
func racy(code string) string {
	return "n := 0\nvar mu sync.Mutex\ngate := make(chan bool, 1)\nvar wg sync.WaitGroup\nfor range 4 {\n\twg.Go(func() {\n" + code +
		"\n\t})\n}\nwg.Wait()\n_, _ = &mu, gate\nx := n"
}

// TestChanceOfCells checks what is said about values and outputs of cells.
func TestChanceOfCells(t *testing.T) {
	for _, test := range []struct{ code, value, output string }{
		{"1 + 1", "", ""},
		{"x := 1\nfmt.Println(x)", "", ""},
		{"start := time.Now()\nfmt.Println(\"a\")\ntime.Since(start)", "time.Since", ""},
		{"x := rand.IntN(6)\nfmt.Println(\"a\", x)\nx", "rand.IntN", "rand.IntN"},
		{"fmt.Printf(\"%d\\n\", rand.IntN(5))\n7", "", "rand.IntN"},
	} {
		source := lowerNote(t, []byte("```go {#c}\n"+test.code+"\n```\n"))
		if value, output := source.ChanceOfValue("c"), source.ChanceOfOutput("c"); value != test.value || output != test.output {
			t.Errorf("%s: got %q and %q, want %q and %q", test.code, value, output, test.value, test.output)
		}
	}
}

// What is asked first changes no answer, also where functions call each other.
func TestChanceOfCircle(t *testing.T) {
	source := lowerNote(t, []byte("```go\nfunc f(n int) int { return g(n) + rand.IntN(2) }\nfunc g(n int) int { return f(n - 1) }\nx, y := f(1), g(1)\n```\n\n> [!claim] So. `x == y`\n"))
	for _, name := range []string{"x", "y"} {
		if got := source.Chance(&source.Note.Claims[0].Expression, name); got != "rand.IntN" {
			t.Errorf("%s comes from %q", name, got)
		}
	}
}
