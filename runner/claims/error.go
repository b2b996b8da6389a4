package claims

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/file"
)

// An Error is what is wrong with a predicate.
type Error struct {
	Offset  int // in the text of the predicate
	Message string
	Hint    string // the next step for the author; may be empty
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// asError returns what a package of expr says as an Error of the text that the
// author wrote.
func (t text) asError(err error) *Error {
	var located *file.Error
	if !errors.As(err, &located) {
		return &Error{Message: readable(err.Error())}
	}
	message := readable(located.Message)
	offset := t.offset(located.From)
	if c, size := utf8.DecodeRuneInString(message); strings.HasPrefix(message[size:], " is no part") && signs[c] != "" {
		return &Error{Offset: offset, Message: message, Hint: "write " + signs[c]}
	}
	if strings.HasPrefix(message, "bad number syntax") {
		if e := t.badNumber(offset); e != nil {
			return e
		}
	}
	return &Error{Offset: offset, Message: message, Hint: t.slip(message, offset)}
}

var (
	typeNames = regexp.MustCompile(`\b(u?int(8|16|32|64)?|float(32|64)|string|interface ?\{\}|any)\b`)
	mismatch  = regexp.MustCompile(`^(?:invalid operation: )?(\S+) \(mismatched types (.+) and (.+)\)`)
	tokenName = regexp.MustCompile(`\b(Operator|Identifier|Bracket|Number|String|EOF)(\("((?:[^"\\]|\\.)*)"\))?`)
)

// rewordings say what expr says in words that are about predicates.
var rewordings = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`^(?:invalid operation: )?(not|!) \(mismatched type (.+)\)`), "not takes what is true or false, and this is a $2"},
	{regexp.MustCompile(`^invalid argument for len \(type (.+)\)`), "len takes a list or a text, and this is a $1"},
	{regexp.MustCompile(`^builtin (\w+) takes only array \(got (.+)\)`), "$1 takes a list, and this is a $2"},
	{regexp.MustCompile(`^type text\[number\] is undefined`), "a text has no elements"},
	{regexp.MustCompile(`^unrecognized character: U\+[0-9A-F]+ '(.+)'`), "$1 is no part of a predicate"},
}

// readable says a message of expr in words that authors of notes know.
func readable(message string) string {
	message, _, _ = strings.Cut(message, "\n")
	message = typeNames.ReplaceAllStringFunc(message, func(name string) string {
		switch {
		case name == "string":
			return "text"
		case strings.Contains(name, "int") && !strings.HasPrefix(name, "interface"), strings.HasPrefix(name, "float"):
			return "number"
		}
		return "anything"
	})
	message = mismatch.ReplaceAllString(message, "$2 and $3 do not go together with $1")
	for _, r := range rewordings {
		message = r.from.ReplaceAllString(message, r.to)
	}
	message = strings.NewReplacer("[]number", "a list of numbers", "[]text", "a list of texts", "[]bool", "a list of bools",
		"[]anything", "a list", "invalid operation: ", "", "compilation failed: ", "", "runtime error: ", "", "unexpected token ", "unexpected ").Replace(message)
	return tokenName.ReplaceAllStringFunc(message, func(token string) string {
		m := tokenName.FindStringSubmatch(token)
		switch {
		case m[1] == "EOF":
			return "end"
		case m[2] != "":
			return m[3]
		}
		return strings.ToLower(token)
	})
}
