package harness

import (
	"errors"
	"fmt"
)

// ErrProcessEnded is returned by Run when the cell took its process with it.
var ErrProcessEnded = errors.New("the process ended")

// ErrNotStarted is returned by Run when the process ended before the cell began:
// a goroutine of an earlier cell crashed it. No event of the cell was sent, so it
// can run in a new process. It is an ErrProcessEnded too.
var ErrNotStarted = fmt.Errorf("the cell was not started: %w", ErrProcessEnded)

// errFrames means that what came on the channel for frames is none.
var errFrames = errors.New("the channel between the cell and notebook is damaged")
