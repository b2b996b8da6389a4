package chart

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"notebook"
	"notebook/renderer/internal/format"
)

// Options say how a picture is named and what its lines are called.
type Options struct {
	ID    string // begins the ids of the picture; must be unique on its page
	Title string
	// Span is the length of the time axis, for timelines on one scale; 0: that
	// of the timeline.
	Span time.Duration
	// AtOnce is how many goroutines running at once the strip has the height
	// for, for timelines on one scale; 0: GOMAXPROCS of the timeline.
	AtOnce int
	// Place tells where a line of the note stands on the page; nil: lines are
	// called by their number in the note and have no place on the page.
	Place func(line int) Place
}

// A Place is where a line of the note stands on the page. The zero value is a
// line that the page does not show.
type Place struct {
	Words string // "line 9", "cell 2, line 5"
	Line  int    // of the listing beside the picture; 0: not in it
}

func (o Options) place(line int) Place {
	switch {
	case line <= 0:
		return Place{}
	case o.Place == nil:
		return Place{Words: "line " + strconv.Itoa(line)}
	}
	return o.Place(line)
}

const (
	maxName  = 40 // characters of a name in words
	maxLabel = 18 // and of one beside a lane
)

// laneName returns the name of a lane. A name that is only the line of the go
// statement becomes the line as the page counts it.
func (o Options) laneName(l notebook.Lane) string {
	name := l.Name
	if rest, ok := strings.CutPrefix(name, "line "+strconv.Itoa(l.Line)); ok && (rest == "" || rest[0] == ' ') {
		if words := o.place(l.Line).Words; words != "" {
			name = words + rest
		}
	}
	if name == "" {
		name = "goroutine " + strconv.FormatInt(l.ID, 10)
	}
	return format.Shorten(name, maxName)
}

// shortName returns a name that fits beside a lane. Of "cell together, line 12
// #3" the line is kept.
func shortName(name string) string {
	const line = ", line "
	cell, rest, ok := strings.Cut(name, line)
	room := maxLabel - utf8.RuneCountInString(line+rest)
	if !ok || room < 3 || utf8.RuneCountInString(name) <= maxLabel {
		return format.Shorten(name, maxLabel)
	}
	return format.Shorten(strings.TrimPrefix(cell, "cell "), room) + line + rest
}

// Names returns what the lanes of a timeline are called, by the numbers of
// their goroutines.
func Names(t notebook.Timeline, o Options) map[int64]string {
	names := map[int64]string{}
	for _, l := range t.Lanes {
		names[l.ID] = o.laneName(l)
	}
	return names
}
