package lower_test

import (
	"go/importer"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/runner/lower"
)

// TestConcurrent says of each cell of a note whether it starts goroutines.
func TestConcurrent(t *testing.T) {
	const note = `
## declarations alone run nothing
func spawn() { go func() {}() }
type pool struct{ n int }
func (p *pool) Start() { spawn() }
func plain() int { return 1 }
## calls plain
plain()
## calls spawn = concurrent
spawn()
## by a method = concurrent
p := pool{}
p.Start()
## a field of that value = concurrent
p.n
## a method of that value = concurrent
p.Start()
## go = concurrent
done := make(chan bool)
go close(done)
## WaitGroup.Go = concurrent
var wg sync.WaitGroup
wg.Go(func() {})
## AfterFunc = concurrent
time.AfterFunc(1, func() {})
## context.AfterFunc = concurrent
context.AfterFunc(context.Background(), func() {})
## net/http/httptest = concurrent
srv := httptest.NewServer(nil)
## constant of net/http = concurrent
http.StatusOK
## a function in a variable = concurrent
run := func() { go plain() }
## calls it = concurrent
run()
## a function of that name
Go := func() {}
Go()
## a method that a later cell gives
type late struct{}
func (late) Go() {}
## calls it too = concurrent
late{}.Go()
## regions = concurrent
trace.IsEnabled()
## locks
var mu sync.Mutex
mu.Lock()
`
	var text, want strings.Builder
	n := 0
	for section := range strings.SplitSeq(strings.TrimPrefix(note, "\n## "), "\n## ") {
		title, code, _ := strings.Cut(section, "\n")
		if strings.HasPrefix(title, "regions") {
			code = "import \"runtime/trace\"\n" + code
		}
		n++
		text.WriteString("```go\n" + strings.TrimSpace(code) + "\n```\n\n")
		want.WriteString(title + "\n")
	}
	parsed, diagnostics := notebook.Parse("note.md", []byte(text.String()))
	for _, d := range diagnostics {
		t.Error(d)
	}
	source := lower.Lower(parsed, parsed.Cells, importer.Default())
	var got strings.Builder
	titles := strings.Split(want.String(), "\n")
	for i, c := range source.Cells {
		for _, p := range c.Problems {
			t.Errorf("%s: %s", titles[i], p.Message)
		}
		title, _, _ := strings.Cut(titles[i], " = ")
		if c.Concurrent {
			title += " = concurrent"
		}
		got.WriteString(title + "\n")
	}
	if diff := cmp.Diff(want.String(), got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCountsGoroutines says of notes whether code asks how many goroutines there
// are.
func TestCountsGoroutines(t *testing.T) {
	for _, test := range []struct {
		code             string
		session, program bool
	}{
		{"go func() {}()", false, false},
		{"n := runtime.NumGoroutine()", true, false},
		{"func count() int { return runtime.NumGoroutine() }", true, false},
		{"ask := runtime.NumGoroutine", true, false},
		{"import . \"runtime\"\nn := NumGoroutine()", true, false},
		{"func NumGoroutine() int { return 1 }\nNumGoroutine()", false, false},
		{"package main\n\nfunc main() { println(runtime.NumGoroutine()) }", false, true},
		{"package main\n\nfunc main() { println(runtime.NumCPU()) }", false, false},
	} {
		note, _ := notebook.Parse("note.md", []byte("```go\n"+test.code+"\n```\n"))
		source := lower.Lower(note, note.Cells, importer.Default())
		for _, c := range source.Cells {
			if len(c.Problems) > 0 {
				t.Errorf("%q: %s", test.code, c.Problems[0].Message)
			}
		}
		program := len(source.Programs) > 0 && source.Programs[0].CountsGoroutines
		if source.CountsGoroutines != test.session || program != test.program {
			t.Errorf("%q: session %t, program %t", test.code, source.CountsGoroutines, program)
		}
	}
}
