// Package claim tells temporary files that somebody uses from those that a
// killed process left. The user of a file claims it; a file that nobody claims
// may be removed.
//
// A claim is a lock of the operating system, so that it ends with its process,
// however that ends, and holds for processes in other containers too.
package claim
