package harness

import (
	"strings"
	"testing"
)

// Of a goroutine that a function of the standard library started Go tells only
// that function; the call of it is found around the code that the goroutine runs.
func TestStartLine(t *testing.T) {
	const (
		group = "sync.(*WaitGroup).Go"
		timer = "time.goFunc"
	)
	tests := []struct {
		name, code, created string
		line, want          int // of the outermost frame; of the start
	}{
		{"literal", "group.Go(func() {\n\tn++\n})", group, 41, 40},
		{"field", "s.group.Go(func() {\n\tn++\n})", group, 41, 40},
		{"last line", "group.\n\tGo(func() {\n\tn++ })", group, 42, 41},
		{"before it", "n++\ngroup.Go(func() {\n\tn++\n})", group, 40, 0},
		{"behind it", "group.Go(func() {\n\tn++\n})\nn++", group, 43, 0},
		{"named function", "group.Go(work)\n", group, 40, 0},
		{"function of a function", "group.Go(work(func() {\n\tn++\n}))", group, 41, 0},
		{"inner of two", "group.Go(func() {\n\tgroup.Go(func() {\n\t\tn++\n\t})\n})", group, 42, 41},
		{"outer of two", "group.Go(func() {\n\tgroup.Go(func() {\n\t})\n\tn++\n})", group, 43, 40},
		{"timer", "time.AfterFunc(1, func() {\n\tn++\n})", timer, 41, 40},
		{"of a module", "g.Go(func() error {\n\treturn f()\n})", "example.org/x/errgroup.(*Group).Go", 41, 40},
		{"something else", "group.Go(func() {\n\tn++\n})", "net/http.(*Server).Serve", 41, 0},
		{"no function", "Go(func() {\n\tn++\n})", group, 41, 0},
		{"a text", "s := `.Go(func() {`\nn++\n", group, 41, 0},
		{"not closed", "group.Go(func() {\n\tn++\n", group, 41, 0},
	}
	for _, test := range tests {
		note := reportHost().note
		cell := note.Cell("here")
		cell.Code, cell.EndLine = test.code, cell.Line+strings.Count(test.code, "\n")
		inner := frame{function: "main.helper", file: "note.md", line: 12}
		outer := frame{function: "main.cellǃ3.func1", file: "note.md", line: test.line}
		own := frame{function: group + ".func1", file: "waitgroup.go", line: 239}
		created := frame{function: test.created, file: "waitgroup.go", line: 238}
		got := newPlace(note, nil, names{}).startLine([]frame{inner, outer, own}, []frame{created})
		if got != test.want {
			t.Errorf("%s: line %d, want %d", test.name, got, test.want)
		}
	}
}
