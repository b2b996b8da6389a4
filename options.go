package notebook

import "time"

// Options are the options of one cell after the defaults of the note have
// been applied. docs/format.md describes each.
type Options struct {
	Title       string
	Echo        Echo
	Output      Output
	Include     bool
	CodeFold    Fold3
	CodeSummary string
	Mark        []LineRange // lines of the cell's code, from 1

	Expect  []Expectation // any of these must occur; empty: ok
	Error   bool          // any outcome is accepted
	Timeout time.Duration // 0: the default
	Timing  Switch
	Trace   Switch       // record a timeline
	FigCap  string       // caption of the cell's picture; "": none
	Engines []EngineName // empty: the session's; several only on program cells
	Match   Match
	Record  []string
	Claim   *Claim // nil: none
	Needs   Needs  // of claims about the cell

	// Race says whether the cell also runs under the race detector; auto
	// leaves that to the front matter and the command line. It is on where a
	// race is expected.
	Race  Switch
	Leaks Leaks

	Repeat         int    // how many times the cell runs; 0: not written
	Procs          []int  // values of GOMAXPROCS that it runs with; empty: as usual
	Compare, Model string // the group in which it is compared and its name there

	// Isolate is also set where env or an expected end asks for a process of
	// the cell's own.
	Isolate   bool
	Env       map[string]string
	Args      []string
	Stdin     string // the input itself
	StdinFile string // a file with the input, relative to the note; "": none
	Dir       string // relative to the note; "": the note's folder
}

// A Switch is an option with the values auto, true and false.
type Switch string

// The values of a Switch.
const (
	SwitchAuto Switch = ""
	SwitchOn   Switch = "true"
	SwitchOff  Switch = "false"
)

// Echo says how the code of a cell is shown.
type Echo string

// The values of echo.
const (
	EchoTrue   Echo = ""
	EchoFalse  Echo = "false"
	EchoFenced Echo = "fenced" // with its fence and option lines
)

// Output says how the output of a cell is shown.
type Output string

// The values of output.
const (
	OutputTrue  Output = ""
	OutputFalse Output = "false"
	OutputAsIs  Output = "asis" // stdout is Markdown of the note
)

// Fold3 says whether the code of a cell is folded.
type Fold3 string

// The values of code-fold.
const (
	FoldNone   Fold3 = ""
	FoldClosed Fold3 = "true"
	FoldOpen   Fold3 = "show"
)

// Match says how the output of a cell is compared with its check.
type Match string

// The values of match.
const (
	MatchExact     Match = ""
	MatchUnordered Match = "unordered"
	MatchRegexp    Match = "regexp"
)

// Leaks says what a goroutine that is blocked for ever means to a cell.
type Leaks string

// The values of leaks.
const (
	LeaksAllow  Leaks = ""
	LeaksForbid Leaks = "forbid" // the note fails where one is proved
)

// A LineRange is a range of lines, both ends included.
type LineRange struct{ From, To int }

// An Expectation is an outcome that an author expects, or a verdict.
type Expectation struct {
	Outcome Outcome
	Verdict VerdictKind // race or leak; then there is no outcome
	Code    *int        // the exit code of exit; nil: any
	Text    string      // must occur in the message of the problem; "": any
}

// A Check is the // Output: comment at the end of a cell.
type Check struct {
	Want      string // trimmed, as go test trims it
	Unordered bool
	Position  Position // of the comment in the note

	start, end int // offsets of the comment in Code
}
