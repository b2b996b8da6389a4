package notebook

import (
	"encoding/json"
	"errors"
	"strconv"
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

// laneJSON is a lane whose slices are rows: each holds until the next one. Its
// fields take the place of those of plainLane.
type laneJSON struct {
	plainLane
	Born   *time.Duration `json:"born_ns,omitempty"` // nil: where the slices begin
	End    *time.Duration `json:"end_ns,omitempty"`  // nil: where they end
	Slices rows           `json:"slices"`
}

// MarshalJSON writes the lane as an object. Each of its slices is an array
// [start, state, line, proc, mixed] that holds until the start of the next one;
// what is left out at its end is 0, and -1 for proc. An array of a time alone
// ends the slice before it: the last one does, and one before a gap. Birth and
// end are left out where the slices begin and end with them.
func (l Lane) MarshalJSON() ([]byte, error) {
	j := laneJSON{plainLane: plainLane(l), Born: &l.Born, End: &l.End, Slices: l.Slices}
	if n := len(l.Slices); n > 0 {
		if l.Slices[0].Start == l.Born {
			j.Born = nil
		}
		if l.Slices[n-1].End == l.End {
			j.End = nil
		}
	}
	return marshal(j)
}

var errSlices = errors.New("slices of a lane that are out of order or have no end")

// UnmarshalJSON reads what MarshalJSON wrote. It fails for slices that overlap.
func (l *Lane) UnmarshalJSON(data []byte) error {
	var j laneJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*l = Lane(j.plainLane)
	l.Slices = j.Slices
	if n := len(l.Slices); n > 0 {
		l.Born, l.End = l.Slices[0].Start, l.Slices[n-1].End
	}
	if j.Born != nil {
		l.Born = *j.Born
	}
	if j.End != nil {
		l.End = *j.End
	}
	return nil
}

// rows are the slices of a lane in its JSON form. They are written by hand:
// they are nearly all of a timeline.
type rows []Slice

func (r rows) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for i, s := range r {
		if i > 0 && r[i-1].End != s.Start {
			b = append(strconv.AppendInt(append(b, '['), int64(r[i-1].End), 10), "],"...)
		}
		var err error
		if b, err = appendSlice(b, s); err != nil {
			return nil, err
		}
		b = append(b, ',')
	}
	if len(r) > 0 {
		b = append(strconv.AppendInt(append(b, '['), int64(r[len(r)-1].End), 10), ']')
	}
	return append(b, ']'), nil
}

func appendSlice(b []byte, s Slice) ([]byte, error) {
	state, err := marshal(s.State)
	if err != nil {
		return nil, err
	}
	b = strconv.AppendInt(append(b, '['), int64(s.Start), 10)
	b = append(append(b, ','), state...)
	if s.Line != 0 || s.Proc != -1 || s.Mixed != 0 {
		b = strconv.AppendInt(append(b, ','), int64(s.Line), 10)
	}
	if s.Proc != -1 || s.Mixed != 0 {
		b = strconv.AppendInt(append(b, ','), int64(s.Proc), 10)
	}
	if s.Mixed != 0 {
		b = strconv.AppendInt(append(b, ','), int64(s.Mixed), 10)
	}
	return append(b, ']'), nil
}

func (r *rows) UnmarshalJSON(data []byte) error {
	var elements []json.RawMessage
	if err := json.Unmarshal(data, &elements); err != nil {
		return err
	}
	var slices []Slice
	open := false // the last slice has no end yet
	for _, element := range elements {
		s := Slice{Proc: -1}
		if err := tuple(element, &s.Start, &s.State, &s.Line, &s.Proc, &s.Mixed); err != nil {
			return err
		}
		if open {
			slices[len(slices)-1].End = s.Start
		}
		if n := len(slices); n > 0 && (slices[n-1].End < slices[n-1].Start || s.Start < slices[n-1].End) {
			return errSlices
		}
		if open = s.State != ""; open {
			slices = append(slices, s)
		}
	}
	if open {
		return errSlices
	}
	*r = slices
	return nil
}
