// Package output decides where pages go, and writes them whole or not at all.
//
// [Plan] names the page of each note, [Open] makes the folders and finds out
// that every page can be written, [Writer.Write] writes one.
//
// Non-goals: what is in a page.
//
// Invariants: a page on disk is the old one or the new one, never a part, also
// when the program is killed or the disk is full; nothing outside the output
// folder is touched, also not through a symbolic link.
package output
