package notebook

import (
	"encoding/json"
	"strings"
	"time"
)

// Format is the version of the event stream's format.
const Format = 1

// An Event is one line of the event stream of a run. docs/events.md fixes the
// format. The zero value is not a valid event: Body must be set.
type Event struct {
	Seq    int64         // counts from 1 within a stream
	Time   time.Duration // since the start event
	Note   string        // as given on the command line
	Cell   string        // label; empty for events of the note or of a session
	Engine string        // empty for events of the note
	Run    int           // 0 for the run that a page shows
	Body   Body
}

// A Body is what happened: a value of one of the types below.
type Body interface{ kind() string }

// Start opens a stream: the note and the machine it runs on.
type Start struct {
	Format     int       `json:"format"`
	Notebook   string    `json:"notebook"` // version of this program
	Go         string    `json:"go"`       // version of Go that runs the cells
	OS         string    `json:"os"`
	Arch       string    `json:"arch"`
	CPU        string    `json:"cpu,omitempty"` // model name
	Cores      int       `json:"cores"`
	GOMAXPROCS int       `json:"gomaxprocs"`
	Date       time.Time `json:"date"`            // start of the run
	Engine     string    `json:"session_engine"`  // engine of the session
	Quick      bool      `json:"quick,omitempty"` // each cell was to run once, whatever it says
	// Why says why another engine than the preferred one runs the session; ""
	// where the preferred one does.
	Why string `json:"engine_reason,omitempty"`
}

// Built reports a finished build: of the session, or of the program cell that
// the event names.
type Built struct {
	Compile time.Duration `json:"compile_ns"`
	Link    time.Duration `json:"link_ns"`
	Cached  bool          `json:"cached"` // nothing was compiled or linked
	// Check is set for a build whose runs find verdicts of that kind.
	Check VerdictKind `json:"check,omitempty"`
}

// Started reports that a cell begins.
type Started struct {
	Line    int `json:"line"` // first and last code line in the note
	EndLine int `json:"end_line"`
}

// Stream names a standard stream of a cell.
type Stream string

// The streams.
const (
	Stdout Stream = "stdout"
	Stderr Stream = "stderr"
)

// Written is output of a cell. Bytes that are not UTF-8 text travel as base64.
type Written struct {
	Stream    Stream
	Data      []byte        // not cut at line ends
	At        time.Duration // since the cell's start
	Goroutine int64         // 0: not known
	Late      bool          // written after the cell had ended
}

// Displayed is the value of a cell's last expression.
type Displayed struct {
	MIME string // text/plain always comes
	Data []byte
}

// Recorded is the value that a variable named by the option record had when
// the cell ended.
type Recorded struct {
	Name  string          `json:"name"`
	Value json.RawMessage `json:"value"`
}

// Problem says why a cell did not end ok, at the innermost place in the note.
// Without a cell it says why the whole note did not run.
type Problem struct {
	File     string   `json:"file"`
	Line     int      `json:"line,omitempty"` // from 1; 0: not known
	Col      int      `json:"col,omitempty"`  // bytes, from 1; 0: not known
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // one line; what expect is compared with
	Hint     string   `json:"hint,omitempty"`
	Trace    string   `json:"trace,omitempty"` // goroutine stacks, lines of the note only
}

// TraceTellsMore reports whether the trace says more than the place of the
// problem does: where other goroutines were, how the call came about, or what the
// goroutine waited for.
func (p Problem) TraceTellsMore() bool {
	return strings.Count(p.Trace, "\n") > 1 || p.Trace != "" && !strings.Contains(p.Trace, " [running]:")
}

// Finished reports how a run of a cell ended.
type Finished struct {
	Outcome  Outcome `json:"outcome"`
	Expected bool    `json:"expected"`            // as the author expects
	Text     string  `json:"text,omitempty"`      // to be said about the end
	ExitCode int     `json:"exit_code,omitempty"` // of the process, where it ended
	Signal   string  `json:"signal,omitempty"`    // that killed the process
	Limit    string  `json:"limit,omitempty"`     // that was hit
	Measurement
}

// NotRun is the end of a cell that has no Finished event: it was not run.
type NotRun struct {
	Reason string   `json:"reason"`
	Needs  []string `json:"needs,omitempty"` // labels of the cells it is missing
	// Fails is set when not running it makes the note fail by itself.
	Fails bool `json:"fails,omitempty"`
}

// End closes a stream.
type End struct {
	Outcome string        `json:"outcome"`           // "ok" or "failed"
	Cells   int           `json:"cells"`             // cells that were to run
	Failed  int           `json:"failed"`            // cells that did not end as expected
	NotRun  int           `json:"not_run,omitempty"` // others, left out because of another cell
	Wall    time.Duration `json:"wall_ns"`           // of the whole run, builds included
	Claims  *ClaimCounts  `json:"claims,omitempty"`  // nil: the note has none
}

func (Start) kind() string     { return "start" }
func (Built) kind() string     { return "built" }
func (Started) kind() string   { return "started" }
func (Written) kind() string   { return "output" }
func (Displayed) kind() string { return "display" }
func (Recorded) kind() string  { return "recorded" }
func (Problem) kind() string   { return "problem" }
func (Finished) kind() string  { return "finished" }
func (NotRun) kind() string    { return "skipped" }
func (End) kind() string       { return "note" }

// Unknown is an event of a later version of the format; reading keeps it out
// of every result.
type Unknown struct{ Kind string }

func (u Unknown) kind() string { return u.Kind }
