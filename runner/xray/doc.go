// Package xray reduces the execution trace of a cell to a timeline: what the
// cell's goroutines did, and when.
//
// Call [Reduce] with the bytes that runtime/trace wrote and [Options] that say
// which part of them is the cell's. [Cost], [Honesty] and [Busy] tell how far
// the timeline can be trusted, from what was measured beside it.
//
// The goroutines of a cell are the one that runs its body and those that they
// start, apart from those of the runtime. A trace knows neither the values
// that channels carry, nor who holds a mutex, nor what the operating system
// does meanwhile; so a timeline does not tell either.
//
// The package records nothing, leaves no goroutine behind, and keeps nothing
// between calls, apart from [EventCost], which measures once. Equal traces give
// equal timelines. A timeline takes at most [MaxJSON] bytes however long the
// trace is, its totals and peaks are exact all the same, and no trace, broken or
// forged, makes Reduce panic or take more memory than a multiple of its size.
package xray
