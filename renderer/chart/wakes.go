package chart

import (
	"cmp"
	"slices"
	"time"

	"notebook"
	"notebook/renderer/internal/format"
)

// wakes draws an arrow where one goroutine made another one ready.
func (p *timeline) wakes() {
	drawn := p.drawnWakes()
	if len(drawn) == 0 {
		return
	}
	p.open("g", "class", "wakes", "marker-end", "url(#"+p.o.ID+":arrow)")
	for _, w := range drawn {
		from, to := p.lane(w.From), p.lane(w.To)
		x, y := percent(p.at(w.At)), to.top
		if from.top > to.top {
			y = to.top + to.height
		}
		p.open("line", "x1", x, "x2", x, "y1", num(from.middle()), "y2", num(y), "data-line", number(p.wakeLine(w)))
		if p.titles {
			p.element("title", p.wakeWords(w, from.name, to.name))
		}
		p.end("line")
	}
	p.end("g")
}

// arrowGaps is how many arrows from one lane to another one find room beside
// each other.
const arrowGaps = 100

// apart leaves out wakes between the same two goroutines that follow each other
// too soon on an axis of a length: their arrows would be a blot.
func apart(list []notebook.Wake, span time.Duration) []notebook.Wake {
	type pair struct{ from, to int64 }
	gap := span / arrowGaps
	last := map[pair]time.Duration{}
	return slices.DeleteFunc(list, func(w notebook.Wake) bool {
		key := pair{w.From, w.To}
		if at, ok := last[key]; ok && w.At-at < gap {
			return true
		}
		last[key] = w.At
		return false
	})
}

// drawnWakes returns the wakes between lanes of the picture that find room; of
// too many, some at equal distances.
func (p *timeline) drawnWakes() []notebook.Wake {
	if p.compact || p.detail.wakes == 0 {
		return nil
	}
	var list []notebook.Wake
	for _, w := range p.t.Wakes {
		if w.From != w.To && p.lane(w.From) != nil && p.lane(w.To) != nil {
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b notebook.Wake) int { return cmp.Compare(a.At, b.At) })
	list = apart(list, p.span)
	if len(list) <= p.detail.wakes {
		return list
	}
	some := make([]notebook.Wake, p.detail.wakes)
	for i := range some {
		some[i] = list[i*len(list)/len(some)]
	}
	return some
}

func (p *timeline) wakeLine(w notebook.Wake) int {
	if !p.lines {
		return 0
	}
	return p.o.place(w.Line).Line
}

var wakeWords = map[notebook.WakeKind]string{
	notebook.BySend:    "a send by ",
	notebook.ByReceive: "a receive by ",
	notebook.ByClose:   "a close by ",
	notebook.BySelect:  "a select of ",
	notebook.ByUnlock:  "an unlock by ",
	notebook.ByDone:    "the last Done by ",
	notebook.BySignal:  "a signal by ",
}

func (p *timeline) wakeWords(w notebook.Wake, from, to string) string {
	words := wakeWords[w.Kind] + from
	if place := p.o.place(w.Line).Words; place != "" {
		words += " at " + place
	}
	return words + " woke " + to + " at " + format.Duration(p.within(w.At))
}
