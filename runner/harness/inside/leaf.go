package inside

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// byMethod returns the text that an error or a Stringer gives itself.
func byMethod(v reflect.Value) (string, bool) {
	if !v.CanInterface() || v.Kind() == reflect.Interface {
		return "", false
	}
	switch x := v.Interface().(type) {
	case error:
		return call("Error", x, x.Error), true
	case fmt.Stringer:
		text := call("String", x, x.String)
		if isTime(v.Type()) {
			text, _, _ = strings.Cut(text, " m=") // the monotonic clock's reading
		}
		return text, true
	}
	return "", false
}

// isTime reports whether t is time.Time. To name that type here would make the
// formatting of times a part of every program.
func isTime(t reflect.Type) bool { return t.PkgPath() == "time" && t.Name() == "Time" }

// call calls a method of v that may panic.
func call(name string, v any, method func() string) (text string) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if rv := reflect.ValueOf(v); rv.Kind() == reflect.Pointer && rv.IsNil() {
			text = "nil"
			return
		}
		text = "(" + name + " panicked)"
		if s, ok := r.(string); ok {
			text = "(" + name + " panicked: " + s + ")"
		} else if err, ok := r.(error); ok {
			text = "(" + name + " panicked: " + call("Error", nil, err.Error) + ")"
		}
	}()
	return method()
}

// known returns the text of types of the standard library whose fields say
// nothing, or must not be read while others use them.
func known(v reflect.Value) (string, bool) {
	if v.Kind() != reflect.Struct {
		return "", false
	}
	switch v.Type().PkgPath() {
	case "sync":
		return v.Type().String(), true
	case "sync/atomic":
		field := v.FieldByName("v")
		switch {
		case field.IsValid() && v.Type().Name() == "Bool":
			return strconv.FormatBool(field.Uint() != 0), true
		case field.IsValid() && (field.CanInt() || field.CanUint()):
			return simple(field), true
		}
		return typeName(v.Type()), true
	}
	return "", false
}

// simple returns the text of a value that has no parts.
func simple(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits())
	case reflect.Complex64, reflect.Complex128:
		return strconv.FormatComplex(v.Complex(), 'g', -1, v.Type().Bits())
	case reflect.String:
		return quoted(v.String())
	case reflect.Func:
		if v.IsNil() {
			return "nil"
		}
		return typeName(v.Type())
	case reflect.Chan:
		if v.IsNil() {
			return "nil"
		}
		return fmt.Sprintf("%s (len %d, cap %d)", typeName(v.Type()), v.Len(), v.Cap())
	case reflect.UnsafePointer:
		return fmt.Sprintf("unsafe.Pointer(%#x)", v.Pointer())
	case reflect.Uintptr:
		return fmt.Sprintf("%#x", v.Uint())
	}
	if v.CanInt() {
		return strconv.FormatInt(v.Int(), 10)
	}
	return strconv.FormatUint(v.Uint(), 10)
}

// quoted returns s in Go syntax, cut when it is long.
func quoted(s string) string {
	head := cutText(s, maxString)
	return strconv.Quote(head) + more(len(s)-len(head))
}

// cutText returns the beginning of s that is no longer than size bytes.
func cutText(s string, size int) string {
	if len(s) <= size {
		return s
	}
	for size > 0 && !utf8.RuneStart(s[size]) {
		size--
	}
	return s[:size]
}

// more says how many bytes are not shown.
func more(missing int) string {
	if missing == 0 {
		return ""
	}
	return "… " + grouped(missing) + " more bytes"
}

// byteText returns a slice or an array of bytes.
func byteText(v reflect.Value) string {
	b := make([]byte, min(v.Len(), maxBytes))
	for i := range b {
		b[i] = byte(v.Index(i).Uint())
	}
	return typeName(v.Type()) + "(" + strconv.Quote(string(b)) + ")" + more(v.Len()-len(b))
}
