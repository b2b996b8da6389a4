package interpreter_test

import (
	"strings"
	"testing"

	"notebook/runner/yaegi/internal/interpreter"
)

// Whatever an interpreted program leaves in the file of its trace, what is read
// from it is part of it.
func FuzzParsePanic(f *testing.F) {
	f.Add("7\ncell-1:3:5: panic: main.worker.func(...)\ncell-1:9:1: panic: main.main(...)\n\nrest")
	f.Add("\n\n7\n")
	f.Add("x\ncell-1:-1:99999999999999999999: panic: \n:::\n")
	f.Add(strings.Repeat("a:1:1: panic: b(...)\n", 1000))
	f.Fuzz(func(t *testing.T, text string) {
		p := interpreter.ParsePanic(text)
		if !strings.Contains(text, p.Goroutine) || len(p.Frames) > strings.Count(text, "\n")+1 {
			t.Errorf("goroutine %q and %d frames from %q", p.Goroutine, len(p.Frames), text)
		}
		for _, frame := range p.Frames {
			if frame.Line <= 0 || !strings.Contains(text, frame.File) || !strings.Contains(text, frame.Func) {
				t.Errorf("%+v from %q", frame, text)
			}
		}
	})
}
