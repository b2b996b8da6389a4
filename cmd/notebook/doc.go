// Command notebook runs the Go cells of Markdown notes and renders pages.
//
//	notebook render concurrency.md
//
// reads the note, runs its cells and writes concurrency.html beside it. The
// other commands run a note on the terminal, test it, or check it without
// running; notebook help lists them.
//
// This is the only package that prints, exits, or knows both the runner and
// the renderer. A command is a file; what the commands share is the pipeline:
// find and read the notes (internal/input), parse them, run each, and send the
// events of a run to who wants them: the terminal, the reporter of unexpected
// ends, the stream of run --json, and the fold that becomes the page.
//
// Non-goals: lowering, running and judging cells (package runner), HTML
// (package renderer).
//
// Invariants: page paths and output of cells go to standard output, everything
// else to standard error; the exit code is the highest of what happened (see
// status.go); after an interrupt there is no half page and no process.
package main
