// Package samples holds small concurrent programs whose execution traces the
// tests of package xray reduce: stored ones, and ones recorded while they run.
//
// Call [All] for the programs and [Record] to run one under the tracer. Each
// program has one thing to show. Their lines are those of a note: the file is
// the note that options name.
package samples
