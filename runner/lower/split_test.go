package lower

import (
	"go/parser"
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
		if _, err := parser.ParseFile(token.NewFileSet(), "", declPrefix+p.only(importChunk, declChunk), 0); err != nil {
			t.Fatalf("declarations do not parse apart: %v", err)
		}
	})
}
