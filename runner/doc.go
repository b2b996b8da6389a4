// Package runner runs the cells of a note and reports what happens as a
// stream of events.
//
// A [Runner] decides what runs where and when: the session's process, a
// process of its own for a cell that needs one, a replay after a crash; it
// judges each end against what the author expects. An [Engine] knows how to
// build and run cells; the engines are in the folders below.
//
// No function of this package prints, and none knows about pages.
package runner
