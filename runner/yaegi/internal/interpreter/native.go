package interpreter

import (
	"fmt"
	"reflect"

	"github.com/traefik/yaegi/interp"
)

// NativePath is the import path of a package for translated code:
//
//	func Panic(place string, value any)          // panic, and notes the place
//	func Clear(m any)                            // clear, for maps
//	func MinInt(x int, y ...int) int             // min; and so MinInt64, MinFloat64,
//	func MaxInt(x int, y ...int) int             // MinString, MaxInt64, ...
const NativePath = "notebook/runner/yaegi/native"

// native returns the symbols of the package NativePath.
func native(trace *Trace) interp.Exports {
	throw := reflect.ValueOf(trace.panic)
	return interp.Exports{
		key(NativePath): {
			"Panic":      throw,
			"Clear":      reflect.ValueOf(func(m any) { reflect.ValueOf(m).Clear() }),
			"MinInt":     reflect.ValueOf(minOf[int]),
			"MinInt64":   reflect.ValueOf(minOf[int64]),
			"MinFloat64": reflect.ValueOf(minOf[float64]),
			"MinString":  reflect.ValueOf(minOf[string]),
			"MaxInt":     reflect.ValueOf(maxOf[int]),
			"MaxInt64":   reflect.ValueOf(maxOf[int64]),
			"MaxFloat64": reflect.ValueOf(maxOf[float64]),
			"MaxString":  reflect.ValueOf(maxOf[string]),
		},
		// The parameter value has type any; these say which interfaces of the
		// argument it has to keep.
		".": {"MapTypes": reflect.ValueOf(map[reflect.Value][]reflect.Type{
			throw: {reflect.TypeFor[error](), reflect.TypeFor[fmt.Stringer]()},
		})},
	}
}

type ordered interface{ int | int64 | float64 | string }

func minOf[T ordered](x T, y ...T) T {
	for _, v := range y {
		x = min(x, v)
	}
	return x
}

func maxOf[T ordered](x T, y ...T) T {
	for _, v := range y {
		x = max(x, v)
	}
	return x
}
