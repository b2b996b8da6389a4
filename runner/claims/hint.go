package claims

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"notebook"
)

// meant holds the functions that are often looked for by another name.
var meant = map[string]string{
	"time": "wall", "duration": "wall", "elapsed": "wall", "took": "wall",
	"always": "every", "sometimes": "some", "threads": "cores", "stdout": "output", "result": "value",
}

// units holds other names of the units of durations.
var units = map[string]string{
	"nsec": "ns", "usec": "us", "msec": "ms", "millis": "ms", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
	"min": "m", "mins": "m", "minute": "m", "minutes": "m", "hour": "h", "hours": "h",
}

// nearestFunction returns the hint of a function that there is not.
func nearestFunction(name string) string {
	if other := meant[strings.ToLower(name)]; other != "" {
		return "did you mean " + other + "?"
	}
	return notebook.DidYouMean(name, functionNames())
}

var (
	numberBefore  = regexp.MustCompile(`([0-9.]+)\s*$`)
	percentBefore = regexp.MustCompile(`([0-9.]+)\s*%\s*$`)
	numberAndUnit = regexp.MustCompile(`[0-9.]+\pL+`)
)

// slip returns what helps against a slip that is easily made. The message of
// the error is about what stands at that offset of the author's text.
func (t text) slip(message string, offset int) string {
	before, rest := t.source[:offset], t.source[offset:]
	if word, ok := strings.CutPrefix(message, "unexpected "); ok {
		if m := percentBefore.FindStringSubmatch(before + strings.TrimSuffix(rest, strings.TrimLeft(rest, "%"))); m != nil {
			share, _ := strconv.ParseFloat(m[1], 64)
			return "write a share of 1: " + strconv.FormatFloat(share/100, 'g', 6, 64)
		}
		if m := numberBefore.FindStringSubmatch(before); m != nil && isUnit(word) {
			return "no space: " + m[1] + cmp.Or(units[word], word)
		}
		return unexpected(word, rest)
	}
	if strings.HasPrefix(message, "number and text do not") || strings.HasPrefix(message, "text and number do not") {
		return "write numbers and times without quotes, and texts with them"
	}
	return ""
}

// badNumber returns the error of a number with letters behind it that are no
// unit; nil where there is none at that offset.
func (t text) badNumber(offset int) *Error {
	for _, at := range numberAndUnit.FindAllStringIndex(t.source, -1) {
		if offset < at[0] || offset > at[1] {
			continue
		}
		number := t.source[at[0]:at[1]]
		e := &Error{Offset: at[0], Message: number + " is no number", Hint: "the units are ns, us, ms, s, m and h"}
		digits := strings.TrimRightFunc(number, unicode.IsLetter)
		if unit := units[number[len(digits):]]; unit != "" {
			e.Hint = "write " + digits + unit
		}
		return e
	}
	return nil
}

// unexpected returns what helps where an operator is not known.
func unexpected(word, rest string) string {
	switch {
	case word == "=" && strings.HasPrefix(rest, "=>"):
		return "write >= to compare"
	case word == "=":
		return "write == to compare"
	case word == "&":
		return "write and"
	}
	return ""
}

// isUnit reports whether a word is a unit of durations, or another name of one.
func isUnit(word string) bool {
	_, err := time.ParseDuration("1" + word)
	return err == nil || units[word] != ""
}
