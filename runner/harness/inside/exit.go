package inside

import _ "unsafe" // for go:linkname

// atExit is a variable of package syscall in programs of cells: their standard
// library sets it to what makes a function run when main returns or os.Exit is
// called. In other programs it is nil.
//
//go:linkname atExit syscall.notebookAtExit
var atExit func(func())
