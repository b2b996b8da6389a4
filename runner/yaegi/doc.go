// Package yaegi is the engine that interprets cells: for machines without a Go
// toolchain, and as a second opinion beside the compiled engine.
//
// [New] returns the engine. Nothing is interpreted in the process that uses it:
// the engine starts the program itself again as a worker. So the main function
// of every program with this engine, and TestMain of its tests, has to begin
// with
//
//	if yaegi.IsWorker() {
//		yaegi.RunWorker()
//	}
//
// Lowering, harness and events are those of the compiled engine; types are
// checked against the embedded data of package stdtypes. Neither PATH nor HOME
// is needed. The worker that has compiled a session is its first process.
//
// # Differences from Go
//
// The interpreter does not do everything as Go does. Package internal/dialect
// edits what can be edited so that both do the same, and finds most of the
// rest, which [Config] Cautious refuses. It does not find everything: a select
// statement that several goroutines run at the very same moment, for one, may
// take the channels of the wrong one. So the compiled engine is the authority.
//
// A panic is reported at its line where the code calls panic and where only one
// place in the function fits the message; else at the first statement of the
// function.
//
// What is shown of a goroutine at a deadlock, a timeout or a fatal error is one
// line of the note and the one where it was started, not its calls: translated
// code notes its places in labels of the goroutine. A function that neither
// waits nor loops without end notes none; there the line is that of its call. A
// call takes up to a tenth more time for this, one that locks a mutex or sends
// on a channel up to twice the time.
//
// The environment variable GODEBUG holds the setting tracebacklabels=1.
//
// A program cell that starts itself again, by os.Args[0] or os.Executable, runs
// as the same interpreted program. One that reads /proc/self/exe does not.
package yaegi
