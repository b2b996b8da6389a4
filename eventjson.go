package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

var (
	errNoBody = errors.New("event without a body")
	errNoKind = errors.New(`event without the field "event"`)
)

// header holds the fields that every event has, in the order of the stream.
type header struct {
	Event  string        `json:"event"`
	Seq    int64         `json:"seq"`
	Time   time.Duration `json:"t_ns"`
	Note   string        `json:"note"`
	Cell   string        `json:"cell,omitempty"`
	Engine string        `json:"engine,omitempty"`
	Run    *int          `json:"run,omitempty"` // present on every event of a cell
}

// MarshalJSON returns e as one flat JSON object: the header fields first, then
// the fields of the body. It fails for an event without a body and for numbers
// that JSON cannot hold.
func (e Event) MarshalJSON() ([]byte, error) {
	if e.Body == nil {
		return nil, errNoBody
	}
	h := header{Event: e.Body.kind(), Seq: e.Seq, Time: e.Time, Note: e.Note, Cell: e.Cell, Engine: e.Engine}
	if e.Cell != "" {
		h.Run = &e.Run
	}
	line, err := marshal(h)
	if err != nil {
		return nil, fmt.Errorf("event %s: %w", h.Event, err)
	}
	body, err := marshal(e.Body)
	if err != nil {
		return nil, fmt.Errorf("event %s: %w", h.Event, err)
	}
	if len(body) > len("{}") {
		line = append(line[:len(line)-1], ',')
		line = append(line, body[1:]...)
	}
	return line, nil
}

// UnmarshalJSON reads an event that MarshalJSON wrote. Fields that this
// version does not know are ignored; an event that it does not know becomes
// an [Unknown].
func (e *Event) UnmarshalJSON(data []byte) error {
	var h header
	if err := json.Unmarshal(data, &h); err != nil {
		return fmt.Errorf("read event: %w", err)
	}
	if h.Event == "" {
		return errNoKind
	}
	body, err := unmarshalBody(h.Event, data)
	if err != nil {
		return fmt.Errorf("read event %s: %w", h.Event, err)
	}
	*e = Event{Seq: h.Seq, Time: h.Time, Note: h.Note, Cell: h.Cell, Engine: h.Engine, Body: body}
	if h.Run != nil {
		e.Run = *h.Run
	}
	return nil
}

func unmarshalBody(kind string, data []byte) (Body, error) {
	switch kind {
	case Start{}.kind():
		return unmarshalAs[Start](data)
	case Built{}.kind():
		return unmarshalAs[Built](data)
	case Started{}.kind():
		return unmarshalAs[Started](data)
	case Written{}.kind():
		return unmarshalAs[Written](data)
	case Displayed{}.kind():
		return unmarshalAs[Displayed](data)
	case Recorded{}.kind():
		return unmarshalAs[Recorded](data)
	case Problem{}.kind():
		return unmarshalAs[Problem](data)
	case Traced{}.kind():
		return unmarshalAs[Traced](data)
	case Verdict{}.kind():
		return unmarshalAs[Verdict](data)
	case Repeated{}.kind():
		return unmarshalAs[Repeated](data)
	case Compared{}.kind():
		return unmarshalAs[Compared](data)
	case Finished{}.kind():
		return unmarshalAs[Finished](data)
	case NotRun{}.kind():
		return unmarshalAs[NotRun](data)
	case Claimed{}.kind():
		return unmarshalAs[Claimed](data)
	case Valued{}.kind():
		return unmarshalAs[Valued](data)
	case End{}.kind():
		return unmarshalAs[End](data)
	}
	return Unknown{Kind: kind}, nil
}

func unmarshalAs[T Body](data []byte) (Body, error) {
	var body T
	err := json.Unmarshal(data, &body)
	return body, err
}

// payload is bytes in an event: as text where they are text, else as base64.
type payload struct {
	Text   *string `json:"text,omitempty"`
	Base64 []byte  `json:"base64,omitempty"`
}

func newPayload(data []byte) payload {
	if !utf8.Valid(data) {
		return payload{Base64: data}
	}
	text := string(data)
	return payload{Text: &text}
}

func (p payload) bytes() []byte {
	if p.Text != nil {
		return []byte(*p.Text)
	}
	return p.Base64
}

type writtenJSON struct {
	Stream Stream `json:"stream"`
	payload
	At        time.Duration `json:"at_ns"`
	Goroutine int64         `json:"goroutine,omitempty"`
	Late      bool          `json:"late,omitempty"`
}

// MarshalJSON writes the data as text, or as base64 where it is not UTF-8.
func (w Written) MarshalJSON() ([]byte, error) {
	return marshal(writtenJSON{w.Stream, newPayload(w.Data), w.At, w.Goroutine, w.Late})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (w *Written) UnmarshalJSON(data []byte) error {
	var j writtenJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*w = Written{j.Stream, j.bytes(), j.At, j.Goroutine, j.Late}
	return nil
}

type displayedJSON struct {
	MIME string `json:"mime"`
	payload
}

// MarshalJSON writes the data as text, or as base64 where it is not UTF-8.
func (d Displayed) MarshalJSON() ([]byte, error) {
	return marshal(displayedJSON{d.MIME, newPayload(d.Data)})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (d *Displayed) UnmarshalJSON(data []byte) error {
	var j displayedJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*d = Displayed{j.MIME, j.bytes()}
	return nil
}

// MarshalJSON writes no field: what an unknown event held is not kept.
func (u Unknown) MarshalJSON() ([]byte, error) { return []byte("{}"), nil }
