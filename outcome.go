package notebook

// An Outcome says how a run of a cell ended.
type Outcome string

// The outcomes.
const (
	OK           Outcome = "ok"            // returned, or left by runtime.Goexit
	Mismatch     Outcome = "mismatch"      // an output check failed
	CompileError Outcome = "compile-error" // did not compile
	Panic        Outcome = "panic"
	Fatal        Outcome = "fatal"    // a fatal error of the Go runtime
	Deadlock     Outcome = "deadlock" // shown, not guessed
	Stuck        Outcome = "stuck"    // blocked, deadlock not proved
	Timeout      Outcome = "timeout"
	Limit        Outcome = "limit" // a resource limit; which one is named
	Exit         Outcome = "exit"  // os.Exit or log.Fatal
	Killed       Outcome = "killed"
	Interrupted  Outcome = "interrupted"
	Skipped      Outcome = "skipped"
)

// Expectable reports whether an author may write o in the option expect.
func (o Outcome) Expectable() bool {
	switch o {
	case OK, CompileError, Panic, Fatal, Deadlock, Stuck, Timeout, Limit, Exit, Killed:
		return true
	}
	return false
}

// EndsProcess reports whether an expectation of o means that the cell takes
// its process with it, so that it needs one of its own.
func (o Outcome) EndsProcess() bool {
	switch o {
	case Fatal, Deadlock, Stuck, Timeout, Limit, Exit, Killed:
		return true
	}
	return false
}
