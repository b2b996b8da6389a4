package lower

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSplitKinds(t *testing.T) {
	tests := []struct {
		code  string
		kinds string // one letter a chunk: i(mport), d(eclaration), s(tatement)
	}{
		{"", ""},
		{"// only a comment\n", ""},
		{"import \"os\"\nx := 1", "is"},
		{"x := 1; y := 2", "ss"},
		{"for i := 0; i < 3; i++ {\n}\nx()", "ss"},
		{"for ; ; {\n}\nx()", "ss"},
		{"if f := func() int { return 1 }; f() > 0 {\n}\nx()", "ss"},
		{"switch x := f(); {\n}\nselect {\n}", "ss"},
		{"L:\nfor {\n\tbreak L\n}\nfunc f() {}", "sd"},
		{"func() { x() }()", "s"},
		{"func(a int) (b int) { return a }(1)", "s"},
		{"func(a int) T {\n}(1)", "s"},
		{"func (t T) m() {}", "d"},
		{"func (t *G[K, V]) m() {}", "d"},
		{"func f[T any](t T) {}\nvar x = 1", "ds"},
		{"type (\n\tA int\n\tB int\n)\nconst c = 1", "dd"},
		{"x := `raw\nfunc f() {\n`\ny := 1", "ss"},
		{"a, err", "s"},
		{"goto end\nend:", "ss"},
		{"if true {\n}; b := 2\ntype T int", "ssd"},
		{"if true {\n} else {\n}; type T int", "sd"},
		{"if a {\n} else if b {\n}; func late() {}", "sd"},
		{"if a {\n} else if f := func() int { return 1 }; f() > 0 {\n}; const c = 1", "sd"},
		{"for range 1 {\n}; import \"sort\"", "si"},
		{"for i := range func() []int { return nil }() {\n}; type U int", "sd"},
		{"for f := func() {}; ; f() {\n}; type U int", "sd"},
		{"L: for {\n}; type U int", "sd"},
		{"switch {\n}; select {}; type U int", "ssd"},
		{"switch f := func() {}; {\n}; c, d", "ss"},
		{"{\n}; type U int", "sd"},
		{"if {}; {}; {}; type U int", "sd"},
		{";", "s"},
		{"; ;\n;", "s"},
		{"; func f() {}", "sd"},
		{"x := 5\n;\ntype T int", "sd"},
		{"type T int;;\ntype U int", "dsd"},
	}
	for _, test := range tests {
		var kinds strings.Builder
		for _, c := range split(test.code) {
			kinds.WriteByte("sid"[c.kind])
		}
		if kinds.String() != test.kinds {
			t.Errorf("split(%q) = %q, want %q", test.code, kinds.String(), test.kinds)
		}
	}
}

func TestDeclaredNames(t *testing.T) {
	const code = "import \"fmt\"\nimport (\n\talias \"fmt\"\n\t. \"math\"; \"a.b/c/v2\"\n)\ntype (\n\tA[T any] struct{ x, y int }\n\tB = A[int]\n)\nvar a, b = c, d\nfunc f[T any](g int) {}\nfunc (r R) m() {}\nx, y := 1, z\nconst (\n\tk = iota\n\tl\n)\nif q := 1; q > 0 {"
	if got, want := strings.Join(declaredNames(code), " "), "alias c A B a b f x y k l"; got != want {
		t.Errorf("declaredNames = %q, want %q", got, want)
	}
}

// TestSplitStop checks where the last token of the last chunk ends.
func TestSplitStop(t *testing.T) {
	for _, code := range []string{
		"x, y| // both", "x, y| /* a */ // b\n", "x, y|;", "x, y|;;", "x, \"é\"|", "x, `a\r\nb`|\r\n", "f(x)| // (", "x, []int{1}|", "x++| // a",
	} {
		want := strings.Index(code, "|")
		code = code[:want] + code[want+1:]
		chunks := split(code)
		if got := chunks[len(chunks)-1].stop; got != want {
			t.Errorf("split(%q) stops at %d, want %d", code, got, want)
		}
	}
}

// FuzzSplit checks that the chunks of any text cover it in order and that
// their tokens are where the chunks say.
func FuzzSplit(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("00\xff\n0")
	f.Add("for i := 0; ; i++ { func(){}() }; L: x := `\n` // c")
	f.Fuzz(func(t *testing.T, code string) {
		end := 0
		for _, c := range split(code) {
			if c.start != end || c.first < c.start || c.first > c.stop || c.stop > c.end {
				t.Fatalf("chunk %+v after %d of %q", c, end, code)
			}
			end = c.end
		}
		if end != 0 && end != len(code) {
			t.Fatalf("chunks end at %d of %d", end, len(code))
		}
		declaredNames(code)
	})
}

// FuzzParse checks that a cell which parses has every identifier where its
// offset says, and that an error lies within the code.
func FuzzParse(f *testing.F) {
	f.Add("x, y := 1, 2\nfunc f() int { return x }\nx, f()")
	f.Add("if {")
	f.Add("x }")
	f.Fuzz(func(t *testing.T, code string) {
		p, syntax := parse(token.NewFileSet(), code)
		if syntax != nil {
			if off := syntax.Pos.Offset; off < 0 || off > len(code) {
				t.Fatalf("error at %d of %d", off, len(code))
			}
			return
		}
		for _, id := range append(p.ownVars(), p.ownDecls()...) {
			if off := p.offset(id.Pos()); !strings.HasPrefix(code[off:], id.Name) {
				t.Fatalf("identifier %q is not at %d of %q", id.Name, off, code)
			}
		}
		if _, syntax := parse(token.NewFileSet(), p.only(importChunk, declChunk)); syntax != nil {
			t.Fatalf("declarations do not parse apart: %v", syntax)
		}
	})
}
