package notebook

import "time"

// TimelineVersion is the version of the form in which a [Timeline] travels.
const TimelineVersion = 1

// A Timeline tells what the goroutines of one run of a cell did, and when: the
// reduced execution trace of the run. It holds no more than a picture can show.
// Points of time count from the start of the cell. The zero value is the
// timeline of a cell of which nothing was recorded.
type Timeline struct {
	Version int           `json:"version"`
	Procs   int           `json:"procs"`   // GOMAXPROCS: how many goroutines can run at once
	Wall    time.Duration `json:"wall_ns"` // from the start of the cell to its end
	// Cut is where the recording stopped, at its limit; 0: all was recorded.
	Cut time.Duration `json:"cut_ns,omitempty"`
	// Goroutines counts those of the cell, with those that have no lane.
	Goroutines int `json:"goroutines"`
	Events     int `json:"events"` // of the trace, while the cell ran
	// Peak is how many goroutines were alive at once at most, PeakRunning how
	// many ran at once at most, and Preempted how often the scheduler took a
	// processor from one that could go on.
	Peak        int `json:"peak"`
	PeakRunning int `json:"peak_running"`
	Preempted   int `json:"preempted,omitempty"`
	// Totals is the time that the goroutines spent in each state, added up.
	Totals map[State]time.Duration `json:"totals_ns"`

	Lanes  []Lane  `json:"lanes,omitempty"`  // in the order of birth; none where Groups tell
	Groups []Group `json:"groups,omitempty"` // where there are too many goroutines for lanes
	Wakes  []Wake  `json:"wakes,omitempty"`  // in the order of time
	GC     []Span  `json:"gc,omitempty"`     // when the garbage collector worked
	// Running tells how many goroutines ran at once: each step holds until
	// the next one.
	Running []Step `json:"running"`
}

// A State is what a goroutine does, or waits for.
type State string

// The states.
const (
	Running     State = "running"
	Ready       State = "ready" // could run, and waits for a processor
	Sending     State = "send"  // waits in a channel send, and so on
	Receiving   State = "receive"
	Selecting   State = "select"
	Locking     State = "mutex" // a Mutex or RWMutex
	WaitingAll  State = "waitgroup"
	WaitingCond State = "cond"
	Sleeping    State = "sleep"
	Networking  State = "network"
	InSyscall   State = "syscall"
	Collecting  State = "gc" // helps or awaits the garbage collector
	Waiting     State = "waiting"
)

// A Lane is the life of one goroutine.
type Lane struct {
	ID     int64         `json:"id"`               // number of the goroutine, as in crash reports and output
	Parent int64         `json:"parent,omitempty"` // who started it; 0: the cell itself, or a timer
	Name   string        `json:"name"`             // function, or "line 41"; "#2" where several share it
	Line   int           `json:"line,omitempty"`   // of the note, where it was started; 0: not in the note
	Born   time.Duration `json:"born_ns"`
	End    time.Duration `json:"end_ns"`          // when it ended, or the recording did
	Alive  bool          `json:"alive,omitempty"` // did not end with the cell
	// Slices follow one another without overlap. Those too short to be seen are
	// merged into a Mixed one.
	Slices  []Slice    `json:"slices"`
	Regions []Region   `json:"regions,omitempty"` // of runtime/trace, outermost first
	Logs    []LogEntry `json:"logs,omitempty"`    // of runtime/trace
}

// A Slice is a time in which a goroutine stayed in one state.
type Slice struct {
	Start time.Duration
	End   time.Duration
	State State
	Proc  int // the processor (P) that it ran on; -1: none
	Line  int // of the note, where it waits, or where it went on from; 0: not known
	// Mixed is how much of the slice the goroutine ran, where it changed its
	// state too often to show; else 0. State is the one that it was longest in.
	Mixed time.Duration
}

// A Region is a region of runtime/trace, or a task where it began and ended.
type Region struct {
	Name  string        `json:"name"`
	Start time.Duration `json:"start_ns"`
	End   time.Duration `json:"end_ns"`
}

// A LogEntry is a message of trace.Log.
type LogEntry struct {
	At   time.Duration `json:"at_ns"`
	Text string        `json:"text"`
}

// A Span is a stretch of time.
type Span struct {
	Start time.Duration `json:"start_ns"`
	End   time.Duration `json:"end_ns"`
}

// A Wake says that one goroutine made another one ready.
type Wake struct {
	At   time.Duration `json:"at_ns"`
	From int64         `json:"from"` // goroutine numbers
	To   int64         `json:"to"`
	Kind WakeKind      `json:"kind"`
	Line int           `json:"line,omitempty"` // of the note, of the one that woke
}

// A WakeKind is the operation by which a goroutine woke another one.
type WakeKind string

// The kinds of wakes.
const (
	BySend    WakeKind = "send"
	ByReceive WakeKind = "receive"
	ByClose   WakeKind = "close"
	BySelect  WakeKind = "select"
	ByUnlock  WakeKind = "unlock"
	ByDone    WakeKind = "done"   // of a WaitGroup
	BySignal  WakeKind = "signal" // of a Cond
	ByOther   WakeKind = "other"
)

// A Group tells of the goroutines that one place of the note started how many
// were in each state, where there are too many for lanes.
type Group struct {
	Name       string    `json:"name"`
	Line       int       `json:"line,omitempty"`
	Goroutines int       `json:"goroutines"`
	Columns    []Columns `json:"columns"` // one for each state that occurs
}

// Columns are the average numbers of goroutines in a state, in equal parts of
// the time that was recorded.
type Columns struct {
	State  State     `json:"state"`
	Counts []float64 `json:"counts"`
}

// A Step says how many goroutines run from a point of time on.
type Step struct {
	At    time.Duration `json:"at_ns"`
	Count int           `json:"count"`
}

// Traced is the timeline of a run of a cell.
type Traced struct {
	Timeline Timeline `json:"timeline"`
	// Cost is the share of the wall time that the recording took, computed:
	// 0.04 is 4 %.
	Cost float64 `json:"cost"`
	// Honesty is (CPU time + run-queue delay) / running time drawn; 0: not
	// known. Near 1 the picture shows what really ran.
	Honesty float64 `json:"honesty,omitempty"`
	Busy    bool    `json:"busy,omitempty"` // the machine was busy with other work
}

func (Traced) kind() string { return "traced" }
