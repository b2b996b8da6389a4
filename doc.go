// Package notebook is the vocabulary of the notebook runner: what a note is,
// what a run of it reports, and how those reports fold into a result.
//
// [Parse] turns the bytes of a Markdown file into a [Note]: its tree, its
// cells and their options, with a [Diagnostic] for everything that is wrong.
// Parsing never fails. An engine runs the cells and reports what happens as a
// stream of [Event] values; [Fold] reduces that stream to the [Result] that a
// page shows. Reading a stored stream back gives the same result.
//
// The package opens no file, starts no process and knows no HTML.
package notebook
