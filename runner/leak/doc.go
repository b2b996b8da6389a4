// Package leak makes the tests of a package fail when they leave something
// behind: goroutines, open files, child processes or temporary files.
//
// A package that starts any of these has a TestMain that calls
//
//	os.Exit(leak.Tests{M: m}.Run())
//
// Only tests import this package. Off Linux open files and child processes are
// not looked for, on Windows temporary files neither.
package leak
