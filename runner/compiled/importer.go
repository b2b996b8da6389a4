package compiled

import (
	"errors"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"regexp"
	"strings"
)

// An ImportError says why a package cannot be imported.
type ImportError struct {
	Path    string
	Message string
	Next    string // the next step for the author; may be empty
}

// Error returns the message of the go command, in one line.
func (e *ImportError) Error() string { return e.Message }

// Hint returns the next step for the author, or "".
func (e *ImportError) Hint() string { return e.Next }

var (
	addIt      = regexp.MustCompile(`(?s); to add(?: it)?:\s*(\S.*)$`)
	stdFolder  = regexp.MustCompile(` \([^()]*[/\\]src[/\\][^()]*\)$`)
	seeHelp    = regexp.MustCompile(`; see 'go help [a-z]+'$`)
	ofCompiler = regexp.MustCompile(`^# (\S+)\n`)
)

// newImportError makes the message of the go command fit for a reader.
func newImportError(path, message string) *ImportError {
	e := &ImportError{Path: path, Message: strings.TrimSpace(message)}
	if m := addIt.FindStringSubmatchIndex(e.Message); m != nil {
		e.Next = "run in the folder of the note: " + oneLine(e.Message[m[2]:m[3]])
		e.Message = e.Message[:m[0]]
	}
	e.Message = stdFolder.ReplaceAllString(seeHelp.ReplaceAllString(e.Message, ""), "")
	switch {
	case strings.Contains(e.Message, "GOPROXY=off"):
		e.Message = "the module that provides package " + path + " is not in the module cache"
		e.Next = "with --allow-net it is downloaded"
	case strings.Contains(e.Message, "go.mod file not found"):
		e.Next = "a note finds modules through a go.mod in its folder or above: go mod init notes && go get " + path
	}
	if m := ofCompiler.FindStringSubmatch(e.Message); m != nil {
		e.Message = "package " + m[1] + " does not compile: " + e.Message[len(m[0]):]
	}
	e.Message = oneLine(e.Message)
	return e
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// An exportImporter imports packages for a type checker from what the
// compiler wrote about them. It implements types.Importer.
type exportImporter struct {
	packages *packages
	gc       types.Importer
}

func newImporter(p *packages) *exportImporter {
	lookup := func(path string) (io.ReadCloser, error) {
		found := p.All[path]
		if found == nil {
			return nil, errors.New("package " + path + " was not asked for")
		}
		return os.Open(found.Export)
	}
	return &exportImporter{packages: p, gc: importer.ForCompiler(token.NewFileSet(), "gc", lookup)}
}

// Import returns the package with that path. Its error has a method Hint
// where there is a next step for the author.
func (i *exportImporter) Import(path string) (*types.Package, error) {
	if e := i.packages.Refused[path]; e != nil {
		return nil, e
	}
	return i.gc.Import(path)
}
