package claims

import (
	"encoding/json"
	"errors"
	"strconv"

	"notebook"
)

// A Value is the value of a datum.
type Value struct {
	V any // int, float64, string, bool, or a list of these: []int and so on, []any for lists of lists
	// Low and High bound a number that noise could have moved. Both are 0 for
	// a value that is exact.
	Low, High float64
	// Runs holds the value in each run of the cell Of, where there are several:
	// V is that of the first. It is nil for a run that has no value.
	Runs []any
	Of   string
}

// spread reports whether noise could have moved the value.
func (v Value) spread() bool { return v.Low < v.High }

// zero returns a value of a kind.
func zero(kind notebook.ValueKind) any {
	switch kind {
	case notebook.IntKind:
		return 0
	case notebook.FloatKind:
		return 0.0
	case notebook.TextKind:
		return ""
	case notebook.BoolKind:
		return false
	case notebook.IntKind.List():
		return []int(nil)
	case notebook.FloatKind.List():
		return []float64(nil)
	case notebook.TextKind.List():
		return []string(nil)
	case notebook.BoolKind.List():
		return []bool(nil)
	}
	return []any(nil)
}

var errNotRecorded = errors.New("it holds a number that is infinite, undefined or larger than any int")

// Decode reads a value of a kind from JSON.
func Decode(data []byte, kind notebook.ValueKind) (any, error) {
	if element, ok := kind.Element(); ok {
		return decodeList(data, element)
	}
	var err error
	switch kind {
	case notebook.IntKind:
		var v json.Number
		if err = json.Unmarshal(data, &v); err == nil {
			return integer(v)
		}
	case notebook.FloatKind:
		return decodeAs[float64](data)
	case notebook.TextKind:
		return decodeAs[string](data)
	case notebook.BoolKind:
		return decodeAs[bool](data)
	default:
		err = errNotRecorded
	}
	return nil, err
}

// decodeAs reads a value that is not null.
func decodeAs[T any](data []byte) (any, error) {
	var v *T
	if err := json.Unmarshal(data, &v); err != nil {
		return nil, err
	}
	if v == nil {
		return nil, errNotRecorded
	}
	return *v, nil
}

// integer returns a whole number that an int holds: the operators for whole
// numbers take no others.
func integer(n json.Number) (any, error) {
	i, err := strconv.Atoi(n.String())
	if err != nil {
		return nil, errNotRecorded
	}
	return i, nil
}

func decodeList(data []byte, element notebook.ValueKind) (any, error) {
	switch element {
	case notebook.IntKind:
		return decodeAll[int](data)
	case notebook.FloatKind:
		return decodeAll[float64](data)
	case notebook.TextKind:
		return decodeAll[string](data)
	case notebook.BoolKind:
		return decodeAll[bool](data)
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return nil, err
	}
	list := make([]any, len(parts))
	for i, part := range parts {
		v, err := Decode(part, element)
		if err != nil {
			return nil, err
		}
		list[i] = v
	}
	return list, nil
}

func decodeAll[T any](data []byte) (any, error) {
	var parts []*T
	if err := json.Unmarshal(data, &parts); err != nil {
		return nil, errNotRecorded
	}
	list := make([]T, len(parts))
	for i, part := range parts {
		if part == nil {
			return nil, errNotRecorded
		}
		list[i] = *part
	}
	return list, nil
}
