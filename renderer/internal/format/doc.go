// Package format writes quantities and foreign text for people: times, counts
// and percentages in words, and text in which nothing hides.
//
//	format.Duration(12_345_678)    // "12.3 ms"
//	format.Count(1204, "line")     // "1,204 lines"
//
// It knows nothing of notes and pages, and it does not escape markup. Every
// function is pure and returns valid UTF-8.
package format
