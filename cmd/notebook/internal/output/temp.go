package output

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"notebook/cmd/notebook/internal/claim"
)

// Prefix begins the name of every temporary file.
const Prefix = ".notebook-page-"

// createTemp makes a temporary file beside rel, claims it, and returns its path
// too.
func (f *folder) createTemp(rel string) (*os.File, string, error) {
	for {
		temp := path.Join(path.Dir(rel), Prefix+rand.Text()[:16])
		file, err := f.root.OpenFile(filepath.FromSlash(temp), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return nil, temp, err
		}
		if err := claim.Take(file); err != nil {
			return nil, temp, errors.Join(err, file.Close(), f.remove(temp))
		}
		if _, err := f.root.Lstat(filepath.FromSlash(temp)); err == nil {
			return file, temp, nil
		}
		_ = file.Close() // somebody swept it before it was claimed
	}
}

// remove removes a temporary file, if it is still there.
func (f *folder) remove(temp string) error {
	if err := f.root.Remove(filepath.FromSlash(temp)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// sweep removes the temporary files beside rel that nobody claims: their
// process was killed while it wrote a page.
func (f *folder) sweep(rel string) error {
	dir := path.Dir(rel)
	entries, err := fs.ReadDir(f.root.FS(), dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), Prefix) || !entry.Type().IsRegular() {
			continue
		}
		if err := f.sweepTemp(path.Join(dir, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (f *folder) sweepTemp(temp string) error {
	file, err := f.root.OpenFile(filepath.FromSlash(temp), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if !claim.IsFree(file) {
		return file.Close()
	}
	return errors.Join(f.remove(temp), file.Close())
}
