// Package terminal talks to the user of a command: messages and progress on
// standard error, results on standard output.
//
// [New] makes a [Console] for two files. On a terminal a console is colored
// and shows a line of progress; elsewhere it writes plain lines only.
//
// Non-goals: deciding what is worth saying.
//
// Invariants: a message never lands in the middle of the progress line; no
// control character of a name or a message reaches the terminal.
package terminal
