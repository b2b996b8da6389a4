// Package compiled is the engine that builds cells with the Go toolchain. What
// its cells do is what Go does.
//
// [New] returns an [Engine]. Its Lower finds the packages that the cells import
// and lowers the cells; its Open builds one program for the session and one for
// each program cell; the session that Open returns starts them.
//
// # How a program is built
//
// The go command is asked once what the imports need (go list -export -deps,
// in the folder of the note, so that the nearest go.mod holds). Then the
// compiler and the linker are called directly: one call of each for a program,
// which takes half the time of go build. Where they cannot be called so, on
// systems other than Linux or with a toolchain of another layout, go build makes
// the same program from an overlay. Nothing is written to the user's folders and
// nothing is downloaded unless [Config.Download] is set.
//
// All programs are built with a standard library in which one line of
// syscall.Write differs: it lets the harness see which cell writes. In a program
// cell nobody listens, and the line does nothing. Where the line does not fit a
// version of Go, the standard library stays as it is.
//
// # What is kept
//
// In the cache folder lie programs, by a key of everything that they depend on:
// source, archives of the packages, toolchain, environment, language version,
// settings of GODEBUG. Unchanged cells are neither compiled nor linked. A kept
// file is checked before it is used, and appears by a rename: many runs may
// share the folder. Without a usable folder everything works, but nothing is
// kept. [Clean] empties it.
//
// # What is not done
//
// There is no cgo and no go:embed in a cell. The answer of
// debug.ReadBuildInfo is empty where go build was not used. A package of the
// user's own module may have changed at any time: then go list is asked for
// every run.
package compiled
