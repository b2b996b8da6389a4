package notebook

import (
	"encoding/json"
	"errors"
	"time"
)

// What a timeline has many of travels as arrays, without names of fields: a
// timeline has a few hundred slices, and a stream one timeline for each cell.

// tuple reads a JSON array, element by element, into the values that fields
// point to. Elements that are missing leave theirs unchanged; those that this
// version does not know are ignored.
func tuple(data []byte, fields ...any) error {
	var elements []json.RawMessage
	if err := json.Unmarshal(data, &elements); err != nil {
		return err
	}
	for i, element := range elements[:min(len(elements), len(fields))] {
		if err := json.Unmarshal(element, fields[i]); err != nil {
			return err
		}
	}
	return nil
}

// MarshalJSON writes the step as [at, count].
func (s Step) MarshalJSON() ([]byte, error) { return marshal([]int64{int64(s.At), int64(s.Count)}) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Step) UnmarshalJSON(data []byte) error { return tuple(data, &s.At, &s.Count) }

// MarshalJSON writes the span as [start, end].
func (s Span) MarshalJSON() ([]byte, error) { return marshal([]time.Duration{s.Start, s.End}) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Span) UnmarshalJSON(data []byte) error { return tuple(data, &s.Start, &s.End) }

// MarshalJSON writes the wake as [at, from, to, kind, line], without a line
// that is 0.
func (w Wake) MarshalJSON() ([]byte, error) {
	row := []any{w.At, w.From, w.To, w.Kind}
	if w.Line != 0 {
		row = append(row, w.Line)
	}
	return marshal(row)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (w *Wake) UnmarshalJSON(data []byte) error {
	return tuple(data, &w.At, &w.From, &w.To, &w.Kind, &w.Line)
}

// plainLane is a lane without methods.
type plainLane Lane

// laneJSON is a lane whose slices are rows: each holds until the next one.
type laneJSON struct {
	plainLane
	Slices []sliceRow `json:"slices"` // in place of those of plainLane
}

// MarshalJSON writes the lane as an object. Each of its slices is an array
// [start, state, line, proc, mixed] that holds until the start of the next one;
// what is left out at its end is 0, and -1 for proc. An array of a time alone
// ends the slice before it: the last one does, and one before a gap.
func (l Lane) MarshalJSON() ([]byte, error) {
	rows := make([]sliceRow, 0, len(l.Slices)+1)
	for i, s := range l.Slices {
		if i > 0 && l.Slices[i-1].End != s.Start {
			rows = append(rows, sliceRow{Start: l.Slices[i-1].End})
		}
		rows = append(rows, sliceRow(s))
	}
	if n := len(l.Slices); n > 0 {
		rows = append(rows, sliceRow{Start: l.Slices[n-1].End})
	}
	return marshal(laneJSON{plainLane(l), rows})
}

var errSlices = errors.New("slices of a lane that are out of order or have no end")

// UnmarshalJSON reads what MarshalJSON wrote. It fails for slices that overlap.
func (l *Lane) UnmarshalJSON(data []byte) error {
	var j laneJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*l = Lane(j.plainLane)
	l.Slices = nil
	for i, row := range j.Slices {
		if i+1 == len(j.Slices) {
			if row.State != "" {
				return errSlices
			}
			break
		}
		row.End = j.Slices[i+1].Start
		if row.End < row.Start {
			return errSlices
		}
		if row.State != "" {
			l.Slices = append(l.Slices, Slice(row))
		}
	}
	return nil
}

// sliceRow is a slice in a lane's JSON form; without a state it only ends the
// one before.
type sliceRow Slice

func (r sliceRow) MarshalJSON() ([]byte, error) {
	row := []any{r.Start, r.State, r.Line, r.Proc, r.Mixed}
	switch {
	case r.State == "":
		row = row[:1]
	case r.Mixed != 0:
	case r.Proc != -1:
		row = row[:4]
	case r.Line != 0:
		row = row[:3]
	default:
		row = row[:2]
	}
	return marshal(row)
}

func (r *sliceRow) UnmarshalJSON(data []byte) error {
	r.Proc = -1
	return tuple(data, &r.Start, &r.State, &r.Line, &r.Proc, &r.Mixed)
}
