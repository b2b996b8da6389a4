package notebook

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"github.com/google/go-cmp/cmp"
)

func written(stream Stream, text string) Written { return Written{Stream: stream, Data: []byte(text)} }

// foldOutputs returns what a run that wrote that is left with.
func foldOutputs(outputs []Written) ([]Written, LeftOut) {
	var f outputFold
	for _, w := range outputs {
		f.add(w)
	}
	return f.result()
}

func TestLeftOut(t *testing.T) {
	xs := func(stream Stream, n int) Written { return written(stream, strings.Repeat("x", n)) }
	pieces := func(n int) (list []Written) {
		for i := range n {
			list = append(list, xs([]Stream{Stdout, Stderr}[i%2], 1))
		}
		return list
	}
	tests := []struct {
		name string
		in   []Written
		want string // sizes of the pieces; bars stand for what is left out
	}{
		{"nothing", nil, ""},
		{"little", []Written{xs(Stdout, 10), xs(Stderr, 5)}, "stdout 10, stderr 5"},
		{"joined", []Written{xs(Stdout, 10), xs(Stdout, 5)}, "stdout 15"},
		{"as much as fits", []Written{xs(Stdout, maxHead+maxTail)}, "stdout 1114112"},
		{"one byte more", []Written{xs(Stdout, maxHead), xs(Stdout, maxTail+1)}, "stdout 1048576, |1|, stdout 65536"},
		{"in three pieces", []Written{xs(Stdout, maxHead+1), xs(Stdout, maxTail), xs(Stdout, 99)}, "stdout 1048576, |100|, stdout 65536"},
		{
			"the cut lies in the middle",
			[]Written{xs(Stdout, maxHead/2), xs(Stderr, maxHead), xs(Stdout, maxTail/2)},
			"stdout 524288, stderr 524288, |491520|, stderr 32768, stdout 32768",
		},
		{
			"a piece falls out whole",
			[]Written{xs(Stdout, maxHead), xs(Stderr, 100), xs(Stdout, maxTail)},
			"stdout 1048576, |100|, stdout 65536",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, out := foldOutputs(test.in)
			var words []string
			for i, w := range got {
				if i == out.Index && out.Bytes > 0 {
					words = append(words, fmt.Sprintf("|%d|", out.Bytes))
				}
				words = append(words, fmt.Sprintf("%s %d", w.Stream, len(w.Data)))
			}
			if diff := cmp.Diff(test.want, strings.Join(words, ", ")); diff != "" {
				t.Errorf("wanted -, got +:\n%s", diff)
			}
		})
	}
	if got, out := foldOutputs(pieces(headPiece + tailPiece)); len(got) != headPiece+tailPiece || out.Bytes != 0 {
		t.Errorf("%d pieces, %+v", len(got), out)
	}
	if got, out := foldOutputs(pieces(3 * (headPiece + tailPiece))); len(got) != headPiece+tailPiece || out.Index != headPiece || out.Bytes != 2*(headPiece+tailPiece) {
		t.Errorf("%d pieces, %+v", len(got), out)
	}
}

// However the output comes, its start and its end are kept, and nothing else
// is missing than what is counted.
func TestLeftOutCounts(t *testing.T) {
	err := quick.Check(func(sizes []uint16, stderr []bool) bool {
		var all string
		var in []Written
		for i, n := range append(sizes, 40_000, 40_000) {
			text := strings.Repeat(fmt.Sprintf("%d\n", i), int(n)/2)
			stream := Stdout
			if i < len(stderr) && stderr[i] {
				stream = Stderr
			}
			all += text
			in = append(in, written(stream, text))
		}
		got, out := foldOutputs(in)
		var head, tail string
		for i, w := range got {
			if i < out.Index {
				head += string(w.Data)
			} else {
				tail += string(w.Data)
			}
		}
		left := all[len(head) : len(all)-len(tail)]
		return strings.HasPrefix(all, head) && strings.HasSuffix(all, tail) && int64(len(left)) == out.Bytes &&
			!slices.ContainsFunc(got, func(w Written) bool { return len(w.Data) == 0 }) && len(all)-len(left) <= maxHead+maxTail
	}, nil)
	if err != nil {
		t.Error(err)
	}
}

// Every line has the time and the goroutine of the write in which it began.
func TestOutputLines(t *testing.T) {
	var f outputFold
	for i, w := range []Written{
		written(Stdout, "one\ntw"), written(Stdout, "o\n"), written(Stderr, "three"), written(Stdout, "\nfive\n"), written(Stdout, ""),
		{Stream: Stdout, Data: []byte("late\n"), Late: true},
	} {
		w.At, w.Goroutine = time.Duration(i), int64(10+i)
		f.add(w)
	}
	outputs, _ := f.result()
	var got []string
	for _, l := range f.lines {
		text, _, _ := strings.Cut(string(outputs[l.Output].Data[l.Offset:]), "\n")
		got = append(got, fmt.Sprintf("%s at %d by %d", text, l.At, l.Goroutine))
	}
	want := []string{"one at 0 by 10", "two at 0 by 10", "three at 2 by 12", " at 3 by 13", "five at 3 by 13", "late at 5 by 15"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("wanted -, got +:\n%s", diff)
	}
}

func TestOutputLinesAreBounded(t *testing.T) {
	var f outputFold
	for range 10 {
		f.add(written(Stdout, strings.Repeat("x\n", maxHead/10)))
	}
	if len(f.lines) != maxLines {
		t.Errorf("%d lines", len(f.lines))
	}
}
