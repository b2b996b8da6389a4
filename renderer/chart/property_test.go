package chart_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"notebook"
	"notebook/renderer/chart"
)

var odd = []string{
	"", "worker", "line 3", `"><script>alert(1)</script>`, "</title></svg>", "&amp;", "\x00\x1b[31m\xff", "\u202egnp.exe\ufffe\uffff",
	strings.Repeat("long", 10_000), "url(#x)", "日本語の名前", "]]>", "<!--",
}

func anyOf[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// anyTime returns a time in the timeline, most of the time.
func anyTime(r *rand.Rand) time.Duration {
	switch r.IntN(40) {
	case 0:
		return math.MaxInt64
	case 1:
		return math.MinInt64
	case 2:
		return -time.Millisecond
	}
	return time.Duration(r.Int64N(int64(100 * time.Millisecond)))
}

var anyState = []notebook.State{
	notebook.Running, notebook.Running, notebook.Ready, notebook.Sending, notebook.Receiving, notebook.Selecting, notebook.Locking,
	notebook.WaitingAll, notebook.WaitingCond, notebook.Sleeping, notebook.Networking, notebook.InSyscall, notebook.Collecting,
	notebook.Waiting, `"><script>`,
}

// hostile returns a timeline that no run gives.
func hostile(r *rand.Rand) notebook.Timeline {
	sizes := []int{0, 1, 2, 16, 17, 120, 121, 1000}
	t := notebook.Timeline{
		Procs: anyOf(r, []int{-1, 0, 1, 2, 7, 64, math.MaxInt}), Wall: anyTime(r), Goroutines: anyOf(r, sizes), Cut: anyTime(r),
		Totals: map[notebook.State]time.Duration{},
	}
	for range r.IntN(10) {
		t.Totals[anyOf(r, anyState)] = anyTime(r)
	}
	for i := range anyOf(r, sizes) {
		t.Lanes = append(t.Lanes, hostileLane(r, i))
	}
	for range anyOf(r, sizes) {
		t.Wakes = append(t.Wakes, notebook.Wake{At: anyTime(r), From: r.Int64N(20), To: r.Int64N(20), Kind: notebook.WakeKind(anyOf(r, odd)), Line: r.IntN(50) - 5})
		t.GC = append(t.GC, notebook.Span{Start: anyTime(r), End: anyTime(r)})
		t.Running = append(t.Running, notebook.Step{At: anyTime(r), Count: r.IntN(100) - 10})
	}
	if r.IntN(3) == 0 {
		for range 1 + r.IntN(12) {
			t.Groups = append(t.Groups, hostileGroup(r))
		}
	}
	return t
}

func hostileLane(r *rand.Rand, i int) notebook.Lane {
	l := notebook.Lane{
		ID: int64(i), Parent: r.Int64N(20), Name: anyOf(r, odd), Line: r.IntN(50) - 5, Born: anyTime(r), End: anyTime(r), Alive: r.IntN(2) == 0,
	}
	at := time.Duration(0)
	for range anyOf(r, []int{0, 3, 30, 300}) {
		s := notebook.Slice{Start: at, End: at + time.Duration(r.Int64N(int64(time.Millisecond))), State: anyOf(r, anyState), Proc: r.IntN(20) - 2, Line: r.IntN(1000)}
		if r.IntN(20) == 0 {
			s.Start, s.End, s.Mixed = anyTime(r), anyTime(r), anyTime(r)
		}
		at = s.End
		l.Slices = append(l.Slices, s)
	}
	for range r.IntN(20) {
		l.Regions = append(l.Regions, notebook.Region{Name: anyOf(r, odd), Start: anyTime(r), End: anyTime(r)})
		l.Logs = append(l.Logs, notebook.LogEntry{At: anyTime(r), Text: anyOf(r, odd)})
	}
	return l
}

func hostileGroup(r *rand.Rand) notebook.Group {
	g := notebook.Group{Name: anyOf(r, odd), Line: r.IntN(50) - 5, Goroutines: r.IntN(10_000) - 5}
	for range r.IntN(8) {
		c := notebook.Columns{State: anyOf(r, anyState)}
		for range anyOf(r, []int{0, 1, 100, 5000}) {
			c.Counts = append(c.Counts, anyOf(r, []float64{0, 1, r.Float64() * 1000, -3, math.NaN(), math.Inf(1), math.MaxFloat64}))
		}
		g.Columns = append(g.Columns, c)
	}
	return g
}

// Whatever a stored stream holds, its picture is well-formed, inert, small and
// within its frame.
func TestHostileTimelines(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		line := hostile(r)
		o := chart.Options{ID: "cell-1:time", Title: anyOf(r, odd), Place: place}
		svg := chart.Timeline(line, o)
		checkPicture(t, svg)
		checkPicture(t, chart.Strip(line))
		for _, key := range chart.Legend(line, o) {
			checkPicture(t, key.Swatch)
		}
		said := strings.Join(chart.Sentences(notebook.Traced{Timeline: line, Cost: r.Float64(), Busy: true}, anyTime(r)), " ") + words(notebook.Traced{Timeline: line}, o)
		if strings.Contains(said, "NaN") || strings.Contains(said, "Inf") {
			t.Errorf("it says %q", said)
		}
		if svg != chart.Timeline(line, o) {
			t.Error("drawn twice, a timeline gives two pictures")
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestHostileNumbers(t *testing.T) {
	values := []float64{0, 1, -1, 2.5, 1e-9, 1e9, 1e300, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, math.SmallestNonzeroFloat64}
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		var bars []chart.Bar
		var points []chart.Point
		for range r.IntN(60) {
			bars = append(bars, chart.Bar{
				Label: anyOf(r, odd), Value: anyOf(r, values), Low: anyOf(r, values), High: anyOf(r, values), Text: anyOf(r, odd), Note: anyOf(r, odd),
			})
			points = append(points, chart.Point{X: anyOf(r, values), Value: anyOf(r, values), Low: anyOf(r, values), High: anyOf(r, values), Text: anyOf(r, odd)})
		}
		o := chart.AxisOptions{ID: "a", Title: anyOf(r, odd), Desc: anyOf(r, odd), Unit: chart.Unit(r.IntN(2))}
		checkPicture(t, chart.Bars(bars, o))
		checkPicture(t, chart.Curve(points, chart.CurveOptions{AxisOptions: o, XName: anyOf(r, odd), Ideal: anyOf(r, values)}))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// checkPicture wants well-formed XML with known elements and attributes, ids of
// the picture's own, and every coordinate within the frame.
func checkPicture(t *testing.T, svg string) {
	t.Helper()
	if len(svg) > chart.MaxSize {
		t.Errorf("%d bytes", len(svg))
	}
	decoder := xml.NewDecoder(strings.NewReader(svg))
	height := math.Inf(1)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("no XML: %v", err)
			return
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !strings.Contains(" svg title desc defs pattern marker path g line circle rect text ", " "+e.Name.Local+" ") {
			t.Errorf("element %s", e.Name.Local)
		}
		for _, a := range e.Attr {
			if e.Name.Local == "svg" && a.Name.Local == "height" && math.IsInf(height, 1) {
				height, _ = strconv.ParseFloat(a.Value, 64)
			}
			if problem := attrProblem(e.Name.Local, a, height); problem != "" {
				t.Errorf("%s %s: %.200s", e.Name.Local, problem, a.Value)
			}
		}
	}
}

var (
	numberText  = regexp.MustCompile(`^-?\d+(\.\d+)?%?$`)
	pathCommand = regexp.MustCompile(`[A-Za-z]|-?\d*\.?\d+`)
	classText   = regexp.MustCompile(`^[a-z0-9 -]+$`)
)

func attrProblem(element string, a xml.Attr, height float64) string {
	name := a.Name.Local
	switch name {
	case "class":
		if !classText.MatchString(a.Value) {
			return "has an odd class"
		}
	case "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "dx", "width", "height", "data-line":
		return numberProblem(name, a.Value, height)
	case "d":
		if element == "path" && !strings.Contains(a.Value, "m") {
			return pathProblem(a.Value, height)
		}
	case "id":
		if !strings.HasPrefix(a.Value, "cell-1:time:") && !strings.HasPrefix(a.Value, "a:") {
			return "has a foreign id"
		}
	case "role", "aria-labelledby", "aria-hidden", "viewBox", "preserveAspectRatio", "fill", "patternUnits", "patternTransform",
		"refX", "refY", "markerWidth", "markerHeight", "orient", "marker-end":
	default:
		return "has the attribute " + name
	}
	return ""
}

func numberProblem(name, text string, height float64) string {
	v, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil || !numberText.MatchString(text) {
		return name + " is no number"
	}
	vertical := strings.HasPrefix(name, "y") || name == "cy"
	switch {
	case strings.HasSuffix(text, "%") && (v < 0 || v > 100), vertical && (v < -0.1 || v > height+0.1):
		return name + " is outside"
	}
	return ""
}

// pathProblem follows a path of the commands M, H, V, L, h, v and z.
func pathProblem(d string, height float64) string {
	var x, y float64
	var command string
	var args []float64
	for _, part := range pathCommand.FindAllString(d, -1) {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil {
			command, args = part, nil
			continue
		}
		args = append(args, v)
		switch {
		case command == "M" || command == "L":
			if len(args)%2 == 0 {
				x, y = args[len(args)-2], args[len(args)-1]
			}
		case command == "H":
			x = v
		case command == "V":
			y = v
		case command == "h":
			x += v
		case command == "v":
			y += v
		default:
			return "has the command " + command
		}
		if x < -0.11 || x > 1000.11 || y < -0.11 || y > height+0.11 {
			return fmt.Sprintf("goes to %g,%g", x, y)
		}
	}
	return ""
}
