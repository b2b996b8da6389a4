// Package inside is the part of the harness that lives in the process of the
// cells. Generated code calls it: its main function hands the cells to [Main],
// and the cells call [Show], [ShowError] and [Record]. The same program is
// another one, that runs a single function of the cells, where the environment
// asks for it: main calls [RunFunction] first.
//
// Main runs the cells that the parent asks for, one at a time, each in a
// goroutine of its own that carries the pprof label "cell". It reports on
// descriptor 3 what happened and reads requests from descriptor 4. Before the
// first cell it limits the process and removes its own variable from the
// environment.
//
// The package imports the standard library only: its source is compiled into
// the programs of a session. It starts no goroutine besides the cells' own, no
// timer and no signal handler, so that Go's detection of deadlocks works as in
// any program. In a session it writes nothing but
// frames and markers.
package inside
