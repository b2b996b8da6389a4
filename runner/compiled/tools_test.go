package compiled

import "testing"

// A runtime without memory faults before it can say so; a compiler that is
// wrong panics.
func TestStarved(t *testing.T) {
	for said, want := range map[string]bool{
		"fatal error: runtime: out of memory\n\nruntime stack:\n":                                           true,
		"fatal error: runtime: cannot allocate memory\n":                                                    true,
		"SIGSEGV: segmentation violation\nPC=0x41f2a5 m=0 sigcode=1 addr=0x0\n":                             true,
		"panic: runtime error: invalid memory address\n[signal SIGSEGV: segmentation violation code=0x1]\n": false,
		"note.md:3:1: undefined: memory\n":                                                                  false,
	} {
		if got := overBudget(&toolError{Tool: "compile", Stderr: []byte(said)}) != ""; got != want {
			t.Errorf("%q: %v", said, got)
		}
	}
}
