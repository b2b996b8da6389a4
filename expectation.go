package notebook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Matches reports whether a run that ended with this outcome, exit code and
// problem message is what e expects.
func (e Expectation) Matches(outcome Outcome, exitCode int, message string) bool {
	return e.Verdict == "" && outcome == e.Outcome &&
		(e.Code == nil || *e.Code == exitCode) &&
		strings.Contains(message, e.Text)
}

// String returns e as an author writes it.
func (e Expectation) String() string {
	switch {
	case e.Verdict != "":
		return string(e.Verdict)
	case e.Code != nil:
		return fmt.Sprintf("%s %d", e.Outcome, *e.Code)
	case e.Text != "":
		return fmt.Sprintf("%s %q", e.Outcome, e.Text)
	}
	return string(e.Outcome)
}

var expectable = []string{
	string(OK), string(CompileError), string(Panic), string(Fatal), string(Deadlock),
	string(Stuck), string(Timeout), string(Limit), string(Exit), string(Killed),
	string(RaceVerdict), string(LeakVerdict),
}

// Expects reports whether the author of a cell expects a verdict of that kind.
func (o Options) Expects(kind VerdictKind) bool {
	return slices.ContainsFunc(o.Expect, func(e Expectation) bool { return e.Verdict == kind })
}

// expectValue reads the outcomes that the option expect names.
func expectValue(e entry) ([]Expectation, *valueError) {
	var list []Expectation
	for _, item := range items(e) {
		text, err := scalar(item, e.name())
		if err != nil {
			return nil, err
		}
		expectation, message, hint := parseExpectation(text)
		if message != "" {
			return nil, errorAt(item, hint, "%s", message)
		}
		list = append(list, expectation)
	}
	if len(list) == 0 {
		return nil, errorAt(e.value, "write an outcome, for example panic", "%s has no value", e.name())
	}
	return list, nil
}

// parseExpectation reads an outcome and what may follow it: a quoted text, or
// the code of exit.
func parseExpectation(text string) (e Expectation, message, hint string) {
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	rest = strings.TrimSpace(rest)
	if kind := VerdictKind(word); kind == RaceVerdict || kind == LeakVerdict {
		if rest != "" {
			return e, "no text is compared with a " + word, "remove the text"
		}
		return Expectation{Verdict: kind}, "", ""
	}
	e.Outcome = Outcome(word)
	if !e.Outcome.Expectable() {
		return e, fmt.Sprintf("%q is no outcome that can be expected", word), didYouMean(word, expectable)
	}
	if rest == "" {
		return e, "", ""
	}
	if code, err := strconv.Atoi(rest); err == nil && e.Outcome == Exit {
		e.Code = &code
		return e, "", ""
	}
	unquoted, err := strconv.Unquote(rest)
	switch {
	case err != nil:
		return e, fmt.Sprintf("bad text %s after %s", rest, word), `write a text of the message in quotes: panic "closed channel", or exit 3`
	case e.Outcome == OK:
		return e, "ok has no message", "remove the text"
	}
	e.Text = unquoted
	return e, "", ""
}
