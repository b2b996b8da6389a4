package stdtypes

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"slices"
	"sync"
)

//go:embed std.zip
var archive []byte

// open reads the table of contents of the embedded archive, once.
var open = sync.OnceValue(func() *zip.Reader {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		panic("stdtypes: embedded archive: " + err.Error())
	}
	return r
})

// Importer returns an importer of the packages of the standard library. The
// positions of their objects are added to fset. Import fails for any other
// path. An importer hands out each package once, so that types from several
// imports are identical; it must not be used by two goroutines at a time.
func Importer(fset *token.FileSet) types.Importer {
	return importer.ForCompiler(fset, "gc", lookup)
}

// lookup opens the export data of a package.
func lookup(path string) (io.ReadCloser, error) {
	files := open().File
	i := slices.IndexFunc(files, func(f *zip.File) bool { return f.Name == path })
	if i < 0 {
		return nil, fmt.Errorf("package %s is not in std", path)
	}
	return files[i].Open()
}

// Packages returns the import paths that Importer knows, sorted; package unsafe,
// which has no export data, is among them.
func Packages() []string {
	paths := []string{"unsafe"}
	for _, f := range open().File {
		paths = append(paths, f.Name)
	}
	slices.Sort(paths)
	return paths
}

// GoVersion returns the version of the Go release that the data was made
// with, such as "go1.26.8".
func GoVersion() string { return open().Comment }
