// Package lower turns the Go cells of a note into Go source that an engine can
// compile or interpret.
//
// Call [Imports] to learn what the cells import, then [Lower] with an importer
// for those packages. The resulting [Source] holds one file of package main
// for each session cell, which shares its declarations with the cells after
// it, and one for each program cell.
//
// The meaning of a session is that of nested blocks: each cell is a block that
// contains the cells after it. So a later definition of a name is a new
// definition; what an earlier cell bound to the old one stays bound to it.
// A file holds the author's text, spliced and not reprinted, under //line
// directives, so that every tool reports places in the note. Only where the
// text must differ is it edited: a name that was defined twice gets a suffix,
// and a variable that another cell uses becomes a variable of the package.
// Every other variable stays local to the function of its cell: timings and
// leak proofs depend on it.
//
// The package runs nothing and reads no file.
package lower
