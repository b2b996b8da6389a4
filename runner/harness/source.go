package harness

import (
	"embed"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"path"
)

// ImportPath is the path by which generated code imports package inside.
const ImportPath = "notebook/runner/harness/inside"

// Source holds the source of package inside, in the folder "inside": what is
// needed to compile it, for all systems. SourceFiles chooses those for one.
//
//go:embed inside/doc.go inside/main.go inside/run.go inside/panic.go inside/meter.go inside/alive.go
//go:embed inside/frame.go inside/marker.go inside/output.go inside/output_linux.go inside/output_other.go
//go:embed inside/show.go inside/layout.go inside/print.go inside/leaf.go inside/record.go
//go:embed inside/system_unix.go inside/system_windows.go inside/peak_linux.go inside/peak_other.go
var Source embed.FS

// A SourceFile is a file of package inside.
type SourceFile struct {
	Name string // without a folder
	Data []byte
}

// SourceFiles returns the files of package inside that are compiled for a
// system, sorted by name.
func SourceFiles(goos, goarch string) ([]SourceFile, error) {
	system := build.Default
	system.GOOS, system.GOARCH = goos, goarch
	system.JoinPath = path.Join
	system.OpenFile = func(name string) (io.ReadCloser, error) { return Source.Open(name) }
	names, err := fs.Glob(Source, "inside/*.go")
	if err != nil {
		return nil, fmt.Errorf("source of the harness: %w", err)
	}
	var files []SourceFile
	for _, name := range names {
		match, err := system.MatchFile("inside", path.Base(name))
		if err != nil {
			return nil, fmt.Errorf("source of the harness: %w", err)
		}
		if !match {
			continue
		}
		data, err := Source.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("source of the harness: %w", err)
		}
		files = append(files, SourceFile{Name: path.Base(name), Data: data})
	}
	return files, nil
}
