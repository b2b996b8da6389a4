// Package notebook is the vocabulary of the notebook runner: what a note is,
// what a run of it reports, and how those reports fold into a result.
//
// [Parse] turns the bytes of a Markdown file into a [Note]: its tree, its
// cells and their options, with a [Diagnostic] for everything that is wrong.
// Parsing never fails. An engine runs the cells and reports what happens as a
// stream of [Event] values; [Fold] reduces that stream to the [Result] that a
// page shows. Reading a stored stream back gives the same result.
//
// What holds for every note: its source is valid UTF-8 with LF line ends;
// every place is one of the author's file, in lines and bytes from 1; labels of
// cells and ids of headings are unique together; parsing takes time linear in
// the size of the note, or the note is refused.
//
// The package opens no file, starts no process and knows no HTML.
package notebook
