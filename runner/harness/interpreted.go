package harness

import (
	"slices"
	"strconv"
	"strings"
)

// The keys of the goroutine labels by which interpreted code tells where it is,
// since a dump shows the frames of the interpreter: a function and a position
// such as "main.worker note.md:7", and the position of the go statement that
// started the goroutine.
const (
	PlaceLabel = "note at"
	StartLabel = "note started at"
)

// interpreter begins the names of the interpreter's functions.
const interpreter = "github.com/traefik/yaegi/interp."

// interpret adds the frames of interpreted code that the labels tell; how many
// frames of the interpreter are not shown says nothing about the code. Labels
// are inherited: where no function of the interpreter runs, or another one
// started the goroutine, they are about a goroutine before it.
func (g *goroutine) interpret() {
	i := slices.IndexFunc(g.frames, frame.interprets)
	if i < 0 {
		if slices.ContainsFunc(g.frames, frame.isCode) {
			return
		}
		i = len(g.frames) // Go could not walk its stack
	}
	labels := parseLabels(g.labels)
	if function, position, ok := strings.Cut(labels[PlaceLabel], " "); ok {
		if f, ok := newFrame(function, position); ok {
			g.frames = slices.DeleteFunc(slices.Insert(g.frames, i, f), frame.isElided)
		}
	}
	if f, ok := newFrame("", labels[StartLabel]); ok && g.created.interprets() {
		g.created = f
	}
}

// interprets reports whether the frame is of the interpreter.
func (f frame) interprets() bool { return strings.HasPrefix(f.function, interpreter) }

// isCode reports whether the frame is not of the runtime alone, as all are that
// Go shows of a goroutine on another thread, or in the race detector.
func (f frame) isCode() bool {
	return f.function != "racecall" && !strings.HasPrefix(f.function, "runtime.")
}

// isElided reports whether the frame stands for some that Go does not show.
func (f frame) isElided() bool { return f.elided != "" }

// parseLabels reads the labels of a goroutine in the form `"a": "b", "c": "d"}`.
func parseLabels(text string) map[string]string {
	labels := map[string]string{}
	for {
		key, rest, ok := cutQuoted(text, ": ")
		if !ok {
			return labels
		}
		value, rest, ok := cutQuoted(rest, "")
		if !ok {
			return labels
		}
		labels[key] = value
		text = strings.TrimPrefix(rest, ", ")
	}
}

// cutQuoted cuts a quoted string and what follows it from a text.
func cutQuoted(text, separator string) (value, rest string, ok bool) {
	quoted, err := strconv.QuotedPrefix(text)
	if err != nil {
		return "", "", false
	}
	value, err = strconv.Unquote(quoted)
	rest, found := strings.CutPrefix(text[len(quoted):], separator)
	return value, rest, err == nil && found
}
