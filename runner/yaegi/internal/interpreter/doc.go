// Package interpreter runs generated Go files of package main with yaegi. It is
// the only package of the project that knows yaegi's API.
//
// [New] makes an interpreter whose code works on the real standard streams,
// arguments and environment of the process; [Interpreter.Load] compiles a file
// and executes its declarations; [Interpreter.Func] and [Interpreter.Main] give
// what can then be called.
//
// The package starts no goroutine and no timer: the deadlock detector of the Go
// runtime must keep working for interpreted code. It cannot end what it runs;
// that is the business of another process.
//
// yaegi knows no place of a panic but the first statement of each function that
// the panic leaves. [Trace] collects these places, and the exact one where the
// code called [NativePath].Panic in place of panic.
package interpreter

//go:generate go run generate.go -o newer.go
