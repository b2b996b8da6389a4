//go:build !notebook_plain

package inside

import "os"

// TraceVariable is the name of the environment variable by which the parent
// asks a program cell to record its execution trace.
const TraceVariable = "NOTEBOOK_TRACE"

// RecordProgram records the trace of this program where the parent asks for
// it, from now until it ends by the return of main or by os.Exit. What it
// returns ends the recording too, for programs whose standard library does not
// tell of their end. Processes that the program starts do not record.
func RecordProgram() (finish func()) {
	if os.Getenv(TraceVariable) == "" {
		return func() {}
	}
	_ = os.Unsetenv(TraceVariable)
	keepFrames()
	s := &session{}
	s.record(true)
	openRegion() // to the end of the program
	return s.finishRecording
}
