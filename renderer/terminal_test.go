package renderer

import (
	"strings"
	"testing"
	"unicode/utf8"

	"notebook/renderer/internal/format"
)

// marked writes lines with the class of each token, as [class text].
func marked(lines [][]token) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, t := range line {
			if t.class == "" {
				b.WriteString(t.text)
			} else {
				b.WriteString("[" + t.class + " " + t.text + "]")
			}
		}
	}
	return b.String()
}

func TestTerminal(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "a\nb\n", "a\nb"},
		{"empty lines", "\n\na", "\n\na"},
		{"color", "\x1b[31mred\x1b[0m plain", "[a1 red] plain"},
		{"color over lines", "\x1b[32ma\nb\x1b[m", "[a2 a]\n[a2 b]"},
		{"several at once", "\x1b[1;4;36mx\x1b[22;24;39my", "[a6 ab au x]y"},
		{"bright and gray", "\x1b[91ma\x1b[90mb\x1b[97mc", "[a1 a][a8 b]c"},
		{"background", "\x1b[43mx\x1b[49my\x1b[104mz", "[b3 x]y[b4 z]"},
		{"all attributes", "\x1b[2;3;7;9mx\x1b[23;27;29;22my", "[ad ai as ar x]y"},
		{"256", "\x1b[38;5;196ma\x1b[38;5;21mb\x1b[38;5;244mc\x1b[38;5;10md", "[a1 a][a4 b][a8 c][a2 d]"},
		{"true color", "\x1b[38;2;250;20;30ma\x1b[48;2;0;200;0mb\x1b[38:2::10:20:250mc", "[a1 a][a1 b2 b][a4 b2 c]"},
		{"black and white are the text's own", "\x1b[30ma\x1b[37mb\x1b[38;2;255;255;255mc", "abc"},
		{"broken color", "\x1b[38;5ma\x1b[38mb\x1b[;mc\x1b[999md", "abcd"},
		{"carriage return", "10%\r50%\r100%\n", "100%"},
		{"carriage return keeps the rest", "abcdef\rXY\n", "XYcdef"},
		{"line end of Windows", "a\r\nb\r\n", "a\nb"},
		{"erase", "downloading\r\x1b[Kdone\n", "done"},
		{"cursor moves are dropped", "a\x1b[2J\x1b[H\x1b[10;10Hb\x1b[?25lc\x1b[6n", "abc"},
		{"link", "\x1b]8;;javascript:alert(1)\x1b\\x\x1b]8;;\x1b\\", "x"},
		{"clipboard and title", "\x1b]52;c;aGk=\x07a\x1b]0;title\x07b", "ab"},
		{"device control string", "\x1bPq#0;2\x1b\\x\x1b_app\x1b\\y", "xy"},
		{"short escapes", "\x1b7a\x1b8b\x1bcc", "abc"},
		{"unfinished", "a\x1b[31", "a^[[31"},
		{"unfinished string", "a\x1b]0;x", "a^[]0;x"},
		{"lone escape", "a\x1b", "a^["},
		{"controls are shown", "a\x00b\x07c\x08d\x7fe\u009bf", "a^@b^Gc^Hd^?e⟨U+009B⟩f"},
		{"directions are shown", "a\u202eb\u2066c\ufeffd", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+FEFF⟩d"},
		{"invalid bytes", "a\xff\xc0\x80b", "a\ufffd\ufffd\ufffdb"},
		{"tabs and other scripts stay", "a\tπ 日本 🐢 שלום", "a\tπ 日本 🐢 שלום"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := marked(terminalLines([]byte(test.in))); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTerminalBoundsStyles(t *testing.T) {
	in := strings.Repeat("\x1b[31ma\x1b[32mb", maxStyles)
	lines := terminalLines([]byte(in))
	if len(lines) != 1 || len(lines[0]) > maxStyles+1 {
		t.Errorf("%d lines, %d tokens", len(lines), len(lines[0]))
	}
	if got := len(lineText(lines[0])); got != 2*maxStyles {
		t.Errorf("%d characters left of %d", got, 2*maxStyles)
	}
}

func FuzzTerminal(f *testing.F) {
	for _, seed := range []string{"\x1b[1;31mx\x1b[0m", "a\rb\x1b[K", "\x1b]8;;x\x07", "\xff\x1b[", "\x1b[38;2;1;2;3m\u202e"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		size := 0
		for _, line := range terminalLines(data) {
			for _, token := range line {
				size += utf8.RuneCountInString(token.text)
				if format.Visible(token.text) != token.text || strings.Contains(token.text, "\n") {
					t.Fatalf("%q gives %q", data, token.text)
				}
				if strings.Trim(token.class, "abdiurs0123456789 ") != "" {
					t.Fatalf("class %q", token.class)
				}
			}
		}
		if size > 8*len(data) {
			t.Fatalf("%d bytes give %d characters", len(data), size)
		}
	})
}
