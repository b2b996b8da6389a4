package inside

import (
	"bytes"
	"errors"
	"os"
	"time"
)

// LeaksVariable is the name of the environment variable by which the parent
// names the file that [ReportLeaks] writes.
const LeaksVariable = "NOTEBOOK_LEAKS"

const (
	// leakLooks is how often goroutines are looked at until each of them is
	// blocked for ever, and leakPause how long the next look waits: a goroutine
	// that works may be about to block.
	leakLooks = 10
	leakPause = 100 * time.Millisecond
)

// leakReport writes the report; nil: nobody asked for one. It is set before the
// first cell runs.
var leakReport func()

// ReportLeaks writes, when a cell has ended and when a program ends, the stacks
// of all goroutines to the file that the parent names; those that are blocked
// for ever are marked. Where no file is named it does nothing. profile returns
// the stacks, or nothing where this version of Go cannot tell; the package does
// not import what makes them, which few programs need.
func ReportLeaks(profile func() []byte) {
	path := os.Getenv(LeaksVariable)
	if path == "" {
		return
	}
	// Processes that the program starts are not to write there.
	_ = os.Unsetenv(LeaksVariable)
	leakReport = func() {
		// Where it cannot be written it is missing: nothing was found out.
		_ = writeReport(path, lookForLeaks(profile))
	}
	if os.Getenv(Variable) == "" && atExit != nil { // a program, not a session
		atExit(leakReport)
	}
}

// writeReport writes a file whole or not at all.
func writeReport(path string, report []byte) error {
	part := path + ".part"
	file, err := os.Create(part)
	if err != nil {
		return err
	}
	_, err = file.Write(report)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// lookForLeaks returns the stacks of all goroutines once each of them is blocked
// for ever, or after the last look. They carry the labels of the cells.
func lookForLeaks(profile func() []byte) []byte {
	settings := os.Getenv("GODEBUG")
	_ = os.Setenv("GODEBUG", settings+",tracebacklabels=1")
	defer func() { _ = os.Setenv("GODEBUG", settings) }()
	stacks := profile()
	for look := 1; look < leakLooks && someGoOn(stacks); look++ {
		time.Sleep(leakPause)
		stacks = profile()
	}
	return stacks
}

// someGoOn reports whether a goroutine besides the one that looks is not
// blocked for ever.
func someGoOn(stacks []byte) bool {
	for line := range bytes.Lines(stacks) {
		if bytes.HasPrefix(line, []byte("goroutine ")) && !bytes.Contains(line, []byte("(leaked)")) && !bytes.Contains(line, []byte("[running")) {
			return true
		}
	}
	return false
}
