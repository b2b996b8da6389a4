package inside

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"
)

func TestJSON(t *testing.T) {
	type name string
	n := 7
	tests := []struct {
		value any
		want  string
	}{
		{int8(-3), "-3"},
		{uint64(math.MaxUint64), "18446744073709551615"},
		{0.1, "0.1"},
		{float32(0.1), "0.1"},
		{1e30, "1e+30"},
		{math.NaN(), "null"},
		{math.Inf(-1), "null"},
		{true, "true"},
		{name("x"), `"x"`},
		{"\"\\\n\x7fä\xff", "\"\\\"\\\\\\u000a\x7fä\uFFFD\""},
		{1500 * time.Millisecond, "1.5"},
		{[]time.Duration{time.Second, 0}, "[1,0]"},
		{[]int{}, "[]"},
		{[]int(nil), "[]"},
		{[2][]bool{{true}, {}}, "[[true],[]]"},
		{&n, "7"},
		{(*int)(nil), "null"},
		{[]any{1, "a", nil}, `[1,"a",null]`},
		{map[string]int{}, "null"},
		{func() {}, "null"},
		{nil, "null"},
	}
	for _, tt := range tests {
		got := string(appendJSON(nil, reflect.ValueOf(tt.value)))
		if got != tt.want || !json.Valid([]byte(got)) {
			t.Errorf("%#v: got %s, want %s", tt.value, got, tt.want)
		}
	}
}

type (
	text   string
	number int
	fails  struct{}
)

func (fails) Error() string { panic("again") }

func TestPanicText(t *testing.T) {
	var nothing []int
	var index error
	func() {
		defer func() { index, _ = recover().(error) }()
		_ = nothing[len(nothing)]
	}()
	tests := []struct {
		value any
		want  string
	}{
		{"plain\ntext", "plain\ntext"},
		{text("x"), `inside.text("x")`},
		{7, "7"},
		{number(7), "inside.number(7)"},
		{1.5, "1.5"},
		{complex(1, 2), "(1+2i)"},
		{true, "true"},
		{errors.New("broken"), "broken"},
		{fmt.Errorf("a: %w", errors.New("b")), "a: b"},
		{index, "runtime error: index out of range [0] with length 0"},
		{time.Second, "1s"},
		{fails{}, "(Error panicked: again)"},
		{struct{ X int }{4}, "(struct { X int }) {X:4}"},
		{[]int{1}, "([]int) [1]"},
	}
	for _, tt := range tests {
		if got := panicText(tt.value); got != tt.want {
			t.Errorf("%#v: got %q, want %q", tt.value, got, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct{ in, want string }{
		{"int", "int"},
		{"main.Point", "Point"},
		{"[]*main.Pointǃ12", "[]*Point"},
		{"map[main.Kǃ1]chan main.Vǃ22", "map[K]chan V"},
		{"pair[main.Aǃ3,int]", "pair[A,int]"},
		{"domain.Name", "domain.Name"},
		{"x/main.Y", "x/main.Y"},
		{"func(main.A) main.B", "func(A) B"},
	}
	for _, tt := range tests {
		if got := withoutMain(withoutNumbers(tt.in)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.in, got, tt.want)
		}
	}
}

// Outside of a session the functions that cells call do nothing.
func TestNoSession(t *testing.T) {
	n := 1
	Show(n)
	ShowError(errors.New("x"))
	Record("n", &n)
}

// A reading of the monotonic clock says nothing to a reader.
func TestTimeWithoutMonotonicClock(t *testing.T) {
	now := time.Now()
	if got, want := Text(now), now.Round(0).String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Lines are timed by the clock of the measurement: none comes later than its
// cell took.
func TestLinesAreTimedWithinTheirCell(t *testing.T) {
	defer lastMark.Store(lastMark.Load())
	var written time.Duration
	s := &session{cells: map[string]Cell{"a": {Label: "a", Run: func() { written = time.Since(lastMark.Load().start) }}}}
	if end := s.execute("a"); written <= 0 || written > time.Duration(end.Wall) {
		t.Errorf("written after %v in a cell of %v", written, time.Duration(end.Wall))
	}
}
