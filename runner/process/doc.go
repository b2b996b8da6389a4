// Package process is the one place that starts, limits, watches and kills
// child processes.
//
// [Start] starts a child whose output the caller reads; [Run] runs a tool and
// returns what it wrote. Each child leads a session and a process group of its
// own, without a terminal. Nothing of it survives it: when it has ended, or its
// context is done, what is left of its group is killed, and on Linux also what
// has left the group; [Child.Strays] names it. When this program dies, even by
// SIGKILL, its children die with it (Linux). No child writes a core file (Linux).
//
// The package decides nothing about the meaning of an end: it reports the exit
// code, the signal and the resources used.
//
// Children are started by one goroutine that is locked to its thread and lives
// as long as the program: a parent-death signal fires when the thread that
// forked ends. A test that looks for leaked goroutines has to ignore its top
// function, notebook/runner/process.startChildren.
//
// Off Linux there is no parent-death signal, no search for processes that left
// the group, no limit and no peak memory. On Windows there is no process group
// either: only the child itself is killed, and a grandchild that keeps an
// output open can delay the end of that output.
package process
