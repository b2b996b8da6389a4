package output

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Prefix begins the name of every temporary file; the number of the process
// that writes it follows.
const Prefix = ".notebook-page-"

// createTemp makes a temporary file beside rel and returns its path too.
func (f *folder) createTemp(rel string) (*os.File, string, error) {
	temp := path.Join(path.Dir(rel), fmt.Sprintf("%s%d-%s", Prefix, os.Getpid(), rand.Text()[:8]))
	file, err := f.root.OpenFile(filepath.FromSlash(temp), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	return file, temp, err
}

// sweep removes the temporary files beside rel whose process is gone: it was
// killed while it wrote a page.
func (f *folder) sweep(rel string) error {
	dir := path.Dir(rel)
	entries, err := fs.ReadDir(f.root.FS(), dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !isStale(entry.Name()) {
			continue
		}
		if err := f.root.Remove(filepath.FromSlash(path.Join(dir, entry.Name()))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func isStale(name string) bool {
	rest, isTemp := strings.CutPrefix(name, Prefix)
	if !isTemp {
		return false
	}
	number, _, _ := strings.Cut(rest, "-")
	pid, err := strconv.Atoi(number)
	if err != nil || pid <= 0 {
		return false
	}
	process, err := os.FindProcess(pid)
	return err != nil || errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
