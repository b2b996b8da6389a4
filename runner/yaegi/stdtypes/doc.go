// Package stdtypes type-checks code against the standard library where no Go
// toolchain is installed.
//
// The types of all public packages of the standard library are embedded as the
// compiler's export data, made by go generate. [Importer] serves them to
// go/types:
//
//	conf := types.Config{Importer: stdtypes.Importer(token.NewFileSet())}
//
// The data is that of linux/amd64 without cgo, of the Go release that
// [GoVersion] names; it holds types only, no function bodies. A binary must be
// built with the same Go release, since the format of export data belongs to
// the release; a test sees to that.
//
// The package opens no file and starts no process.
package stdtypes

//go:generate go run generate.go -o std.zip
