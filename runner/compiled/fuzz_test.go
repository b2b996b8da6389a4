package compiled

import (
	"strings"
	"testing"
)

// Whatever a compiler writes, its messages are lines of it.
func FuzzMessages(f *testing.F) {
	f.Add("note.md:3:7: undefined: x\n\tnote.md:4:1: other declaration of x\n")
	f.Add("# main\n./note.md:3: x\nnote.md:3:x: y\n:1:2: z\n")
	f.Add("C:\\notes\\a:b.md:99999999999999999999:1: too far\r\n")
	f.Add(strings.Repeat("a:1:1:", 1000))
	f.Fuzz(func(t *testing.T, output string) {
		total := 0
		for _, m := range parseMessages(output) {
			if m.line < 0 || m.col < 0 || !strings.Contains(output, m.text) || strings.Contains(m.text, "\n") {
				t.Errorf("%+v from %q", m, output)
			}
			total += len(m.text)
		}
		if total > len(output) {
			t.Errorf("%d bytes of messages from %d", total, len(output))
		}
	})
}
