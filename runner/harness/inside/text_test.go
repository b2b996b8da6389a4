package inside_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"notebook/runner/harness/inside"
)

var update = flag.Bool("update", false, "rewrite the golden files")

type (
	point   struct{ X, Y int }
	celsius float64
	color   int
	quiet   struct{ name string }
	loud    struct{ msg string }
	broken  struct{}
	node    struct {
		Name     string
		Next     *node
		Children []*node
	}
	account struct {
		_       struct{}
		Mu      sync.Mutex
		Owner   string
		balance atomic.Int64
		Closed  atomic.Bool
		Err     error
		Took    time.Duration
		hidden  error
	}
	pair[A, B any] struct {
		First  A
		Second B
	}
	pointǃ12 struct{ X int }
)

func (c color) String() string   { return [...]string{"red", "green"}[c] }
func (q *quiet) String() string  { return "quiet " + q.name }
func (l loud) Error() string     { return "loud: " + l.msg }
func (broken) String() string    { panic("no text") }
func (c celsius) String() string { return fmt.Sprintf("%.1f °C", float64(c)) }

// A value has a name in the golden file.
type value struct {
	name  string
	value any
}

// plainValues are those without parts, or whose text is their own business.
func plainValues() []value {
	var nilQuiet *quiet
	return []value{
		{"nil", nil},
		{"bool", true},
		{"int", -5},
		{"rune", 'x'},
		{"uintptr", uintptr(255)},
		{"float", 1e6},
		{"float32", float32(0.1)},
		{"complex", complex(1, -2)},
		{"string", "a \"b\"\n\tä\x00"},
		{"long string", strings.Repeat("ä", 600)},
		{"bytes", []byte("hi\xff")},
		{"byte array", [3]byte{1, 2, 3}},
		{"many bytes", make([]byte, 300)},
		{"duration", 90 * time.Second},
		{"time", time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)},
		{"error", fmt.Errorf("read: %w", io.EOF)},
		{"joined errors", errors.Join(io.EOF, io.ErrClosedPipe)},
		{"struct", point{1, 2}},
		{"pointer", &point{1, 2}},
		{"pointer to int", new(int)},
		{"stringer", color(1)},
		{"stringer that panics", color(7)},
		{"named float", celsius(21.5)},
		{"pointer stringer", &quiet{"x"}},
		{"nil stringer", nilQuiet},
		{"value of pointer stringer", quiet{"x"}},
		{"error value", loud{"x"}},
		{"broken", broken{}},
		{"nested", []any{color(0), loud{"y"}, &point{3, 4}, nil, "s"}},
	}
}

// compositeValues have parts.
func compositeValues() []value {
	ring := &node{Name: "a"}
	ring.Next = &node{Name: "b", Next: ring}
	loop := []any{1, nil}
	loop[1] = loop
	self := map[string]any{"n": 1}
	self["self"] = self
	long := make([]int, 1000)
	table := map[string][]string{}
	for i := range long {
		long[i] = i
	}
	for i := range 120 {
		table[fmt.Sprintf("key %03d", i)] = []string{"v", strings.Repeat("w", i%7)}
	}
	deep := any(1)
	for range 20 {
		deep = []any{deep}
	}
	acc := &account{Owner: "Ann", Err: io.EOF, Took: 1500 * time.Millisecond, hidden: io.EOF}
	acc.balance.Store(7)
	var nilMap map[string]int
	var nilFunc func()
	var nilChan chan int
	return []value{
		{"slice", []int{1, 2, 3}},
		{"empty slice", []int{}},
		{"nil slice", []int(nil)},
		{"array", [2]bool{true}},
		{"map", map[string]int{"b": 2, "a": 1}},
		{"int map", map[int]string{10: "x", 9: "y"}},
		{"nil map", nilMap},
		{"float map", map[float64]bool{2.5: true, -1: false}},
		{"mixed map", map[any]int{"b": 1, 2: 2, "a": 3}},
		{"struct map", map[point]color{{2, 1}: 0, {1, 2}: 1}},
		{"ring", ring},
		{"loop", loop},
		{"self", self},
		{"deep", deep},
		{"func", func(a int, b ...string) error { return nil }},
		{"nil func", nilFunc},
		{"chan", make(chan point, 3)},
		{"receive only", (<-chan int)(make(chan int))},
		{"nil chan", nilChan},
		{"account", acc},
		{"mutex", &sync.Mutex{}},
		{"generic", pair[string, []point]{"p", []point{{1, 2}}}},
		{"versioned type", make(chan pointǃ12)},
		{"versioned generic", make(chan pair[pointǃ12, int])},
		{"long slice", long},
		{"table", table},
		{"tree", node{"root", nil, []*node{{Name: strings.Repeat("left ", 8)}, {Name: strings.Repeat("right ", 8), Children: []*node{{Name: "leaf"}}}}}},
		{"rows", [][]int{long[:30], long[:3], {}}},
		{"points", []point{{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}, {11, 12}, {13, 14}, {15, 16}, {17, 18}}},
	}
}

func TestText(t *testing.T) {
	const file = "testdata/text.txtar"
	var got txtar.Archive
	for _, v := range append(plainValues(), compositeValues()...) {
		got.Files = append(got.Files, txtar.File{Name: v.name, Data: []byte(inside.Text(v.value) + "\n")})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(txtar.Format(want)), string(txtar.Format(&got))); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

// A value cannot make the text arbitrarily long.
func TestTextIsBounded(t *testing.T) {
	wide := make([]any, 1000)
	for i := range wide {
		wide[i] = strings.Repeat("x", 5000)
	}
	for range 3 {
		wide = []any{wide, wide, wide, wide, wide, wide}
	}
	if n := len(inside.Text(wide)); n > 70_000 {
		t.Errorf("a text of %d bytes", n)
	}
}
