package inside

import (
	"math"
	"reflect"
	"strconv"
	"time"
	"unicode/utf8"
)

// Record sends the value that pointer points to, under a name. It takes
// numbers, strings, bools, time.Duration (as seconds), and slices and arrays of
// these; anything else, and a number that JSON does not have, is null.
func Record(name string, pointer any) {
	s := current
	if s == nil {
		return
	}
	s.meter.stop()
	defer s.meter.start()
	value := appendJSON(nil, reflect.ValueOf(pointer))
	s.frames.send(KindRecord, appendString(appendString(nil, name), string(value)))
}

var durationType = reflect.TypeFor[time.Duration]()

func appendJSON(b []byte, v reflect.Value) []byte {
	switch {
	case !v.IsValid():
		return append(b, "null"...)
	case v.Type() == durationType:
		return appendNumber(b, time.Duration(v.Int()).Seconds(), 64)
	case v.CanInt():
		return strconv.AppendInt(b, v.Int(), 10)
	case v.CanUint():
		return strconv.AppendUint(b, v.Uint(), 10)
	case v.CanFloat():
		return appendNumber(b, v.Float(), v.Type().Bits())
	}
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.String:
		return appendJSONString(b, v.String())
	case reflect.Slice, reflect.Array:
		return appendJSONArray(b, v)
	case reflect.Pointer, reflect.Interface:
		return appendJSON(b, v.Elem())
	}
	return append(b, "null"...)
}

func appendJSONArray(b []byte, v reflect.Value) []byte {
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, v.Index(i))
	}
	return append(b, ']')
}

func appendNumber(b []byte, f float64, bits int) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, f, 'g', -1, bits)
}

// appendJSONString appends s as a JSON string; bytes that are not UTF-8 become
// the replacement character.
func appendJSONString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < 0x20:
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
