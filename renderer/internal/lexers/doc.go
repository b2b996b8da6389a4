// Package lexers knows chroma's lexers and makes each when it is first asked
// for.
//
// Chroma's own package of this name reads the heads of 280 XML files when a
// program starts, which is half of what such a program does until it is asked
// to do something. Here nothing happens at start:
//
//	lexer := lexers.Named("python") // a name and a line of the index
//	lexer.Tokenise(nil, code)       // reads python.xml, compiles its expressions
//
// Everything but this file, lexers.go and named.go is made by go generate from
// the version of chroma that go.mod names: index.go tells what the lexers are
// called, lexers.zip holds the XML files, and each chroma_*.go is a file of
// chroma that defines lexers in Go. Two things are changed there: what
// [Register] is given is wrapped in a function, so that it waits, and literals
// of chroma's types have the names of their fields, since go vet wants them.
// COPYING is chroma's license.
//
// The package does not guess the language of a text, and it takes no lexers
// but chroma's. Its functions may be called by several goroutines.
package lexers

//go:generate go run generate.go
