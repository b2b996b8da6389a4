package interpreter

import (
	"cmp"
	"fmt"
	"reflect"
	"sort"

	"github.com/traefik/yaegi/interp"
)

// NativePath is the import path of a package for translated code:
//
//	func Panic(place string, value any)          // panic, and notes the place
//	func Clear(m any)                            // clear, for maps
//	func MinInt(x int, y ...int) int             // min; and so MinInt64, MinFloat64,
//	func MaxInt(x int, y ...int) int             // MinString, MaxInt64, ...
//	func Sort(slice any)                         // slices.Sort
//	func Reverse(slice any)                      // slices.Reverse
//	func Recovered(v any) any                    // what recover returns in Go, for what it returned
//	func Index(i, length int) int                // i, or the panic of an index that is too large
//	func Bound(low, high, capacity int) int      // high, or the panic of a slice expression
//	func LowBound(low, length int) int           // low, or the panic of one without high
//	func StringBound(low, high, length int) int  // high, or the panic of one of a string
//	func Text(s string) any                      // is printed as s, and is no string
//
// Of these, At, Start and Here are types that a place is converted to:
//
//	func NewPlace(function, position string) *Place
//	func At(*Place) At                           // the goroutine is at the place now; nil
//	func Start(*Place) Start                     // it starts goroutines there from now on
//	func Here(*Place) Here                       // what At and Start noted, for Leave
//	func Leave(Here)                             // as it was at Here
//	func Note(*Place)                            // At, for a defer statement
const NativePath = "notebook/runner/yaegi/native"

// native returns the symbols of the package NativePath, whose function Panic is
// throw.
func native(throw reflect.Value) interp.Exports {
	return interp.Exports{
		key(NativePath): {
			"Panic":       throw,
			"Clear":       reflect.ValueOf(func(m any) { reflect.ValueOf(m).Clear() }),
			"Sort":        reflect.ValueOf(sortSlice),
			"Reverse":     reflect.ValueOf(reverse),
			"Recovered":   reflect.ValueOf(recovered),
			"Index":       reflect.ValueOf(index),
			"Bound":       reflect.ValueOf(bound),
			"LowBound":    reflect.ValueOf(lowBound),
			"StringBound": reflect.ValueOf(stringBound),
			"Text":        reflect.ValueOf(func(s string) any { return text{s} }),
			"MinInt":      reflect.ValueOf(minOf[int]),
			"MinInt64":    reflect.ValueOf(minOf[int64]),
			"MinFloat64":  reflect.ValueOf(minOf[float64]),
			"MinString":   reflect.ValueOf(minOf[string]),
			"MaxInt":      reflect.ValueOf(maxOf[int]),
			"MaxInt64":    reflect.ValueOf(maxOf[int64]),
			"MaxFloat64":  reflect.ValueOf(maxOf[float64]),
			"MaxString":   reflect.ValueOf(maxOf[string]),
		},
	}
}

// keepMethods returns the table that makes functions get arguments for
// parameters of type any with the methods Error and String.
func keepMethods(functions []reflect.Value) interp.Exports {
	types := map[reflect.Value][]reflect.Type{}
	for _, f := range functions {
		types[f] = []reflect.Type{reflect.TypeFor[error](), reflect.TypeFor[fmt.Stringer]()}
	}
	return interp.Exports{".": {"MapTypes": reflect.ValueOf(types)}}
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

// sortSlice sorts a slice of numbers or strings.
func sortSlice(slice any) {
	v := reflect.ValueOf(slice)
	sort.Slice(slice, func(i, j int) bool {
		a, b := v.Index(i), v.Index(j)
		switch {
		case a.CanInt():
			return a.Int() < b.Int()
		case a.CanUint():
			return a.Uint() < b.Uint()
		case a.CanFloat():
			return cmp.Less(a.Float(), b.Float())
		}
		return a.String() < b.String()
	})
}

func reverse(slice any) {
	swap := reflect.Swapper(slice)
	for i, j := 0, reflect.ValueOf(slice).Len()-1; i < j; i, j = i+1, j-1 {
		swap(i, j)
	}
}
