package process

import (
	"errors"
	"fmt"
	"syscall"
	"time"
)

// An Exit says how a child ended and what it used.
type Exit struct {
	Code   int            // exit code; -1 when a signal ended it
	Signal syscall.Signal // the signal that ended it; 0 for none
	User   time.Duration  // CPU time in user mode, of the child alone
	Sys    time.Duration  // CPU time in the kernel
	// MaxRSS is the largest resident memory in bytes; 0 where it is not known.
	MaxRSS int64
}

// OK reports whether the child returned with exit code 0.
func (e Exit) OK() bool { return e.Code == 0 && e.Signal == 0 }

// String returns "exit status 3" or "killed by SIGKILL".
func (e Exit) String() string {
	if e.Signal != 0 {
		return "killed by " + SignalName(e.Signal)
	}
	return fmt.Sprintf("exit status %d", e.Code)
}

// An ExitError is returned by [Run] when the tool did not end with exit code 0.
type ExitError struct {
	Path string
	Exit Exit
}

// Error implements error.
func (e *ExitError) Error() string { return e.Path + ": " + e.Exit.String() }

// ErrOutputOpen is returned by the Read of a child's output in place of io.EOF
// when the child has ended and a process that it left behind still holds that
// output open. Everything that the child itself wrote has been read then.
var ErrOutputOpen = errors.New("a process left behind keeps the output open")

// ErrOutputTooLong is returned by [Run] when a tool wrote more than is kept.
var ErrOutputTooLong = errors.New("the output is too long")
