package xray

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"notebook"
)

// A detail is how much a timeline tells of what there can be much of.
type detail struct {
	pixel   time.Duration // what is shorter is merged
	steps   int           // of the strip
	wakes   int
	spans   int // of the garbage collector
	marks   int // regions, and messages, of all goroutines
	columns int // of groups
}

// pixelOf returns the shortest time that can be seen in a picture of so much
// time: pictures are less than 2000 pixels wide.
func pixelOf(wall time.Duration) time.Duration { return max(wall/2000, 1) }

func finest(recorded time.Duration) detail {
	return detail{pixel: pixelOf(recorded), steps: 240, wakes: 80, spans: 60, marks: 60, columns: 240}
}

// coarser tells a third less of everything.
func (d detail) coarser() detail {
	less := func(n int) int { return max(n*2/3, 5) }
	return detail{wider(d.pixel), less(d.steps), less(d.wakes), less(d.spans), less(d.marks), less(d.columns)}
}

func wider(pixel time.Duration) time.Duration { return pixel + pixel/2 + 1 }

// fit gives the timeline lanes in as much detail as there is room for, or
// groups: where there are too many goroutines, or where so little of each
// could be shown that lanes would tell less.
func (r *recording) fit() {
	if len(r.goroutines) <= maxLanes && r.fitLanes() {
		return
	}
	r.timeline.Lanes, r.timeline.Wakes = nil, nil
	parts := r.parts()
	d := finest(r.end)
	for r.showGroups(parts, d); !r.fits() && d.columns > d.coarser().columns; r.showGroups(parts, d) {
		d = d.coarser()
	}
}

// fitLanes reports whether there is room for lanes. First slices become
// coarser, to a hundredth of the time that was recorded, then all the rest too.
func (r *recording) fitLanes() bool {
	recorded := r.end
	lanes := r.lanes(r.timeline.Cut > 0)
	merged := make([][]segment, len(lanes))
	if len(r.wakes) > maxKept/8 { // the last ones have not been thinned out yet
		r.wakes = thinByTime(r.wakes, recorded, maxKept/8)
	}
	for d := finest(recorded); d.pixel <= max(recorded/16, 1); {
		if r.mergeLanes(merged, d.pixel) <= MaxJSON {
			if r.showLanes(slices.Clone(lanes), merged, d); r.fits() {
				return true
			}
		}
		if d.pixel < recorded/100 {
			d.pixel = wider(d.pixel)
		} else {
			d = d.coarser()
		}
	}
	return false
}

// mergeLanes merges the segments of each goroutine and returns about how many
// bytes they take.
func (r *recording) mergeLanes(merged [][]segment, pixel time.Duration) int {
	size := 0
	number := len(strconv.FormatInt(int64(r.timeline.Wall), 10))
	for i, g := range r.goroutines {
		merged[i] = merge(append(merged[i][:0], g.segments...), pixel)
		for j := range merged[i] {
			size += number + len(stateNames[merged[i][j].state()]) + len(`[,"",1],`)
		}
	}
	return size
}

func (r *recording) showLanes(lanes []notebook.Lane, merged [][]segment, d detail) {
	for i := range lanes {
		lanes[i].Slices = make([]notebook.Slice, len(merged[i]))
		for j := range merged[i] {
			lanes[i].Slices[j] = merged[i][j].slice()
		}
	}
	fewerMarks(lanes, d.marks)
	r.timeline.Lanes = lanes
	r.timeline.Wakes = nil
	for _, w := range thin(r.wakes, d.wakes) {
		r.timeline.Wakes = append(r.timeline.Wakes, w.Wake)
	}
	r.showCommon(d)
}

// fits reports whether the timeline is small enough.
func (r *recording) fits() bool {
	data, err := json.Marshal(r.timeline)
	return err == nil && len(data) <= MaxJSON
}

// showCommon shows what lanes and groups have in common.
func (r *recording) showCommon(d detail) {
	t := &r.timeline
	r.strip.pixel = max(r.strip.pixel, d.pixel)
	t.Running = mergeSteps(nil, r.strip.steps, r.end, r.strip.pixel)
	for len(t.Running) > d.steps {
		r.strip.pixel = wider(r.strip.pixel)
		t.Running = mergeSteps(t.Running[:0], r.strip.steps, r.end, r.strip.pixel)
	}
	t.GC = mergeSpans(t.GC, d.spans)
}

// mergeSpans joins spans that are close to one another until there are at most
// n, in place.
func mergeSpans(spans []notebook.Span, n int) []notebook.Span {
	if len(spans) <= n {
		return spans
	}
	gaps := make([]time.Duration, 0, len(spans))
	for i := range spans[1:] {
		gaps = append(gaps, spans[i+1].Start-spans[i].End)
	}
	slices.Sort(gaps)
	limit := gaps[len(spans)-n-1]
	out := spans[:1]
	for _, s := range spans[1:] {
		if last := &out[len(out)-1]; s.Start-last.End <= limit {
			last.End = s.End
		} else {
			out = append(out, s)
		}
	}
	return out
}

// fewerMarks leaves the n longest regions of all lanes, and n messages.
func fewerMarks(lanes []notebook.Lane, n int) {
	var lengths []time.Duration
	logs := 0
	for _, l := range lanes {
		for _, r := range l.Regions {
			lengths = append(lengths, r.End-r.Start)
		}
		logs += len(l.Logs)
	}
	slices.SortFunc(lengths, func(a, b time.Duration) int { return cmp.Compare(b, a) })
	for i := range lanes {
		if len(lengths) > n {
			lanes[i].Regions = longer(lanes[i].Regions, lengths[n])
		}
		if logs > n {
			lanes[i].Logs = lanes[i].Logs[:len(lanes[i].Logs)*n/logs]
		}
	}
}

// longer returns the regions that last longer than d.
func longer(regions []notebook.Region, d time.Duration) []notebook.Region {
	var out []notebook.Region
	for _, r := range regions {
		if r.End-r.Start > d {
			out = append(out, r)
		}
	}
	return out
}
