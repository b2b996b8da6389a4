package notebook

import (
	"encoding/json"
	"time"
)

// A Spread is what several measurements of a time say together. The zero value
// says that there were none.
type Spread struct {
	Median time.Duration `json:"median_ns"`
	// Low and High bound the median: of many such intervals, 95 % hold the true
	// one. Both are 0 where there were too few measurements for an interval.
	Low  time.Duration `json:"low_ns,omitempty"`
	High time.Duration `json:"high_ns,omitempty"`
}

// Bounded reports whether the spread has an interval.
func (s Spread) Bounded() bool { return s.High > 0 }

// Repeated sums up the runs of a cell that ran several times, with one value
// of GOMAXPROCS.
type Repeated struct {
	Runs   int `json:"runs"`
	Wanted int `json:"wanted"`          // that are timed; more than Runs where the time was over
	Procs  int `json:"procs,omitempty"` // GOMAXPROCS of the runs; 0: as usual
	// Ends counts the ways in which the runs ended, the most frequent first.
	Ends []EndCount `json:"ends"`
	// Timed is how many runs Wall and CPU hold: those that ended as expected,
	// apart from a first one whose recording cost more than 2 %, on top of which
	// another one ran, and from those that ran for a timeline alone. Wall and
	// CPU are the times of one run.
	Timed int    `json:"timed"`
	Wall  Spread `json:"wall"`
	CPU   Spread `json:"cpu"`
	// Distinct is how many different outputs the runs had. Outputs holds the
	// most frequent of them.
	Distinct int           `json:"distinct"`
	Outputs  []OutputCount `json:"outputs"`
}

// Expected reports whether every run ended as the author expects.
func (r Repeated) Expected() bool {
	for _, end := range r.Ends {
		if !end.Expected {
			return false
		}
	}
	return true
}

// An EndCount is how many runs ended in one way.
type EndCount struct {
	Outcome  Outcome `json:"outcome"`
	Expected bool    `json:"expected"`
	Runs     int     `json:"runs"`
	First    int     `json:"first"`             // number of the first of them
	Message  string  `json:"message,omitempty"` // of the problem of the first
}

// An OutputCount is how many runs had one output: what they wrote, and the
// value that they displayed below it.
type OutputCount struct {
	Runs  int
	First int    // number of the first of them
	Data  []byte // the beginning
	Cut   int64  // bytes that are missing in Data
}

type outputCountJSON struct {
	Runs  int `json:"runs"`
	First int `json:"first"`
	payload
	Cut int64 `json:"cut_bytes,omitempty"`
}

// MarshalJSON writes the data as text, or as base64 where it is not UTF-8.
func (o OutputCount) MarshalJSON() ([]byte, error) {
	return marshal(outputCountJSON{o.Runs, o.First, newPayload(o.Data), o.Cut})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (o *OutputCount) UnmarshalJSON(data []byte) error {
	var j outputCountJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	*o = OutputCount{j.Runs, j.First, j.bytes(), j.Cut}
	return nil
}

// Compared is what the runs of a group of cells, or of one cell with several
// values of GOMAXPROCS, show together.
type Compared struct {
	Group  string          `json:"group,omitempty"` // "": one cell under several values of GOMAXPROCS
	Cores  int             `json:"cores"`           // of the machine
	Rounds int             `json:"rounds"`          // in each of them every model ran once
	Wanted int             `json:"wanted"`          // more than Rounds where the time was over
	Models []ComparedModel `json:"models"`          // in the order of the note
	// Control compares a model with itself, measured as if it were another
	// one; nil: there was none.
	Control *Control `json:"control,omitempty"`
	// Winner is the index of the model that is shown to be faster than all
	// others, or -1.
	Winner int     `json:"winner"`
	Noise  []Noise `json:"noise,omitempty"` // signs that the times cannot be trusted
	// Serial is the share of the work that ran on one core alone; nil: not
	// known.
	Serial *Serial `json:"serial,omitempty"`
	// Absent names cells of the group that were not compared, and why.
	Absent []Absent `json:"absent,omitempty"`
}

// A ComparedModel is a cell under one value of GOMAXPROCS, as a comparison
// measured it.
type ComparedModel struct {
	Cell  string `json:"cell"`
	Model string `json:"model,omitempty"`
	Procs int    `json:"procs,omitempty"` // GOMAXPROCS; 0: as usual
	Runs  int    `json:"runs"`            // that Wall and CPU hold
	Wall  Spread `json:"wall"`
	CPU   Spread `json:"cpu"`
	// Speedup is how many times faster it is than the first model.
	Speedup Quotient `json:"speedup"`
	// Relation says what is shown about the model and the first one.
	Relation Relation `json:"relation"`
	// Unexpected counts runs that did not end as expected.
	Unexpected int `json:"unexpected,omitempty"`
}

// A Quotient is how many times larger one median is than another. The zero
// value is not known.
type Quotient struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low,omitempty"` // bounds; 0 where there is no interval
	High  float64 `json:"high,omitempty"`
}

// Bounded reports whether the quotient has an interval.
func (q Quotient) Bounded() bool { return q.High > 0 }

// A Relation is what a comparison shows about a model and the first one.
type Relation string

// The relations.
const (
	RelationBase    Relation = "first"
	RelationFaster  Relation = "faster"
	RelationSlower  Relation = "slower"
	RelationNone    Relation = "no difference shown"
	RelationUnknown Relation = "" // too few runs, or a noisy machine
)

// A Control is a model that was compared with itself.
type Control struct {
	Model    int      `json:"model"`    // index
	Runs     int      `json:"runs"`     // more than those of the model
	Quotient Quotient `json:"quotient"` // of the two medians: 1 without noise
}

// A Noise is a sign that the machine was busy with something else.
type Noise string

// The signs of noise.
const (
	NoisyControl Noise = "control" // a model differed from itself
	NoisyWaiting Noise = "waiting" // most runs of each model waited for cores more than 10 % of their time
)

// Serial is the share of the work that ran on one core alone, by Karp and
// Flatt. It may be below 0, where the speed-up is more than the cores explain.
type Serial struct {
	Procs int     `json:"procs"` // the number of cores that it was computed at
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Absent is a cell that takes no part in the comparison of its group.
type Absent struct {
	Cell   string `json:"cell"`
	Model  string `json:"model,omitempty"`
	Reason string `json:"reason"`
}

func (Repeated) kind() string { return "repeated" }
func (Compared) kind() string { return "compared" }
