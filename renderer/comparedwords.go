package renderer

import (
	"fmt"
	"strings"

	"notebook"
	"notebook/renderer/internal/format"
)

// minRounds is how many rounds give an interval.
const minRounds = 6

// comparedSentences says what a comparison shows, the result first.
func comparedSentences(c notebook.Compared, quick bool) []string {
	var sentences []string
	switch {
	case len(c.Models) == 0:
		sentences = []string{"Nothing was compared."}
	case quick:
		sentences = []string{"One run each (--quick): no " + sought(c) + " is named."}
	case len(c.Noise) > 0:
		sentences = []string{noiseSentence(c)}
	case !enoughRuns(c):
		sentences = []string{tooFewSentence(c)}
	case c.Group == "":
		sentences = sweepSentences(c)
	default:
		sentences = []string{winnerSentence(c)}
	}
	for _, a := range c.Absent {
		sentences = append(sentences, fmt.Sprintf("%s is not part of it: %s.", a.Model, a.Reason))
	}
	return sentences
}

// enoughRuns reports whether every model has an interval.
func enoughRuns(c notebook.Compared) bool {
	for _, m := range c.Models {
		if !m.Wall.Bounded() {
			return false
		}
	}
	return true
}

// sought names what a comparison is to find.
func sought(c notebook.Compared) string {
	if c.Group == "" {
		return "speed-up"
	}
	return "winner"
}

func tooFewSentence(c notebook.Compared) string {
	few := "Too few runs for an interval, and so for a " + sought(c) + ": "
	rounds := format.Count(c.Rounds, "round")
	switch {
	case c.Rounds < c.Wanted:
		return fmt.Sprintf("%s%s fitted into the time for measuring, and %d are needed. Shorter cells would help, or repeat: %d, which allows for a minute.",
			few, rounds, minRounds, minRounds)
	case c.Wanted < minRounds:
		return fmt.Sprintf("%s%s were asked for, and %d are needed.", few, rounds, minRounds)
	}
	return fmt.Sprintf("%s%d of each have to end as expected.", few, minRounds)
}

// noiseSentence says why the times are not to be trusted.
func noiseSentence(c notebook.Compared) string {
	var signs []string
	for _, sign := range c.Noise {
		switch {
		case sign == notebook.NoisyControl && c.Control != nil && c.Control.Model < len(c.Models):
			signs = append(signs, fmt.Sprintf("%s compared with itself differed by a factor of %s", modelName(c, c.Control.Model), factor(c.Control.Quotient.Value)))
		case sign == notebook.NoisyWaiting:
			signs = append(signs, waitedWords(c))
		default:
			signs = append(signs, string(sign))
		}
	}
	return "The machine was noisy: " + format.List(signs) + ". These times are not to be trusted, and no " + sought(c) + " is named."
}

func waitedWords(c notebook.Compared) string {
	if c.Group == "" {
		return "most runs with each GOMAXPROCS waited for cores for more than 10 % of their time"
	}
	return "most runs of each model waited for cores for more than 10 % of their time"
}

// factor returns a quotient as a number above 1.
func factor(q float64) string {
	if q > 0 && q < 1 {
		q = 1 / q
	}
	return format.Digits(min(q, 999))
}

// winnerSentence names the fastest model, or says that none was shown to be.
func winnerSentence(c notebook.Compared) string {
	first := modelName(c, 0)
	switch w := c.Winner; {
	case w == 0:
		return firstWins(c)
	case w > 0 && w < len(c.Models):
		return fmt.Sprintf("%s is the fastest: %s.", modelName(c, w), asFastAs(c.Models[w], first))
	}
	var faster, slower []string
	for i, m := range c.Models {
		switch m.Relation {
		case notebook.RelationFaster:
			faster = append(faster, modelName(c, i))
		case notebook.RelationSlower:
			slower = append(slower, modelName(c, i))
		}
	}
	switch {
	case len(faster) > 0:
		return fmt.Sprintf("%s %s faster than %s; which one is the fastest was not shown.", format.List(faster), isAre(faster), first)
	case len(slower) > 0:
		return fmt.Sprintf("%s %s slower than %s; which one is the fastest was not shown.", format.List(slower), isAre(slower), first)
	}
	return fmt.Sprintf("No difference shown in %s each.", format.Count(c.Rounds, "run"))
}

// firstWins names the first model as the fastest, and says how much longer the
// next one takes.
func firstWins(c notebook.Compared) string {
	next, speedup := 0, notebook.Quotient{}
	for i, m := range c.Models {
		if i > 0 && m.Speedup.Bounded() && m.Speedup.Value > speedup.Value {
			next, speedup = i, m.Speedup
		}
	}
	words := modelName(c, 0) + " is the fastest"
	if next > 0 {
		words += fmt.Sprintf(": %s takes %s times as long (%s to %s)", modelName(c, next), inverse(speedup.Value), inverse(speedup.High), inverse(speedup.Low))
	}
	return words + "."
}

// inverse returns 1/q as digits.
func inverse(q float64) string { return format.Digits(min(1/q, 999)) }

func isAre(names []string) string {
	if len(names) == 1 {
		return "is"
	}
	return "are"
}

// asFastAs returns "4.92 times as fast as sequential (4.77 to 5.22)".
func asFastAs(m notebook.ComparedModel, first string) string {
	return fmt.Sprintf("%s times as fast as %s (%s to %s)", format.Digits(min(m.Speedup.Value, 999)), first,
		format.Digits(min(m.Speedup.Low, 999)), format.Digits(min(m.Speedup.High, 999)))
}

// sweepSentences says how a cell scales.
func sweepSentences(c notebook.Compared) []string {
	var sentences []string
	for i, m := range c.Models[1:] {
		name := modelName(c, i+1)
		switch m.Relation {
		case notebook.RelationFaster, notebook.RelationSlower:
			sentences = append(sentences, fmt.Sprintf("%s: %s.", name, asFastAs(m, fmt.Sprintf("with %d", c.Models[0].Procs))))
		default:
			sentences = append(sentences, fmt.Sprintf("%s: no difference from %d shown.", name, c.Models[0].Procs))
		}
	}
	if s := c.Serial; s != nil {
		sentences = append(sentences, serialSentence(*s))
	}
	return []string{strings.Join(sentences, " ")}
}

// serialSentence says how much of the work ran on one core alone.
func serialSentence(s notebook.Serial) string {
	where := fmt.Sprintf("(Karp and Flatt, at %s)", format.Count(s.Procs, "core"))
	if s.High <= 0 {
		return "The speed-up is more than the cores explain " + where + "."
	}
	return fmt.Sprintf("It scales as if %s (%s to %s) of the work had run on one core alone %s.",
		format.Percent(s.Share), format.Percent(s.Low), format.Percent(min(s.High, 1)), where)
}

// measuredWords says how a comparison was measured.
func measuredWords(c notebook.Compared, engine string) string {
	words := fmt.Sprintf("%s in turns", format.Count(c.Rounds, "round"))
	if c.Rounds < c.Wanted {
		words = fmt.Sprintf("%s of %s in turns", format.Number(c.Rounds), format.Count(c.Wanted, "round"))
	}
	if c.Cores > 0 {
		words += " on " + format.Count(c.Cores, "core")
	}
	if engine == string(notebook.Yaegi) {
		words += ", interpreted"
	}
	words += "; medians of wall times"
	if enoughRuns(c) {
		words += " with 95 % intervals"
	}
	if k := c.Control; k != nil && k.Model < len(c.Models) && k.Quotient.Value > 0 {
		words += fmt.Sprintf(". Control: %s against itself %s", modelName(c, k.Model), times2(k.Quotient.Value))
		if k.Quotient.Bounded() {
			words += fmt.Sprintf(" (%s to %s)", times2(k.Quotient.Low), times2(k.Quotient.High))
		}
		words += "; without noise 1×"
	}
	return words + "."
}
