// Command session is the session that the tests of package harness run. Cell
// number n pretends to stand in lines 100n to 100n+99 of note.md.
package main

import nbǃ "notebook/runner/harness/inside"

func main() {
	nbǃ.Main(
		nbǃ.Cell{Label: "hello", Run: cellǃ1},
		nbǃ.Cell{Label: "values", Run: cellǃ2},
		nbǃ.Cell{Label: "panic", Run: cellǃ3},
		nbǃ.Cell{Label: "panic-error", Run: cellǃ4},
		nbǃ.Cell{Label: "panic-value", Run: cellǃ5},
		nbǃ.Cell{Label: "goexit", Run: cellǃ6},
		nbǃ.Cell{Label: "goroutine-panic", Run: cellǃ7},
		nbǃ.Cell{Label: "deadlock", Run: cellǃ8},
		nbǃ.Cell{Label: "endless", Run: cellǃ9},
		nbǃ.Cell{Label: "sleep", Run: cellǃ10},
		nbǃ.Cell{Label: "ticker", Run: cellǃ11},
		nbǃ.Cell{Label: "exit", Run: cellǃ12},
		nbǃ.Cell{Label: "exit-0", Run: cellǃ13},
		nbǃ.Cell{Label: "log-fatal", Run: cellǃ14},
		nbǃ.Cell{Label: "sigkill", Run: cellǃ15},
		nbǃ.Cell{Label: "sigsegv", Run: cellǃ16},
		nbǃ.Cell{Label: "overflow", Run: cellǃ17},
		nbǃ.Cell{Label: "map-writes", Run: cellǃ18},
		nbǃ.Cell{Label: "unlock", Run: cellǃ19},
		nbǃ.Cell{Label: "hog", Run: cellǃ20},
		nbǃ.Cell{Label: "flood", Run: cellǃ21},
		nbǃ.Cell{Label: "odd-bytes", Run: cellǃ22},
		nbǃ.Cell{Label: "stdin", Run: cellǃ23},
		nbǃ.Cell{Label: "closes-output", Run: cellǃ24},
		nbǃ.Cell{Label: "closes-frames", Run: cellǃ25},
		nbǃ.Cell{Label: "damages-frames", Run: cellǃ26},
		nbǃ.Cell{Label: "child", Run: cellǃ27},
		nbǃ.Cell{Label: "stray-child", Run: cellǃ28},
		nbǃ.Cell{Label: "leak", Run: cellǃ29},
		nbǃ.Cell{Label: "late-output", Run: cellǃ30},
		nbǃ.Cell{Label: "late-panic", Run: cellǃ31},
		nbǃ.Cell{Label: "like-a-crash", Run: cellǃ32},
		nbǃ.Cell{Label: "exit-like-a-crash", Run: cellǃ33},
		nbǃ.Cell{Label: "framed", Run: cellǃ34},
		nbǃ.Cell{Label: "framed-late", Run: cellǃ35},
		nbǃ.Cell{Label: "recorded", Run: cellǃ36},
		nbǃ.Cell{Label: "framed-often", Run: cellǃ37},
		nbǃ.Cell{Label: "empty"},
		nbǃ.Cell{Label: "environment", Run: cellǃ39},
		nbǃ.Cell{Label: "many-blocked", Run: cellǃ40},
		nbǃ.Cell{Label: "big-file", Run: cellǃ41},
		nbǃ.Cell{Label: "framed-and-raw", Run: cellǃ42},
		nbǃ.Cell{Label: "framed-at-once", Run: cellǃ43},
	)
}
