package harness

import (
	"testing"

	"notebook"
)

// Each archive in testdata/leaks holds the stacks that a program wrote, and the
// verdict about one of its cells.
func TestLeaks(t *testing.T) {
	checkVerdicts(t, "leaks", func(s Setup, stacks []byte) notebook.Verdict { return s.Leaks(s.Note.Cell("here"), stacks) })
}

// Of a program, whose goroutines carry no label, all count.
func TestLeaksOfProgram(t *testing.T) {
	stacks := "goroutine 1 [running]:\nmain.main()\n\tmainǃ.go:8 +0xd2\n\ngoroutine 7 [select (no cases) (leaked)]:\nmain.main.func1()\n\tnote.md:44 +0x1\n"
	setup := Setup{Note: reportHost().note}
	program := setup.Note.Cell("here")
	program.Program = true
	v := setup.Leaks(program, []byte(stacks))
	if want := "1 goroutine is blocked for ever: select (no cases) at line 44"; v.Text != want {
		t.Errorf("%q, want %q", v.Text, want)
	}
}
