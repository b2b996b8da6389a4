// Package harness runs cells in a process and turns what that process does into
// events: what it wrote, what it displayed, how it ended.
//
// [Start] starts a session process, whose program contains package inside; its
// [Process] runs the session's cells one after the other. [StartProgram] makes
// a [Program], which runs a program cell: any program, without the harness
// inside. Both send events from Started to Finished to the sink of Run, with
// Cell and Body set; the rest of an event is the caller's, and so is
// Finished.Expected.
//
// # One program, many processes
//
// A session program runs any list of its cells, in as many processes as are
// started. With the environment that [Function] returns it runs one function of
// the session instead, as a program of its own: plain standard streams, no
// descriptors of the harness, its own exit code. Such a process is started, not
// forked: no cell has run in it, and package-level variables are as new.
//
// # What holds
//
// Output of a stream keeps its order. A cell's first [DefaultMaxOutput] bytes are kept;
// the rest is read, counted and dropped. The memory that the package uses does
// not grow with what a cell writes. Whatever ends a run - its cell, a fault, the
// time limit, the context - nothing that the cell started is left when Run or
// Close returns. The text by which the Go runtime reports a crash becomes a
// Problem and is not output of the cell.
//
// # Attribution of output
//
// A session program may be built with a standard library in which syscall.Write
// begins with
//
//	if (fd == 1 || fd == 2) && notebookWrite != nil {
//		if n, done := notebookWrite(exithook.Goid(), fd, p); done {
//			return n, nil
//		}
//	}
//
// where a file added to package syscall imports internal/runtime/exithook and
// declares
//
//	//go:linkname notebookWrite
//	var notebookWrite func(goroutine uint64, fd int, p []byte) (n int, done bool)
//
// Then each write arrives with its goroutine, belongs to the cell whose
// goroutine (or a descendant of it) wrote it, also after that cell ended, and
// both streams keep their common order. Without it, bytes belong to the cell
// that runs, and Written.Goroutine is 0. Bytes that do not pass through
// syscall.Write, such as those of a child process, always belong to the cell
// that runs.
//
// # Systems
//
// On Windows no session process can be started. Off Linux, writes are not
// attributed, the memory limit does not hold everywhere, and a process that has
// left its group can survive.
package harness
