package harness

import "os"

// There are no sessions on Windows yet, and so nothing is recorded.
var (
	signalStuck os.Signal = os.Kill
	signalStop  os.Signal = os.Kill
)
