package harness

import (
	"bytes"
	"embed"
	"fmt"
	"go/build"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// ImportPath is the path by which generated code imports package inside.
const ImportPath = "notebook/runner/harness/inside"

// Source holds the source of package inside, in the folder "inside": what is
// needed to compile it, for all systems. SourceFiles chooses those for one.
//
//go:embed inside/doc.go inside/main.go inside/function.go inside/run.go inside/panic.go inside/meter.go inside/alive.go inside/leaks.go inside/exit.go
//go:embed inside/labels.go inside/labels_go126.go inside/labels_pprof.go
//go:embed inside/frame.go inside/marker.go inside/output.go inside/output_linux.go inside/output_other.go
//go:embed inside/show.go inside/layout.go inside/print.go inside/leaf.go inside/record.go
//go:embed inside/counters.go inside/counters_go126.go inside/counters_metrics.go inside/delay_linux.go inside/delay_other.go inside/recording.go inside/program.go inside/recording_none.go inside/asked_unix.go inside/asked_windows.go
//go:embed inside/system_unix.go inside/system_windows.go inside/peak_linux.go inside/peak_other.go
var Source embed.FS

// A SourceFile is a file of package inside.
type SourceFile struct {
	Name string // without a folder
	Data []byte
}

// SourceFiles returns the files of package inside that are compiled for a
// system by a version of Go, such as "go1.26", sorted by name; without
// recording, those of programs of which no trace is recorded. They do not hold
// the constraints by which they were chosen.
func SourceFiles(goos, goarch, lang string, recording bool) ([]SourceFile, error) {
	system := build.Default
	if !recording {
		system.BuildTags = append(system.BuildTags, plainTag)
	}
	system.GOOS, system.GOARCH, system.ReleaseTags = goos, goarch, releases(lang)
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
		files = append(files, SourceFile{Name: path.Base(name), Data: withoutConstraint(data)})
	}
	return files, nil
}

// withoutConstraint returns a file with an empty line in place of its build
// constraint, which stands above the package clause.
func withoutConstraint(data []byte) []byte {
	constraint, rest, ok := bytes.Cut(data, []byte("\n"))
	if !ok || !bytes.HasPrefix(constraint, []byte("//go:build ")) {
		return data
	}
	return append([]byte("\n"), rest...)
}

// plainTag is the build tag of programs of which no trace is recorded.
const plainTag = "notebook_plain"

// releases returns the build tags of a version of Go: its own and those of all
// versions before.
func releases(lang string) []string {
	var tags []string
	minor, _ := strconv.Atoi(strings.TrimPrefix(lang, "go1."))
	for i := range minor {
		tags = append(tags, "go1."+strconv.Itoa(i+1))
	}
	return tags
}
