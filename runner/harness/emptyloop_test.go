package harness

import (
	"testing"

	"notebook"
)

// A loop that does nothing has no line in a dump; where it is the only one of
// its cell, its line is known all the same.
func TestEmptyLoop(t *testing.T) {
	const own, other = "main.cellǃ3()\n\tnote.md:-4 +0x1 fp=0x1 sp=0x1 pc=0x1\n", "main.cellǃ1()\n\tnote.md:-4 +0x1\n"
	tests := []struct {
		name, code, stack string
		want              int
	}{
		{"only", "x := 0\nfor {\n\tx++\n}", own, 41},
		{"not code", "x := \"for\" // for\nfor {\n\tx++\n}", own, 41},
		{"two", "for range 3 {\n}\nfor {\n}", own, 39},
		{"none", "L:\n\tgoto L", own, 39},
		{"of another cell", "for {\n}", other, 39},
	}
	for _, test := range tests {
		h := reportHost()
		cell := h.note.Cell("here")
		cell.Code = test.code
		_, r := parseReport([]byte("SIGQUIT: quit\nPC=0x1 m=2 sigcode=1\n\ngoroutine 7 gp=0x1 m=2 mp=0x2 [running]:\n" + test.stack))
		var problem notebook.Problem
		h.locate(&problem, cell, r)
		if problem.Line != test.want {
			t.Errorf("%s: line %d, want %d", test.name, problem.Line, test.want)
		}
	}
}
