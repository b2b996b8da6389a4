package compiled

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// An overlay gives the standard library of cells one changed line: writes to
// standard output and error are offered to a hook, which knows the cell that
// the writing goroutine belongs to. A second hook lets a program do something
// when it ends. The zero value changes nothing: then output
// belongs to the cell that runs. Package harness describes the hook.
type overlay struct {
	file   string // the file that it replaces
	source string // what the go command is to read in its place
	added  string // a file that it adds to the package
}

const (
	// writeLine is the line of syscall.Write that writes.
	writeLine = "\t\tn, err = write(fd, p)\n"
	writeFunc = "\nfunc Write(fd int, p []byte) (n int, err error) {\n"
	// hookedLine lets the hook write instead.
	hookedLine = "\t\tif taken, done := notebookOffer(fd, p); done { n = taken } else { n, err = write(fd, p) }\n"
	// hookFile declares the hook; the directive lets the linker bind the
	// harness's variable to it. notebookHide returns p so that the compiler
	// does not move every buffer that is written anywhere to the heap, which
	// cells that count allocations would see: the hook keeps no bytes.
	hookFile = `//go:build unix

package syscall

import (
	"internal/runtime/exithook"
	"unsafe"
)

//go:linkname notebookWrite
var notebookWrite func(goroutine uint64, fd int, p []byte) (n int, done bool)

//go:linkname notebookAtExit
var notebookAtExit func(func())

func init() {
	notebookAtExit = func(f func()) { exithook.Add(exithook.Hook{F: f, RunOnFailure: true}) }
}

func notebookOffer(fd int, p []byte) (n int, done bool) {
	if notebookWrite == nil || fd != 1 && fd != 2 {
		return 0, false
	}
	return notebookWrite(exithook.Goid(), fd, notebookHide(p))
}

//go:nosplit
//go:nocheckptr
func notebookHide(p []byte) []byte {
	x := uintptr(unsafe.Pointer(unsafe.SliceData(p)))
	return unsafe.Slice((*byte)(unsafe.Pointer(x ^ 0)), len(p))
}
`
)

// newOverlay returns the overlay for the standard library in a GOROOT, or the
// zero value where the line does not fit it.
func newOverlay(goroot string) overlay {
	src := filepath.Join(goroot, "src")
	file := filepath.Join(src, "syscall", "syscall_unix.go")
	data, err := os.ReadFile(file)
	if err != nil {
		return overlay{}
	}
	before, after, ok := strings.Cut(string(data), writeFunc)
	body, rest, end := strings.Cut(after, "\n}\n")
	if !ok || !end || strings.Count(body, writeLine) != 1 || !tellsGoroutine(src) {
		return overlay{}
	}
	body = strings.Replace(body, writeLine, hookedLine, 1)
	return overlay{file: file, source: before + writeFunc + body + "\n}\n" + rest, added: hookFile}
}

// tellsGoroutine reports whether the standard library has the function by
// which the added code learns the number of the running goroutine.
func tellsGoroutine(src string) bool {
	data, err := os.ReadFile(filepath.Join(src, "internal", "runtime", "exithook", "hooks.go"))
	return err == nil && strings.Contains(string(data), "Goid    func() uint64")
}

// fits reports whether the overlay changes anything.
func (o overlay) fits() bool { return o.file != "" }

// write writes the overlay in the form of the go command's option -overlay,
// with more replacements, into dir and returns the path of that file.
func (o overlay) write(dir string, replace map[string]string) (string, error) {
	all := maps.Clone(replace)
	if o.fits() {
		for path, text := range map[string]string{
			o.file: o.source,
			filepath.Join(filepath.Dir(o.file), "notebook.go"): o.added,
		} {
			all[path] = filepath.Join(dir, "std_"+filepath.Base(path))
			if err := os.WriteFile(all[path], []byte(text), 0o644); err != nil {
				return "", err
			}
		}
	}
	data, err := json.Marshal(map[string]any{"Replace": all})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, data, 0o644)
}
