package claims

import (
	"cmp"
	"regexp"
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
	near := cmp.Or(meant[strings.ToLower(name)], notebook.NearestName(strings.ToLower(name), functionNames()))
	if near != "" {
		return "did you mean " + near + "?"
	}
	return "there are " + strings.Join(notebook.MeasuringFunctions(), ", ") +
		", and functions that compute, as len and max; what a function of Go gives has to be a variable"
}

var (
	numberAndUnit = regexp.MustCompile(`[0-9.]+\pL+`)
	identifier    = regexp.MustCompile(`^[\pL_][\pL_0-9]*$`)
)

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
		if unit := strings.ToLower(number[len(digits):]); isUnit(unit) {
			e.Hint = "write " + digits + cmp.Or(units[unit], unit)
		}
		return e
	}
	return nil
}

// isUnit reports whether a word is a unit of durations, or another name of one.
func isUnit(word string) bool {
	_, err := time.ParseDuration("1" + word)
	return err == nil || units[word] != ""
}
