// Package links finds out where the links of notes lead, and reads their
// pictures.
//
// [NewSet] takes the notes that are rendered together; [Set.Resolve] returns
// what the page of one of them needs from outside the note, and a warning for
// every link that leads nowhere.
//
// Non-goals: fetching anything from the network, changing a note.
//
// Invariants: no byte of a file outside the folder of the notes gets into a
// page, also not through a symbolic link; a link to a note of the set leads to
// its page, every other local link to the same file as in the note.
package links
