// Package input finds and reads the notes that the arguments of a command
// name.
//
// [Find] turns arguments into files: a file is a note whatever its name, a
// folder stands for the notes in it. [File.Read] reads one of them.
//
// Non-goals: parsing, and deciding where pages go.
//
// Invariants: nothing outside a folder argument is found through it, also not
// through a symbolic link; nothing but regular files is ever opened, so that
// no pipe or device can block a command.
package input
