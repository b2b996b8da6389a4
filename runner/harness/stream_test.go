package harness

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/runner/harness/inside"
)

// chunks cuts data into pieces whose sizes the bytes of sizes give.
func chunks(data, sizes []byte) [][]byte {
	var all [][]byte
	for i := 0; len(data) > 0; i++ {
		n := len(data)
		if i < len(sizes) {
			n = min(n, 1+int(sizes[i]))
		}
		all, data = append(all, data[:n]), data[n:]
	}
	return all
}

const testNonce = "0123456789abcdef0123456789abcdef"

// pieces runs data through a cutter and joins adjacent output.
func pieces(data, sizes []byte) []string {
	var all []string
	text := ""
	flush := func() {
		if text != "" {
			all = append(all, fmt.Sprintf("%q", text))
		}
		text = ""
	}
	c := newCutter(testNonce)
	for _, chunk := range chunks(data, sizes) {
		c.cut(bytes.Clone(chunk), func(p piece) {
			if p.kind == 0 {
				text += string(p.data)
				return
			}
			flush()
			all = append(all, fmt.Sprintf("%c%d", p.kind, p.run))
		})
	}
	text += string(c.rest())
	flush()
	return all
}

func TestCutter(t *testing.T) {
	begin := string(inside.Marker(testNonce, inside.KindBegin, 1))
	end := string(inside.Marker(testNonce, inside.KindEnd, 0xabcdef01))
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"plain", []string{`"plain"`}},
		{begin + end, []string{"b1", "e2882400001"}},
		{"a" + begin + "b\x00c" + end + "d", []string{`"a"`, "b1", `"b\x00c"`, "e2882400001", `"d"`}},
		{"a" + begin[:10], []string{fmt.Sprintf("%q", "a"+begin[:10])}},
		{begin[:inside.MarkerSize-1] + "z" + end, []string{fmt.Sprintf("%q", begin[:inside.MarkerSize-1]+"z"), "e2882400001"}},
		{"\x00\x00" + begin, []string{`"\x00\x00"`, "b1"}},
	}
	for _, tt := range tests {
		for size := range 50 {
			sizes := bytes.Repeat([]byte{byte(size)}, len(tt.in))
			if diff := cmp.Diff(tt.want, pieces([]byte(tt.in), sizes)); diff != "" {
				t.Errorf("%q in pieces of %d (-want +got):\n%s", tt.in, size+1, diff)
			}
		}
	}
}

func TestCutterWithoutMarkers(t *testing.T) {
	c := newCutter("")
	var got []byte
	for _, chunk := range []string{"a\x00", "\x00b", ""} {
		c.cut([]byte(chunk), func(p piece) { got = append(got, p.data...) })
	}
	if string(got) != "a\x00\x00b" || c.rest() != nil {
		t.Errorf("got %q", got)
	}
}

// How the bytes of a stream are cut does not change what is found in it, and no
// byte is lost.
func FuzzCutter(f *testing.F) {
	marker := inside.Marker(testNonce, inside.KindBegin, 7)
	f.Add(append(append([]byte("out"), marker...), "put\x00"...), []byte{1, 2, 3})
	f.Add(marker[:40], []byte{0})
	f.Fuzz(func(t *testing.T, data, sizes []byte) {
		data = bytes.ReplaceAll(data, []byte("M"), marker)
		if diff := cmp.Diff(pieces(data, nil), pieces(data, sizes)); diff != "" {
			t.Errorf("whole and in pieces differ:\n%s", diff)
		}
	})
}

// written runs data through an output and returns what the sink gets.
func written(t *testing.T, data, sizes []byte) (text []byte) {
	o := newOutput(testNames)
	o.sink = func(e notebook.Event) error {
		w := e.Body.(notebook.Written)
		if len(w.Data) == 0 || len(w.Data) > maxChunk {
			t.Errorf("an event of %d bytes", len(w.Data))
		}
		text = append(text, w.Data...)
		return nil
	}
	r := &run{label: "cell", began: time.Now(), limit: DefaultMaxOutput}
	for i, chunk := range chunks(data, sizes) {
		o.add(origin{run: r, stream: notebook.Stdout}, 0, bytes.Clone(chunk))
		if i%3 == 0 {
			o.flush()
		}
	}
	o.finish()
	return text
}

var testNames = newNames(map[string]string{"cellǃ3": "cell", "Pointǃ5": "Point", "Pointǃ51": "Point", "initǃ1_2": "init"})

// How output is cut does not change it, and only generated names are changed.
func FuzzOutput(f *testing.F) {
	f.Add([]byte("main.M{} Poin ä€\xff\xf0\x9f"), []byte{0, 1})
	f.Add([]byte("cellMǃ1234567890ǃǃ1"), []byte{1, 2, 3})
	f.Fuzz(func(t *testing.T, data, sizes []byte) {
		plain := bytes.ReplaceAll(data, []byte(mark), nil)
		data = bytes.ReplaceAll(plain, []byte("M"), []byte(" Pointǃ5 "))
		want := bytes.ReplaceAll(plain, []byte("M"), []byte(" Point "))
		for _, got := range [][]byte{written(t, data, nil), written(t, data, sizes)} {
			if !bytes.Equal(got, want) {
				t.Errorf("%q became %q", data, got)
			}
		}
	})
}

func TestCleanNames(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"main.Pointǃ5":              "main.Point",
		"[]main.Pointǃ51{initǃ1_2}": "[]main.Point{init}",
		"Pointǃ6 ǃ5 ǃ":              "Pointǃ6 ǃ5 ǃ", // the author's own
		"cellǃ3.func1 in nbǃ.Go":    "cell.func1 in nbǃ.Go",
		"\xc7\x83\x35\xff":          "\xc7\x83\x35\xff",
	} {
		if got := testNames.text(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// An event never ends within a character while more comes.
func TestOutputKeepsCharacters(t *testing.T) {
	text := []byte(strings.Repeat("aä€😀", 30_000))
	o := newOutput(testNames)
	var got []byte
	o.sink = func(e notebook.Event) error {
		data := e.Body.(notebook.Written).Data
		if !utf8.Valid(data) {
			t.Errorf("an event of %d bytes is no text", len(data))
		}
		got = append(got, data...)
		return nil
	}
	r := &run{limit: DefaultMaxOutput}
	for _, chunk := range chunks(text, bytes.Repeat([]byte{100, 6, 255}, len(text))) {
		o.add(origin{run: r, stream: notebook.Stdout}, 0, chunk)
		o.flush()
	}
	o.finish()
	if !bytes.Equal(got, text) {
		t.Error("the text changed")
	}
}

func TestOutputOrder(t *testing.T) {
	a, b := &run{label: "a", limit: DefaultMaxOutput}, &run{label: "b", limit: DefaultMaxOutput}
	o := newOutput(testNames)
	var got []string
	o.sink = func(e notebook.Event) error {
		w := e.Body.(notebook.Written)
		got = append(got, fmt.Sprintf("%s %s %q late=%v at=%v", e.Cell, w.Stream, w.Data, w.Late, w.At))
		return nil
	}
	add := func(from origin, at time.Duration, text string) { o.add(from, at, []byte(text)) }
	out, errs := origin{run: b, stream: notebook.Stdout}, origin{run: b, stream: notebook.Stderr}
	late := origin{run: a, stream: notebook.Stdout, late: true}
	add(out, 1, "one ")
	add(out, 2, "two\n\xe2\x82")
	add(errs, 3, "three\n")
	add(out, 4, "\xac\n") // the end of the character
	add(late, 5, "\xe2")
	add(out, 6, "four\n")
	o.finish()
	want := []string{
		`b stdout "one two\n" late=false at=1ns`,
		`b stderr "three\n" late=false at=3ns`,
		`b stdout "€\n" late=false at=2ns`,
		`a stdout "\xe2" late=true at=5ns`,
		`b stdout "four\n" late=false at=6ns`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func TestOutputSinkFails(t *testing.T) {
	o, failure, calls := newOutput(names{}), errors.New("full"), 0
	o.sink = func(notebook.Event) error { calls++; return failure }
	r := &run{limit: DefaultMaxOutput}
	for range 3 {
		o.add(origin{run: r, stream: notebook.Stdout}, 0, []byte("x"))
		o.flush()
	}
	if calls != 1 || !errors.Is(o.err, failure) {
		t.Errorf("%d calls, error %v", calls, o.err)
	}
}

func TestKeep(t *testing.T) {
	r := &run{limit: 100, kept: 97}
	if got := r.keep([]byte("12345")); string(got) != "123" || r.dropped != 2 || r.kept != 100 {
		t.Errorf("kept %q, dropped %d", got, r.dropped)
	}
	if got := r.keep([]byte("6")); len(got) != 0 || r.dropped != 3 {
		t.Errorf("kept %q, dropped %d", got, r.dropped)
	}
}

func TestHeld(t *testing.T) {
	tests := []struct {
		name       string
		in         []string
		out, after string // passed on at once, and by release
	}{
		{"nothing", nil, "", ""},
		{"output", []string{"a\n", "pan", "ic\n"}, "a\npanic\n", ""},
		{"report", []string{"a\npanic: x", "\nmore\n"}, "a\n", "panic: x\nmore\n"},
		{"cut header", []string{"a fatal", " error", ": x\n"}, "a ", "fatal error: x\n"},
		{"end of a header", []string{"SIGQUIT:"}, "", "SIGQUIT:"},
		{"two beginnings", []string{"runtimruntime: x"}, "runtim", "runtime: x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var h held
			var out []byte
			for _, in := range tt.in {
				out = append(out, h.add([]byte(in))...)
			}
			if after := h.release(); string(out) != tt.out || string(after) != tt.after {
				t.Errorf("passed on %q and %q, want %q and %q", out, after, tt.out, tt.after)
			}
		})
	}
}

// What is held back is bounded: what is no dump passes, a dump is cut.
func TestHeldIsBounded(t *testing.T) {
	block := bytes.Repeat([]byte("x\n"), 1<<19)
	for _, tt := range []struct {
		head    string
		dropped bool
	}{{"panic: x\n", false}, {"panic: x\n\ngoroutine 1 [running]:\n", true}} {
		var h held
		total := len(h.add([]byte(tt.head)))
		for range 20 {
			total += len(h.add(bytes.Clone(block)))
			if len(h.text) > maxHeld {
				t.Fatalf("%d bytes held", len(h.text))
			}
		}
		total += len(h.release())
		if all := len(tt.head) + 20*len(block); total+int(h.dropped) != all || (h.dropped > 0) != tt.dropped {
			t.Errorf("%q: %d passed, %d dropped of %d bytes", tt.head, total, h.dropped, all)
		}
	}
}

// encode returns the frame of a message, or several when it is long.
func encode(kind byte, payload []byte) []byte {
	var out []byte
	for {
		n := min(len(payload), inside.MaxFrame-inside.FrameHeader)
		more := byte(0)
		if n < len(payload) {
			more = 1
		}
		out = append(binary.LittleEndian.AppendUint16(append(out, kind, more), uint16(n)), payload[:n]...)
		if payload = payload[n:]; more == 0 {
			return out
		}
	}
}

func TestDecoder(t *testing.T) {
	long := bytes.Repeat([]byte("long "), 2000)
	display := encode(inside.KindDisplay, long)
	output := encode(inside.KindOutput, []byte("output"))
	first := inside.MaxFrame
	in := append(append(append([]byte{}, display[:first]...), output...), display[first:]...)
	d := newDecoder(bytes.NewReader(append(in, output[:5]...)))
	for _, want := range []message{{inside.KindOutput, []byte("output")}, {inside.KindDisplay, long}} {
		got, err := d.next()
		if err != nil || got.kind != want.kind || !bytes.Equal(got.payload, want.payload) {
			t.Errorf("got %c with %d bytes, %v", got.kind, len(got.payload), err)
		}
	}
	if _, err := d.next(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
}

func FuzzDecoder(f *testing.F) {
	f.Add(encode(inside.KindEnd, []byte{1, 2, 3, 4, 5, 6, 2, 'o', 'k', 0, 0, 0}))
	f.Add(encode(inside.KindDisplay, bytes.Repeat([]byte("x"), 5000)))
	f.Add([]byte("no frame"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := newDecoder(bytes.NewReader(data))
		total := 0
		for {
			m, err := d.next()
			if err != nil {
				if !errors.Is(err, io.EOF) && !errors.Is(err, errFrames) {
					t.Fatalf("error %v", err)
				}
				return
			}
			if total += len(m.payload); total > len(data) {
				t.Fatalf("%d bytes from %d", total, len(data))
			}
			if e, err := decodeEnd(m.payload); err == nil && len(e.Message) > len(m.payload) {
				t.Fatal("a message longer than its frame")
			}
			p := payload{rest: m.payload}
			_, _, _ = p.number(), p.byte(), p.text()
		}
	})
}
