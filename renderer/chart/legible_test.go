package chart_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"notebook"
	"notebook/renderer/chart"
)

const ms = time.Millisecond

// two returns a timeline of two goroutines of which the second one is in the
// given slices.
func two(wall time.Duration, list ...notebook.Slice) notebook.Timeline {
	return notebook.Timeline{Procs: 2, Wall: wall, Goroutines: 2, Lanes: []notebook.Lane{
		{ID: 1, Name: "cell", End: wall, Slices: []notebook.Slice{{End: wall, State: notebook.Sleeping, Proc: -1}}},
		{ID: 2, Name: "worker", End: wall, Slices: list},
	}}
}

// A goroutine that ran for a moment is to be seen in the small strip, and in the
// large one of a run that was long.
func TestShortTurns(t *testing.T) {
	tl := two(time.Second)
	for i := range 5000 {
		at := time.Duration(i) * time.Second / 5000
		tl.Running = append(tl.Running, notebook.Step{At: at, Count: 1}, notebook.Step{At: at + time.Microsecond})
	}
	small := chart.Strip(tl)
	large := chart.Timeline(tl, chart.Options{ID: "a"})
	for name, svg := range map[string]string{"small": small, "large": large} {
		area := regexp.MustCompile(`class="atonce" d="M0 ([0-9.]+)V([0-9.]+)`).FindStringSubmatch(svg)
		if area == nil || area[1] == area[2] {
			t.Errorf("%s: nothing is drawn of what ran: %q", name, area)
		}
	}
}

// The last point of time of an axis stands where it belongs: moved to the left,
// it touches the one before it on a phone.
func TestLastTick(t *testing.T) {
	svg := chart.Timeline(two(82*ms), chart.Options{ID: "a"})
	if !strings.Contains(svg, `<text x="97.56%"`) || strings.Contains(svg, `class="last"`) {
		t.Errorf("the last point of time is not in the middle of its label:\n%s", svg)
	}
}

// A legend explains what a reader can see. A wait that is narrower than a pixel,
// or a merged stretch that looks like a short turn, would be looked for in vain.
func TestLegendOfWhatIsSeen(t *testing.T) {
	tl := two(time.Second,
		notebook.Slice{Start: 0, End: ms, State: notebook.InSyscall, Proc: -1},
		notebook.Slice{Start: ms, End: 2 * ms, State: notebook.Waiting, Proc: -1, Mixed: ms / 2},
		notebook.Slice{Start: 2 * ms, End: 2*ms + 1000, State: notebook.Running, Proc: 1},
		notebook.Slice{Start: 2*ms + 1000, End: 400 * ms, State: notebook.Receiving, Proc: -1},
	)
	if got, want := keys(tl), []string{"running on processor P1", "waiting to receive", "asleep"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	tl.Lanes[1].Slices[0].End, tl.Lanes[1].Slices[1].Start, tl.Lanes[1].Slices[1].End = 100*ms, 100*ms, 200*ms
	tl.Lanes[1].Slices = tl.Lanes[1].Slices[:2]
	if got, want := keys(tl), []string{"in a system call", "asleep", "many short turns, as high as the share of time running"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func keys(tl notebook.Timeline) []string {
	var words []string
	for _, key := range chart.Legend(tl, chart.Options{ID: "a"}) {
		words = append(words, key.Words)
	}
	return words
}

// Arrows between the same two goroutines keep a distance, and the legend says
// that there were more.
func TestArrowsKeepTheirDistance(t *testing.T) {
	tl := two(time.Second)
	wake := func(at time.Duration, from, to int64) {
		tl.Wakes = append(tl.Wakes, notebook.Wake{At: at, From: from, To: to, Kind: notebook.BySend})
	}
	wake(100*ms, 1, 2)
	wake(101*ms, 2, 1)
	arrows := func() int {
		return strings.Count(chart.Timeline(tl, chart.Options{ID: "a"}), "</title></line>")
	}
	if n, k := arrows(), keys(tl); n != 2 || !slices.Contains(k, "woke another") {
		t.Errorf("of one arrow there and one back %d are drawn, %q", n, k)
	}
	for i := range 40 {
		wake(102*ms+time.Duration(i)*ms, 1, 2)
	}
	if n, k := arrows(), keys(tl); n != 6 || !slices.Contains(k, "woke another; some of many") {
		t.Errorf("%d arrows are drawn, want 6: one in 10 ms, and one back; %q", n, k)
	}
}

// Few thin lanes are higher than many.
func TestThinLanes(t *testing.T) {
	height := func(n int) string {
		tl := two(time.Second)
		for i := len(tl.Lanes); i < n; i++ {
			tl.Lanes = append(tl.Lanes, notebook.Lane{ID: int64(i + 1), End: time.Second})
		}
		return regexp.MustCompile(`height="([0-9.]+)"`).FindStringSubmatch(chart.Timeline(tl, chart.Options{ID: "a"}))[1]
	}
	for n, want := range map[int]string{17: "225", 40: "392", 120: "552"} {
		if got := height(n); got != want {
			t.Errorf("%d lanes are %s high, want %s", n, got, want)
		}
	}
}

// A goroutine that another cell's code started keeps its line beside the lane.
func TestShortNames(t *testing.T) {
	for name, want := range map[string]string{
		"cell 3, line 5 #1":           "cell 3, line 5 #1",
		"cell lost, line 5 #1":        "lost, line 5 #1",
		"cell together, line 12 #3":   "toge…r, line 12 #3",
		"cell all-at-once, line 5":    "all-at…nce, line 5",
		"Kitchen.cookAllTheDinner #2": "Kitchen.cook…er #2",
	} {
		tl := two(ms)
		tl.Lanes[1].Name = name
		svg := chart.Timeline(tl, chart.Options{ID: "a"})
		if !strings.Contains(svg, ">"+want+"<") {
			t.Errorf("%s: want %q in %s", name, want, svg[strings.Index(svg, `class="names"`):][:200])
		}
	}
}

// Bars of many short turns that touch share an outline, each as high as it was.
func TestColumnsThatTouch(t *testing.T) {
	var list []notebook.Slice
	for i, ran := range []time.Duration{50, 50, 100, 25} {
		at := time.Duration(i) * 100 * ms
		list = append(list, notebook.Slice{Start: at, End: at + 100*ms, State: notebook.Waiting, Proc: -1, Mixed: ran * ms})
	}
	list = append(list, notebook.Slice{Start: 500 * ms, End: time.Second, State: notebook.Waiting, Proc: -1, Mixed: 250 * ms})
	tl := two(time.Second, list...)
	for range 400 { // one element a line, not a slice
		tl.Lanes[0].Slices = append(tl.Lanes[0].Slices, notebook.Slice{Start: time.Second, End: time.Second})
	}
	svg := chart.Timeline(tl, chart.Options{ID: "a"})
	want := `d="M0 56V47H200V38H300V51.5H400V56zM500 56V47H1000V56z"`
	if !strings.Contains(svg, want) {
		t.Errorf("want %s in %s", want, svg)
	}
}
