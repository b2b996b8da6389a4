package interpreter

import (
	"reflect"
	"regexp"
	"strings"
)

// runtimeError is an error that Go's runtime would have panicked with.
type runtimeError string

// Error implements error.
func (e runtimeError) Error() string { return string(e) }

// RuntimeError implements runtime.Error.
func (e runtimeError) RuntimeError() {}

// recovered returns, for what interpreted code recovered, what it would have
// recovered in Go: the interpreter panics with texts of package reflect.
func recovered(v any) any {
	var text string
	switch v := v.(type) {
	case *reflect.ValueError:
		text = v.Error()
	case string:
		text = v
	case error:
		text = v.Error()
	}
	if e, ok := runtimeErrorOf(text); ok {
		return e
	}
	return v
}

var placedConversion = regexp.MustCompile(`^[^ ]+:\d+:\d+: (interface conversion: )`)

// runtimeErrorOf returns the error of Go's runtime for a text that the
// interpreter panics with.
func runtimeErrorOf(text string) (runtimeError, bool) {
	switch {
	case placedConversion.MatchString(text):
		return runtimeError(placedConversion.ReplaceAllString(text, "$1")), true
	case text == "reflect.MakeSlice: negative len":
		return "runtime error: makeslice: len out of range", true
	case strings.HasPrefix(text, "reflect: call of ") && strings.HasSuffix(text, " on zero Value"),
		text == "reflect.Value.Call: call of nil function", text == "reflect: Method on nil interface value":
		return "runtime error: invalid memory address or nil pointer dereference", true
	}
	return "", false
}

// index returns an index that is within a length; else it panics as Go does.
func index(i, length int) int {
	_ = make([]struct{}, length)[i]
	return i
}

// bound returns the upper bound of a slice expression whose bounds are right;
// else it panics as Go does.
func bound(low, high, capacity int) int {
	_ = make([]struct{}, capacity)[low:high]
	return high
}

// lowBound returns the lower bound of a slice expression without an upper one.
func lowBound(low, length int) int {
	_ = make([]struct{}, length)[low:]
	return low
}

// stringBound is bound for strings.
func stringBound(low, high, length int) int {
	if low < 0 || high < low || high > length {
		_ = strings.Repeat("x", length)[low:high]
	}
	return high
}

// text is a text that is printed as the value that it comes from.
type text struct{ value string }

// String implements fmt.Stringer.
func (t text) String() string { return t.value }
