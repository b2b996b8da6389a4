package interpreter_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/pprof"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook/runner/yaegi/internal/interpreter"
)

// newLog returns an interpreter, and a list of what its code gives to log.Log.
func newLog(t *testing.T, trace *interpreter.Trace) (*interpreter.Interpreter, *[]any) {
	t.Helper()
	var said []any
	i, err := interpreter.New(trace, []string{"bytes", "errors", "fmt", "strings"}, map[string]interpreter.Symbols{
		"test/log": {"Log": reflect.ValueOf(func(v ...any) { said = append(said, v...) })},
	})
	if err != nil {
		t.Fatal(err)
	}
	return i, &said
}

func load(t *testing.T, i *interpreter.Interpreter, name, source string) {
	t.Helper()
	if err := i.Load(interpreter.File{Name: name, Source: []byte(source)}); err != nil {
		t.Fatal(err)
	}
}

func call(t *testing.T, i *interpreter.Interpreter, name string) {
	t.Helper()
	f, err := i.Func(name)
	if err != nil {
		t.Fatal(err)
	}
	f()
}

func TestFilesShareDeclarations(t *testing.T) {
	i, said := newLog(t, &interpreter.Trace{})
	load(t, i, "one", `package main
//line one:3:1
import log "test/log"
import "strings"
var x int
type T struct{ n int }
func (t T) double() int { return 2 * t.n }
func first() { x = 20; log.Log(strings.ToUpper("first")) }
`)
	load(t, i, "two", `package main
//line two:9:1
import log "test/log"
import strings "bytes"
func second() { log.Log(x + T{1}.double(), strings.Equal(nil, nil)) }
`)
	call(t, i, "first")
	call(t, i, "second")
	if diff := cmp.Diff([]any{"FIRST", 22, true}, *said); diff != "" {
		t.Error(diff)
	}
}

func TestErrorsHavePlaces(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"syntax":    {"package main\n//line cell:7:3\nfunc f() { x := }\n", "cell:7:19: expected operand, found '}'"},
		"undefined": {"package main\n//line cell:7:3\nfunc f() { x() }\n", "cell:7:14: undefined: x"},
		"panic":     {"package main\nfunc f() { for i := range 3 { print(i) } }\n", "internal error: nil type"},
	} {
		t.Run(name, func(t *testing.T) {
			i, _ := newLog(t, &interpreter.Trace{})
			err := i.Load(interpreter.File{Name: "cell", Source: []byte(test.source)})
			if e := (*interpreter.Error)(nil); !errors.As(err, &e) || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("Load: %v (%T), want %q", err, err, test.want)
			}
		})
	}
}

func TestFuncNeedsAFunction(t *testing.T) {
	i, _ := newLog(t, &interpreter.Trace{})
	load(t, i, "cell", "package main\nvar x int\n")
	for _, name := range []string{"x", "unknown"} {
		if _, err := i.Func(name); err == nil {
			t.Errorf("Func(%q) succeeded", name)
		}
	}
}

func TestMainRuns(t *testing.T) {
	i, said := newLog(t, &interpreter.Trace{})
	run, err := i.Main(interpreter.File{Name: "p", Source: []byte(`package main
import "test/log"
var x = 1
func init() { x++ }
func main() { log.Log(x) }
`)})
	if err != nil {
		t.Fatal(err)
	}
	run()
	if diff := cmp.Diff([]any{2}, *said); diff != "" {
		t.Error(diff)
	}
}

// The trace of a panic has the functions that it left, also after an earlier
// panic that was recovered.
func TestTraceOfPanic(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "panic"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	i, _ := newLog(t, &interpreter.Trace{File: file})
	load(t, i, "cell", `package main
import native "notebook/runner/yaegi/native"
//line cell:10:1
func inner(n int) {
	if n == 0 {
		native.Panic("cell:12:3", "bottom")
	}
	inner(n - 1)
}
func recovers() {
	defer func() { recover() }()
	inner(3)
}
func implicit() {
	var m map[int]int
	m[1] = 2
}
func f() {
	recovers()
	inner(1)
}
func g() {
	recovers()
	implicit()
}
`)
	for name, want := range map[string]string{
		"f": "cell:12:3 main.inner true; cell:11:5 main.inner false; cell:25:2 main.f false",
		"g": "cell:21:6 main.implicit false; cell:29:2 main.g false",
	} {
		t.Run(name, func(t *testing.T) {
			func() {
				defer func() {
					if recover() == nil {
						t.Error("no panic")
					}
				}()
				call(t, i, name)
			}()
			text, err := os.ReadFile(file.Name())
			if err != nil {
				t.Fatal(err)
			}
			p := interpreter.ParsePanic(string(text))
			var got []string
			for _, f := range p.Frames {
				got = append(got, fmt.Sprintf("%s:%d:%d %s %v", f.File, f.Line, f.Col, f.Func, f.Exact))
			}
			if diff := cmp.Diff(want, strings.Join(got, "; ")); diff != "" || p.Goroutine == "" {
				t.Errorf("goroutine %q: %s", p.Goroutine, diff)
			}
		})
	}
}

// Translated code notes its places in labels of the running goroutine, beside
// those that it has.
func TestPlaces(t *testing.T) {
	var said []string
	i, err := interpreter.New(&interpreter.Trace{}, nil, map[string]interpreter.Symbols{
		"test/log": {"Log": reflect.ValueOf(func() {
			var buf [1 << 10]byte
			header, _, _ := strings.Cut(string(buf[:runtime.Stack(buf[:], false)]), "]:")
			_, labels, _ := strings.Cut(header, " labels:")
			said = append(said, labels)
		})},
	})
	if err != nil {
		t.Fatal(err)
	}
	load(t, i, "cell", `package main
import "test/log"
import native "notebook/runner/yaegi/native"
var early = native.At(first)
var first = native.NewPlace("main.f", "note.md:1")
var second = native.NewPlace("main.(*T).g", "my note.md:2")
func f() {
	log.Log()
	native.At(first)
	g()
	log.Log()
	done := make(chan bool)
	here := native.Here(first)
	native.Start(first)
	go func() {
		log.Log()
		native.At(second)
		log.Log()
		done <- true
	}()
	native.Leave(here)
	<-done
	log.Log()
}
func g() {
	defer native.Leave(native.Here(second))
	defer native.Note(second)
	if native.At(first) == nil {
		log.Log()
	}
}
`)
	t.Setenv("GODEBUG", "tracebacklabels=1")
	pprof.Do(t.Context(), pprof.Labels("cell", "cell-1"), func(context.Context) { call(t, i, "f") })
	want := []string{
		`{"cell": "cell-1"}`,
		`{"cell": "cell-1", "note at": "main.f note.md:1"}`,
		`{"cell": "cell-1", "note at": "main.f note.md:1"}`,
		`{"cell": "cell-1", "note started at": "note.md:1"}`,
		`{"cell": "cell-1", "note started at": "note.md:1", "note at": "main.(*T).g my note.md:2"}`,
		`{"cell": "cell-1", "note at": "main.f note.md:1"}`,
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

func TestKnown(t *testing.T) {
	for _, test := range []struct {
		path, name string
		want       bool
	}{
		{"fmt", "", true},
		{"fmt", "Println", true},
		{"fmt", "println", false},
		{"os/exec", "Command", true},
		{"os", "Exit", true},
		{"unsafe", "Pointer", true},
		{"slices", "Contains", true},
		{"slices", "Sorted", false},
		{"iter", "", false},
		{"sync", "OnceValue", false},
		{"sync/atomic", "Pointer", false},
		{"sync/atomic", "Int64", true},
		{"cmp", "Compare", true},
		{"maps", "Keys", false},
		{"errors", "As", true},
	} {
		if got := interpreter.Known(test.path, test.name); got != test.want {
			t.Errorf("Known(%q, %q) = %v", test.path, test.name, got)
		}
	}
}

// An interpreter that was made for some imports knows these packages, also
// where the last element of the path is not the name.
func TestImports(t *testing.T) {
	for path, use := range map[string]string{
		"math/rand/v2": "rand.IntN", "fmt": "fmt.Sprint", "os/exec": "exec.Command", "net/http": "http.StatusText",
		"encoding/json": "json.Marshal", "slices": "slices.Contains([]int{1}, 1)", "unsafe": "unsafe.Pointer(nil)", "errors": "errors.New",
		"math/rand": "rand.Intn", "html/template": "template.New", "log/slog": "slog.Info", "syscall": "syscall.Getpid",
	} {
		f := interpreter.File{Name: "cell-1", Source: []byte("package main\nimport \"" + path + "\"\nvar used = " + use + "\n")}
		i, err := interpreter.New(&interpreter.Trace{}, interpreter.Imports(f), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := i.Load(f); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A function of an imported package may ask for an interface of another one.
func TestInterfacesOfOtherPackages(t *testing.T) {
	f := interpreter.File{Name: "cell-1", Source: []byte(`package main
import "bufio"
type endless struct{}
func (endless) Read(p []byte) (int, error) { p[0] = 'x'; return 1, nil }
var first, _ = bufio.NewReader(endless{}).ReadByte()
func check() { if first != 'x' { panic(first) } }
`)}
	i, err := interpreter.New(&interpreter.Trace{}, interpreter.Imports(f), nil)
	if err != nil {
		t.Fatal(err)
	}
	load(t, i, f.Name, string(f.Source))
	call(t, i, "check")
}
