package inside

import (
	"reflect"
	"runtime"
	"strconv"
)

// traceSize bounds the stack of a panic.
const traceSize = 64 << 10

// fail records the panic with value v. It is called while the panicking frames
// are still on the stack.
func (e *End) fail(v any) {
	e.Kind, e.Message = EndPanic, panicText(v)
	buf := make([]byte, traceSize)
	e.Trace = string(buf[:runtime.Stack(buf, false)])
}

// panicText returns what Go prints after "panic: ", with two differences: line
// ends are not indented, and a value that Go shows as an address is shown
// itself.
func panicText(v any) string {
	switch v := v.(type) {
	case error:
		return call("Error", v, v.Error)
	case interface{ String() string }:
		return call("String", v, v.String)
	case string:
		return v
	}
	rv := reflect.ValueOf(v)
	name := withoutNumbers(rv.Type().String())
	text, ok := scalarText(rv)
	switch {
	case !ok:
		return "(" + name + ") " + flat(rv)
	case rv.Type().PkgPath() == "":
		return text
	case rv.Kind() == reflect.String:
		return name + `("` + text + `")`
	}
	return name + "(" + text + ")"
}

// scalarText returns the text of a number or a bool as the built-in print
// writes it.
func scalarText(v reflect.Value) (string, bool) {
	switch {
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool()), true
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), true
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10), true
	case v.CanFloat():
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits()), true
	case v.CanComplex():
		return strconv.FormatComplex(v.Complex(), 'g', -1, v.Type().Bits()), true
	case v.Kind() == reflect.String:
		return v.String(), true
	}
	return "", false
}
