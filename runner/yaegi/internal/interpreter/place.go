package interpreter

import (
	"context"
	"reflect"
	"runtime/trace"
	"strings"
	"sync/atomic"

	"github.com/traefik/yaegi/interp"

	"notebook/runner/harness"
	"notebook/runner/xray"
)

// A Place is a place in the code that a dump of goroutines can show: the
// translated code notes where a goroutine is in a label of that goroutine.
type Place struct {
	at, started       label
	name              string // of a goroutine that is started here, for traces
	atLast, startLast atomic.Pointer[labelSet]
}

// These types are conversions for translated code. The interpreter runs a
// conversion ten times as fast as a call.
type (
	atPlace    *Place // notes the place
	startPlace *Place // notes the place of a go statement for the goroutine that it starts
	herePlace  *Place // what has been noted, for leave; it points to no place
)

// newPlace returns the place at a position such as "note.md:7" in a function
// such as "main.worker"; for the start of a goroutine, the place of that and the
// function that the goroutine runs, "" for one without a name.
func newPlace(function, position string) *Place {
	line := position[strings.LastIndexByte(position, ':')+1:]
	return &Place{
		at: label{harness.PlaceLabel, function + " " + position}, started: label{harness.StartLabel, position},
		name: strings.TrimPrefix(function, "main.") + "@" + line,
	}
}

// noteAt notes the place for the running goroutine. A nil place is that of
// code that runs before its file is initialized.
func (p *Place) noteAt() {
	if p != nil {
		relabel(&p.atLast, p.at)
	}
}

// noteStart notes where the goroutines begin that this one starts from now on.
// A recorded trace names the next one after it.
func (p *Place) noteStart() {
	if p == nil {
		return
	}
	relabel(&p.startLast, p.started)
	if trace.IsEnabled() {
		trace.Log(context.Background(), xray.StartCategory, p.name)
	}
}

// places returns the symbols of the package NativePath that are about places,
// and the hook that carries the conversions out.
func places() interp.Exports {
	return interp.Exports{
		key(NativePath): {
			"NewPlace": reflect.ValueOf(newPlace),
			"At":       reflect.ValueOf((*atPlace)(nil)),
			"Start":    reflect.ValueOf((*startPlace)(nil)),
			"Here":     reflect.ValueOf((*herePlace)(nil)),
			"Leave":    reflect.ValueOf(leave),
			"Note":     reflect.ValueOf((*Place).noteAt),
		},
		"github.com/traefik/yaegi/yaegi": {"convert": reflect.ValueOf(convert)},
	}
}

// convert returns what carries out a conversion, or nil for Go's own.
func convert(_, to reflect.Type) func(place, result reflect.Value) {
	switch to {
	case reflect.TypeFor[atPlace]():
		return func(place, _ reflect.Value) { (*Place)(place.UnsafePointer()).noteAt() }
	case reflect.TypeFor[startPlace]():
		return func(place, _ reflect.Value) { (*Place)(place.UnsafePointer()).noteStart() }
	case reflect.TypeFor[herePlace]():
		return func(_, result reflect.Value) { here(result) }
	}
	return nil
}
