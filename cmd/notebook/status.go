package main

// A status is the exit code of a command. Of several the highest wins.
type status int

// The exit codes.
const (
	statusOK          status = 0   // all as expected
	statusFailed      status = 1   // an unexpected outcome, a failed check, an error in a note
	statusUnusable    status = 2   // usage, unreadable input, output not writable
	statusInterrupted status = 130 // by INT, TERM or HUP
)

// raise makes s the higher of the two.
func (s *status) raise(to status) { *s = max(*s, to) }
