package claims

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"notebook"
)

// slips holds what helps against slips that are easily made, by the message of
// the error: the first that matches.
var slips = []struct {
	message *regexp.Regexp
	hint    string
}{
	{regexp.MustCompile(`^(number and text|text and number) do not`), "write numbers and times without quotes, and texts with them"},
	{regexp.MustCompile(`^(bool and text|text and bool) do not`), "write true and false without quotes"},
	{regexp.MustCompile(`^text and text do not go together with in$`), `write output() contains "x"`},
	{regexp.MustCompile(`go together with in$`), "behind in stands a list: n in [1, 2]"},
	{regexp.MustCompile(`^(a list .* and (number|text)|(number|text) and a list.*) do not`), "compare its length, as in len(xs) == 2, or an element, as in xs[0] == 1"},
	{regexp.MustCompile(`do not go together with (and|or|&&|\|\|)$|^not takes`), "write comparisons there, as in n == 0"},
	{regexp.MustCompile(`^a text has no elements`), `write startsWith "b", or contains "b"`},
	{regexp.MustCompile(`^literal not terminated`), "close the quotation mark"},
	{regexp.MustCompile(`^error parsing regexp`), "matches takes a regular expression, contains a text as it is"},
	{regexp.MustCompile(`^expected at least 2 arguments`), "say what is true of each element: all(xs, # > 0)"},
}

// signs holds what to write instead of characters that are not in the language.
var signs = map[rune]string{
	'≤': "<=", '≥': ">=", '≠': "!=", '≈': "abs(a - b) < 0.1", '×': "*", '÷': "/", '−': "-", '–': "-",
	'∧': "and", '∨': "or", '¬': "not", '∈': "in",
	'“': `"`, '”': `"`, '„': `"`, '«': `"`, '»': `"`, '‘': `"`, '’': `"`,
}

var (
	numberBefore  = regexp.MustCompile(`([0-9.]+)\s*$`)
	percentBefore = regexp.MustCompile(`([0-9.]+)\s*%\s*$`)
	callBefore    = regexp.MustCompile(`\b(\w+)\s*$`)
	goList        = regexp.MustCompile(`\[[0-9]*\]\w+\{`)
	oneBar        = regexp.MustCompile(`[^|]\|[^|]`)
)

// slip returns what helps against the slip behind an error, or "". The message
// is about what stands at that offset of the author's text.
func (t text) slip(message string, offset int) string {
	before, rest := t.source[:offset], t.source[offset:]
	word, unexpected := strings.CutPrefix(message, "unexpected ")
	if !unexpected {
		for _, s := range slips {
			if s.message.MatchString(message) {
				return s.hint
			}
		}
		return ""
	}
	if m := percentBefore.FindStringSubmatch(before + strings.TrimSuffix(rest, strings.TrimLeft(rest, "%"))); m != nil {
		share, _ := strconv.ParseFloat(m[1], 64)
		return "write a share of 1: " + strconv.FormatFloat(share/100, 'g', 6, 64)
	}
	if m := numberBefore.FindStringSubmatch(before); m != nil && isUnit(word) {
		return "no space: " + m[1] + cmp.Or(units[word], word)
	}
	switch {
	case goList.MatchString(t.source):
		return "write a list as [1, 2]"
	case oneBar.MatchString(t.source):
		return "write or"
	}
	return cmp.Or(instead(word, strings.TrimSpace(before), rest), t.unfinished(word))
}

// instead returns what to write instead of a word that cannot stand there.
func instead(word, before, rest string) string {
	switch {
	case word == "=" && strings.HasPrefix(rest, "=>"):
		return "write >= to compare"
	case word == "=" && strings.HasPrefix(rest, "=~"):
		return "write matches to compare with a regular expression"
	case word == "=", word == ":", word == "is", word == "equals":
		return "write == to compare"
	case word == ">" && strings.HasSuffix(before, "<"):
		return "write != to compare"
	case word == "&":
		return "write and"
	case word == "between":
		return "write 1 <= n <= 3"
	case word == "," && numberBefore.MatchString(before):
		return "numbers have a decimal point: 1.5"
	}
	return ""
}

// unfinished returns what helps where something is missing, or is too much.
func (t text) unfinished(word string) string {
	before, _, _ := strings.Cut(t.source, word)
	m := callBefore.FindStringSubmatch(strings.TrimRight(before, ` "'`))
	switch {
	case strings.HasPrefix(t.source, "if "):
		return "leave out if: a claim is true or false"
	case word == "end" && strings.Count(t.source, "(") > strings.Count(t.source, ")"):
		return "close the bracket"
	case word == "end":
		return "something is missing at its end"
	case word == ")":
		return "there is a bracket too many"
	case m != nil && notebook.IsMeasuring(m[1]):
		return fmt.Sprintf("write %s(%q)", m[1], word)
	case identifier.MatchString(word):
		return "write and, or or, between conditions, and quotes around texts"
	}
	return ""
}
