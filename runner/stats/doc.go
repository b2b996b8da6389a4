// Package stats says what repeated measurements show and what they do not.
//
// Call [Summarize] for the median of a series of times with its interval,
// [Speedup] for how many times faster one series is than another, and
// [Group.Judge] for the outcome of a comparison: a winner, or that no
// difference was shown, or that the machine was too noisy to tell. [Turn]
// says in which order the runs of a comparison take their turns.
//
// The package assumes nothing about how times are distributed: they are
// seldom normal. It is pure - series in, summaries out - and measures, prints
// and runs nothing. It knows no cells and no engines.
//
// Results never hold a NaN or an infinity. A series that is too short for an
// interval gets none, and what has no interval wins nothing.
package stats
